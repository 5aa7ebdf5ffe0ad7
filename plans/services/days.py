"""What a day held, told by check-ins, rides and tools; each source may tell again, which replaces what it told."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from accounts.clock import local_day
from accounts.models import User
from plans.models import LitDay, MedicationDay, Ride, Strategy, StrategyUse, Trigger, TriggerMet


def record_day(
    person: User,
    day: date,
    *,
    source: uuid.UUID,
    met: Iterable[tuple[Trigger, int | None]],
    used: Iterable[tuple[Strategy, str]],
    is_new: bool = False,
) -> None:
    """Write the triggers met (0–10 where said) and the strategies used on a day, and light it.

    It replaces what the same source wrote before; with `is_new` there is nothing yet to replace. `source` is the key
    of the row that tells, made here and never chosen by a client; an outcome is one of `StrategyUse.Outcome`, or empty
    where it was not said.
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
            TriggerMet(person=person, day=day, trigger=trigger, intensity=intensity, source=source)
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


@transaction.atomic
def save_ride(
    *,
    person: User,
    submission: uuid.UUID,
    started_at: datetime,
    outcome: str,
    now: datetime,
) -> Ride:
    """Keep an urge that was ridden out, and light its day; the same submission sent again is the same ride.

    What it was like is told afterwards, with `tell_ride`. A start that lies ahead or more than a day back is a clock or
    a page left open: the ride then counts 0 minutes.
    """
    minutes = int((now - started_at).total_seconds() // 60)
    if not 0 <= minutes <= 24 * 60:
        started_at, minutes = now, 0
    ride, _made = Ride.objects.get_or_create(
        person=person,
        submission=submission,
        defaults={
            "day": local_day(person, now),
            "started_at": started_at,
            "minutes": minutes,
            "outcome": outcome,
        },
    )
    light_day(person=person, day=ride.day, source=ride.pk)
    return ride


@transaction.atomic
def tell_ride(*, ride: Ride, strongest: int | None, strategy: Strategy | None) -> Ride:
    """Add how strong an urge was (0–10) and what helped most; to tell again replaces what was told.

    What helped counts once for that strategy, so that the plan and Help show it by how often it eased things. How much
    it helped was not asked, so it counts as “some”.
    """
    ride.strongest, ride.strategy = strongest, strategy
    ride.save(update_fields=["strongest", "strategy"])
    helped = [(strategy, StrategyUse.Outcome.SOME)] if strategy else []
    record_day(ride.person, ride.day, source=ride.pk, met=[], used=helped)
    return ride
