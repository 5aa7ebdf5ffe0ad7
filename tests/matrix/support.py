"""Who gets in where: the people whom somebody lets in, and who looked."""

from datetime import timedelta

from accounts.unlocking import acting_for
from support.models import Access, Consent, Role, Scope
from support.policies import open_record
from tests.matrix import (
    BOB,
    COUNSELOR_WITH_CONSENT,
    COUNSELORS,
    DANA,
    EXPIRED,
    LEFT,
    MEMBERS,
    OWNER,
    REVOKED,
    SUPPORTER_WITH_CONSENT,
    Row,
    row,
)
from tests.matrix.stage import Stage
from tests.support.factories import let_in

CALLED = "accounts.User.called"
# What a counselor with every scope reads of Alice's: no note, no telephone number, nothing said in passing.
ON_THE_DESK = {
    CALLED,
    "plans.Activity.name",
    "plans.Reason.text",
    "plans.Strategy.name",
    "plans.Trigger.name",
}


def alice(stage: Stage) -> list[object]:
    return [stage.alice.pk]


def to_bob(stage: Stage) -> list[object]:
    return [Consent.objects.get(person=stage.alice, recipient=stage.people[BOB]).pk]


ROWS: dict[str, Row] = {
    "support:sharing": row(MEMBERS),
    "support:rules": row(MEMBERS, "GET HEAD POST", body={"rule": "craving", "off": "on"}),
    "support:access-log": row(MEMBERS),
    "support:access-log-file": row(MEMBERS),
    "support:code-enter": row(MEMBERS, "GET HEAD POST"),
    "support:scopes-choose": row(MEMBERS, "GET HEAD POST", get=302),  # no code was typed
    "support:consent-sign": row(MEMBERS, "GET HEAD POST", get=302),
    "support:consent-detail": row(OWNER, args=to_bob),
    "support:consent-stop": row(OWNER, "POST", args=to_bob),
    "support:consent-narrow": row(OWNER, "POST", args=to_bob, body={"scope": "plan"}),
    "support:desk": row(COUNSELORS, "GET HEAD POST", shows={BOB: {CALLED}}, logged={BOB}),
    "support:desk-code": row(COUNSELORS, "POST"),
    "support:client": row(COUNSELOR_WITH_CONSENT, args=alice, shows={BOB: ON_THE_DESK}, logged={BOB}),
    "support:client-propose": row(
        COUNSELOR_WITH_CONSENT, "POST", args=alice, body={"stage": "early-sobriety"}, logged={BOB}
    ),
    "support:client-propose-cadence": row(
        COUNSELOR_WITH_CONSENT, "POST", args=alice, body={"slug": "bam-r", "every_days": "30"}, logged={BOB}
    ),
    "api:clients-propose-cadence": row(
        COUNSELOR_WITH_CONSENT, "POST", args=alice, body={"slug": "bam-r", "every_days": 30}, logged={BOB}
    ),
    "api:clients-propose-stage": row(
        COUNSELOR_WITH_CONSENT, "POST", args=alice, body={"stage": "early-sobriety"}, logged={BOB}
    ),
    "support:supporting": row(MEMBERS, "GET HEAD POST"),
    "support:beside": row(
        SUPPORTER_WITH_CONSENT,
        args=alice,
        shows={DANA: {CALLED, "plans.Strategy.name", "plans.Item.text", "plans.Item.detail"}},
        logged={DANA},
    ),
    "api:consents-list": row(MEMBERS),
    "api:consents-detail": row(OWNER, args=to_bob),
    "api:consents-stop": row(OWNER, "POST", args=to_bob),
    "api:accesses-list": row(MEMBERS),
}


def plant(stage: Stage) -> None:
    """Alice lets everybody in whom the personas name, as far as the personas say."""
    past = stage.now - timedelta(days=30)
    let_in(stage.alice, stage.people[BOB], recipient_name="canary-support-access-viewer-yodel")
    let_in(stage.alice, stage.people[LEFT])
    let_in(stage.alice, stage.people[EXPIRED], since=past, expires_at=stage.now - timedelta(days=1))
    let_in(stage.alice, stage.people[REVOKED], since=past, revoked_at=stage.now - timedelta(days=1))
    let_in(stage.alice, stage.people[DANA], role=Role.SUPPORTER)
    bob = stage.people[BOB]
    with acting_for(bob.pk):
        open_record(
            viewer=bob,
            person_id=stage.alice.pk,
            role=Role.COUNSELOR,
            page=Access.Page.CLIENT,
            wanted=list(Scope),
            now=stage.now,
        )
    stage.keep(Access.objects.get(), "viewer_name")  # the log takes no change, so it was written with its canary
