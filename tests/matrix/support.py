"""Who gets in where: the people whom somebody lets in, and who looked."""

from datetime import timedelta

from accounts.unlocking import acting_for
from support.models import Access, Role, Scope
from support.policies import open_record
from tests.matrix import BOB, DANA, EXPIRED, LEFT, REVOKED, Row
from tests.matrix.stage import Stage
from tests.support.factories import let_in

ROWS: dict[str, Row] = {}


def plant(stage: Stage) -> None:
    """Alice lets everybody in whom the personas name, as far as the personas say."""
    past = stage.now - timedelta(days=30)
    for persona in (BOB, LEFT):
        let_in(stage.alice, stage.people[persona])
    let_in(stage.alice, stage.people[EXPIRED], since=past, expires_at=stage.now - timedelta(days=1))
    let_in(stage.alice, stage.people[REVOKED], since=past, revoked_at=stage.now - timedelta(days=1))
    let_in(stage.alice, stage.people[DANA], role=Role.SUPPORTER)
    bob = stage.people[BOB]
    with acting_for(bob.pk):
        kept, bob.called = bob.called, "canary-support-access-viewer-yodel"
        open_record(
            viewer=bob,
            person_id=stage.alice.pk,
            role=Role.COUNSELOR,
            page=Access.Page.CLIENT,
            wanted=list(Scope),
            now=stage.now,
        )
        bob.called = kept
    stage.keep(Access.objects.get(), "viewer_name")  # the log takes no change, so it was written with its canary
