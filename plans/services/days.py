"""What a day held, told by check-ins, rides and tools; each source may tell again, which replaces what it told."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from plans.models import LitDay, MedicationDay, Strategy, StrategyUse, Trigger, TriggerMet


def record_day(
    person: User,
    day: date,
    *,
    source: uuid.UUID,
    met: Iterable[tuple[Trigger, int | None]],
    used: Iterable[tuple[Strategy, str]],
    part_of_day: str = "",
    is_new: bool = False,
) -> None:
    """Write the triggers met (0–10 where said) and the strategies used on a day, and light it.

    It replaces what the same source wrote before; with `is_new` there is nothing yet to replace. `source` is the key
    of the row that tells, made here and never chosen by a client; an outcome is one of `StrategyUse.Outcome`, or empty
    where it was not said. `part_of_day` says when the triggers were met, where that is known.
    """
    triggers, strategies = dict(met), dict(used)
    for row in (*triggers, *strategies):
        if row.person_id != person.pk:
            raise ValueError("a day holds its owner's own triggers and strategies only")
    # No savepoint of its own: whoever calls this inside a deed gives up the whole deed when it fails.
    with transaction.atomic(savepoint=False):
        if not is_new:
            TriggerMet.objects.of(person).filter(source=source).delete()
            StrategyUse.objects.of(person).filter(source=source).delete()
            LitDay.objects.of(person).filter(source=source).exclude(day=day).delete()
        TriggerMet.objects.bulk_create(
            TriggerMet(
                person=person, day=day, trigger=trigger, intensity=intensity, part_of_day=part_of_day, source=source
            )
            for trigger, intensity in triggers.items()
        )
        StrategyUse.objects.bulk_create(
            StrategyUse(person=person, day=day, strategy=strategy, outcome=outcome, source=source)
            for strategy, outcome in strategies.items()
        )
        light_day(person=person, day=day, source=source)


def light_day(*, person: User, day: date, source: uuid.UUID) -> None:
    """Light a day; doing it twice changes nothing."""
    LitDay.objects.bulk_create([LitDay(person=person, day=day, source=source)], ignore_conflicts=True)


@transaction.atomic
def forget(*, source: uuid.UUID) -> None:
    """Take back what a deleted row told; the day stays lit if another source lit it."""
    for model in (TriggerMet, StrategyUse, LitDay, MedicationDay):
        model._default_manager.filter(source=source).delete()
