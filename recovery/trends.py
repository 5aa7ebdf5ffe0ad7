"""Arithmetic on daily values: pure, no database, no clock. A missing value is left out, never counted as zero."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

# Below this many days nothing is compared with anything: early days.
EARLY_DAYS = 7
# Below this many check-ins one stretch of time is not set against another.
ENOUGH_TO_COMPARE = 14
# A difference smaller than this is no difference.
STEADY = 0.5
# A weekday has to have been answered this often before it may be spoken of.
ENOUGH_OF_A_WEEKDAY = 4
PATTERN_DAYS = 56
# How many days, today included, the early signs look at: three, the fourteen before them, one still open, some more.
SIGN_DAYS = 21


class DayValues(NamedTuple):
    """One day: mood 1–5, craving and confidence 0–10, sleep in hours. All None on a day without a check-in."""

    day: date
    mood: int | None = None
    craving: int | None = None
    sleep: float | None = None
    used: str = ""
    confidence: int | None = None
    quality: int | None = None  # of the night, 1 poor to 3 good
    halt: str = ""  # letters of hungry, angry, lonely, tired
    medication: str = ""
    connection: str = ""
    risky_ahead: bool | None = None
    when: str = ""  # the part of the day in which craving was strongest
    strong_trigger: bool = False  # met one with a pull of 8 or more

    @property
    def is_kept(self) -> bool:
        return self.mood is not None


class Change(NamedTuple):
    """An average then and now, and the way it went: -1 down, 0 steady, 1 up."""

    before: float
    after: float
    direction: int


class HardWeekday(NamedTuple):
    """A weekday (0 is Monday) on which craving was often strong: how often, of how many, and the same elsewhere."""

    weekday: int
    strong: int
    of: int
    strong_elsewhere: int
    of_elsewhere: int


def days_between(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def mean(values: Iterable[float | None]) -> float | None:
    found = known(values)
    return sum(found) / len(found) if found else None


def direction(before: float, after: float) -> int:
    return 0 if abs(after - before) < STEADY else (1 if after > before else -1)


def change(values: Sequence[float | None], window: int = 7, least: int = 3) -> Change | None:
    """Compare the first with the last days of a stretch; None where there is too little to say.

    Overlapping windows are not compared: the stretch has to be at least two windows long.
    """
    if len(values) < 2 * window or len(known(values)) < ENOUGH_TO_COMPARE:
        return None
    first, last = known(values[:window]), known(values[-window:])
    if len(first) < least or len(last) < least:
        return None
    before, after = sum(first) / len(first), sum(last) / len(last)
    return Change(before, after, direction(before, after))


def beside_usual(values: Sequence[float | None]) -> Change | None:
    """Set the last value beside the mean of the 7 days before it; None in early days."""
    if not values or values[-1] is None:
        return None
    usual = known(values[-EARLY_DAYS - 1 : -1])
    if len(known(values[:-1])) < EARLY_DAYS or len(usual) < 3:
        return None
    before = sum(usual) / len(usual)
    return Change(before, values[-1], direction(before, values[-1]))


def hard_weekday(values: Iterable[DayValues], weekday: int, strong: int = 5) -> HardWeekday | None:
    """Say that a weekday has been hard only where the person's own last weeks say so plainly.

    Craving was 5 or more on three quarters of those days, and on less than half of the others.
    """
    rated = [each for each in values if each.craving is not None]
    here = [each for each in rated if each.day.weekday() == weekday]
    elsewhere = [each for each in rated if each.day.weekday() != weekday]
    if len(here) < ENOUGH_OF_A_WEEKDAY or len(rated) < ENOUGH_TO_COMPARE:
        return None
    hits, others = _strong(here, strong), _strong(elsewhere, strong)
    if hits < 0.75 * len(here) or others >= 0.5 * len(elsewhere):
        return None
    return HardWeekday(weekday, hits, len(here), others, len(elsewhere))


def _strong(values: Iterable[DayValues], strong: int) -> int:
    return sum(1 for each in values if each.craving is not None and each.craving >= strong)
