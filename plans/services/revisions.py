"""Each change of the plan leaves a revision: who, when, what, and the whole plan as it then stood."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import OwnedModel, User
from accounts.unlocking import acting_for
from plans.models import Plan, PlanRevision
from plans.services import content

O = TypeVar("O", bound=OwnedModel)  # noqa: E741


class ChangedMeanwhile(Refusal):
    """Somebody else, or the same person elsewhere, changed this row since; `current` is what it says now."""

    def __init__(self, current: Any) -> None:
        super().__init__(
            gettext("This was changed somewhere else while you were writing. Nothing is lost: both are here.")
        )
        self.current = current


class RemovedMeanwhile(Refusal):
    """The row is gone since it was read."""


@contextmanager
def changing_plan(
    person: User, deed: PlanRevision.Deed, part: PlanRevision.Part, *, now: datetime, author: User | None = None
) -> Iterator[Plan]:
    """Hold the person's plan while its parts change, then keep a revision.

    The plan's row is the lock: two changes at once wait for each other, so places in a list stay apart and revisions
    are numbered without a gap. `author` is who changes it, where that is not the owner.
    """
    with transaction.atomic():
        Plan.objects.get_or_create(person=person, defaults={"changed_at": now})
        plan = Plan.objects.of(person).select_for_update().get()
        yield plan
        plan.changed_at = now
        plan.revisions_made += 1
        plan.save()
        _keep(plan, person, deed, part, now, author or person)


def take(row: O, version: int | None) -> O:
    """Read a row again with the plan's row held, and count one more change of it.

    :param version: the version that the change was written against; None where it does not build on older words
    :raises ChangedMeanwhile: when the row has had another change since
    :raises RemovedMeanwhile: when it is gone
    """
    current: Any = type(row)._default_manager.filter(person=row.person, pk=row.pk).first()
    if current is None:
        raise RemovedMeanwhile(
            gettext("This was removed somewhere else while you were writing. Add it anew to keep it.")
        )
    if version is not None and current.version != version:
        raise ChangedMeanwhile(current)
    current.person = row.person
    current.version += 1
    return current


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
            content=json.dumps(content.snapshot(person, plan), ensure_ascii=False),
        )


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
