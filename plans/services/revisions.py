"""Each change of the plan leaves a revision: who, when, what, and the whole plan as it then stood."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.unlocking import acting_for
from plans.models import Activity, Answer, Contact, Plan, PlanRevision, Reason, Strategy, Trigger


@contextmanager
def changing_plan(
    person: User, deed: PlanRevision.Deed, part: PlanRevision.Part, *, now: datetime, author: User | None = None
) -> Iterator[Plan]:
    """Hold the person's plan while its parts change, then keep a revision.

    The plan's row is the lock: two changes at once wait for each other, so places in a list stay apart and revisions
    are numbered without a gap.
    """
    with transaction.atomic():
        Plan.objects.get_or_create(person=person, defaults={"changed_at": now})
        plan = Plan.objects.of(person).select_for_update().get()
        yield plan
        plan.changed_at = now
        plan.revisions_made += 1
        plan.save(update_fields=["changed_at", "revisions_made"])
        _keep(plan, person, deed, part, now, author or person)


def _keep(
    plan: Plan, person: User, deed: PlanRevision.Deed, part: PlanRevision.Part, now: datetime, author: User
) -> None:
    # The owner's own key, whoever is asking: what is read here is sealed again at once and shown to nobody.
    with acting_for(person.pk):
        PlanRevision.objects.create(
            person=person,
            plan=plan,
            number=plan.revisions_made,
            author=author,
            deed=deed,
            part=part,
            created_at=now,
            content=json.dumps(_snapshot(person), ensure_ascii=False),
        )


def _snapshot(person: User) -> dict[str, list[dict[str, Any]]]:
    strategies = {row.pk: row for row in Strategy.objects.of(person).in_order()}
    answers: dict[object, list[str]] = {}
    for answer in Answer.objects.of(person).in_order():
        if answer.strategy_id:
            answer.strategy = strategies[answer.strategy_id]
        answers.setdefault(answer.trigger_id, []).append(answer.text)
    return {
        "reasons": [{"text": row.text} for row in Reason.objects.of(person).in_order()],
        "triggers": [
            {"name": row.name, "category": row.category, "impact": row.impact, "note": row.note,
             "answers": answers.get(row.pk, [])}
            for row in Trigger.objects.of(person).in_use().strongest_first()
        ],
        "strategies": [
            {"name": row.name, "steps": row.steps, "minutes": row.minutes} for row in strategies.values()
        ],
        "activities": [{"name": row.name, "when": row.when} for row in Activity.objects.of(person).in_order()],
        "contacts": [
            {"name": row.name, "relation": row.relation, "number": row.number}
            for row in Contact.objects.of(person).in_order()
        ],
    }  # fmt: skip


@transaction.atomic
def remove_revision(*, person: User, revision: PlanRevision) -> None:
    """Delete an earlier version for good."""
    PlanRevision.objects.of(person).filter(pk=revision.pk).delete()


@transaction.atomic
def remove_old_revisions(*, person: User) -> int:
    """Delete every version but the latest for good, and return how many went."""
    kept = PlanRevision.objects.of(person).newest_first()
    latest = kept.first()
    if latest is None:
        return 0
    _all, by_model = kept.exclude(pk=latest.pk).delete()
    return by_model.get("plans.PlanRevision", 0)
