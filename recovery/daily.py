"""Reads what somebody's day holds: the routine, movement. For the pages about it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from plans.models.medication import TimeOfDay
from recovery.models import Movement, RoutineItem, RoutineTick
from recovery.models.daily import MOST_TENS
from recovery.routine import WEEK, counts


@dataclass(frozen=True)
class Row:
    """One thing of the routine, and whether the day held it."""

    item: RoutineItem
    done: bool


@dataclass(frozen=True)
class Routine:
    """The routine of one day: what belongs to it, by part of the day, and what is for other weekdays."""

    day: date
    rows: list[Row]
    other_days: list[RoutineItem]
    counted: int  # how many of the last seven days up to this one count

    @property
    def slots(self) -> list[tuple[str, list[Row]]]:
        """Return the parts of the day that hold something, with their rows."""
        parts = [(slot, [row for row in self.rows if row.item.slot == slot]) for slot in TimeOfDay]
        return [(str(slot.label), rows) for slot, rows in parts if rows]

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.done)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.other_days)


def is_for(days: int, day: date) -> bool:
    """Return whether a day's weekday is among these, one bit each, Monday the lowest."""
    return bool(days >> day.weekday() & 1)


def routine_of(person: User, day: date) -> Routine:
    """Read the routine as it stands on a day, in two queries."""
    ticked = RoutineTick.objects.of(person).filter(item=OuterRef("pk"), day=day)
    items = list(RoutineItem.objects.of(person).annotate(is_done=Exists(ticked)))
    mine = [item for item in items if is_for(item.days, day) or item.is_done]
    return Routine(
        day=day,
        rows=[Row(item, item.is_done) for item in mine],
        other_days=[item for item in items if item not in mine],
        counted=sum(1 for done in done_by_day(person, day - timedelta(days=WEEK - 1), day).values() if counts(done)),
    )


def done_by_day(person: User, first: date, last: date) -> dict[date, int]:
    """Return how much of the routine each day held; days without any are left out."""
    return dict(RoutineTick.objects.of(person).filter(day__range=(first, last)).counted())


def tens_of(person: User, day: date) -> int:
    """Return how often the person moved for ten minutes on a day, 0 to 3."""
    return Movement.objects.of(person).filter(day=day).values_list("tens", flat=True).first() or 0


def movement_steps(tens: int) -> list[dict[str, Any]]:
    """Return the three ticks for half an hour: the minutes each stands for, whether it is on, what tapping it says."""
    return [
        {"minutes": step * 10, "on": step <= tens, "tap": step - 1 if step <= tens else step}
        for step in range(1, MOST_TENS + 1)
    ]
