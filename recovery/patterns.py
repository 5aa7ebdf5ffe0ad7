"""What goes together in somebody's own days: medians with their counts. Pure: no database, no clock.

A median and not a mean, so that one hard day does not speak for all of them. What was not answered is left out, and
nothing is set beside anything else under trends.ENOUGH_TO_COMPARE answers.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple, TypeVar

from recovery import trends
from recovery.trends import DayValues, known

Key = TypeVar("Key", bound=Hashable)

# A line is drawn with no more points than this.
MOST_POINTS = 60
# Fewer than this in a group says nothing about the group.
LEAST = 3
PARTS = ("morning", "afternoon", "evening", "night")
# Hours at which a part of the day begins; what comes before the first is still the night before.
BEGINS = {"morning": 4, "afternoon": 12, "evening": 17, "night": 22}


class Stretch(NamedTuple):
    """Some days in a row, with the median of what was answered on them."""

    first: date
    last: date
    kept: int  # days with a check-in
    mood: float | None
    craving: float | None
    sleep: float | None
    confidence: float | None


class Middle(NamedTuple):
    """A median and how many values it comes from."""

    value: float
    times: int


class Beside(NamedTuple):
    """The usual craving of some days beside that of the others, which is left out where they are too few."""

    key: Hashable
    met: int  # how many days in all, craving answered or not
    here: Middle | None
    elsewhere: Middle | None


class Moment(NamedTuple):
    """A craving at a part of a day; weekday 0 is Monday."""

    part: str
    weekday: int
    craving: int


class SleepSplit(NamedTuple):
    """The usual craving after long and after short nights."""

    long_nights: Middle
    short_nights: Middle


def middle(values: Iterable[float | None]) -> Middle | None:
    found = known(values)
    return Middle(median(found), len(found)) if found else None


def step_of(days: int) -> str:
    """Return how many days one point of a line stands for, in words: day, week, month, quarter or year."""
    for step, length in (("week", 7), ("month", 30), ("quarter", 91)):
        # One more than whole ones fit, since the first is seldom whole.
        if days // length + 2 <= MOST_POINTS:
            return step
    return "year"


def stretches(values: Sequence[DayValues], step: str) -> list[Stretch]:
    """Gather days by day, week (from Sunday), month, quarter or year, in order."""
    groups: dict[date, list[DayValues]] = defaultdict(list)
    for each in values:
        groups[_start(each.day, step)].append(each)
    return [_stretch(group) for group in groups.values()]


def moments(values: Iterable[DayValues], rides: Iterable[tuple[datetime, int]]) -> list[Moment]:
    """Return each craving of which it is known when it was: from check-ins that say so, and from urges ridden out.

    :param rides: when by the person's own clock, and how strong
    """
    said = [
        Moment(each.when, each.day.weekday(), each.craving) for each in values if each.when and each.craving is not None
    ]
    night_over = timedelta(hours=BEGINS["morning"])
    return said + [Moment(_part(at), (at - night_over).weekday(), strength) for at, strength in rides]


def by_hour(found: Iterable[Moment]) -> dict[tuple[str, int], Middle]:
    """Return the usual craving by part of day and weekday."""
    return _grouped(((each.part, each.weekday), each.craving) for each in found)


def by_part(found: Iterable[Moment]) -> dict[str, Middle]:
    """Return the usual craving by part of the day alone."""
    return _grouped((each.part, each.craving) for each in found)


def by_trigger(values: Iterable[DayValues], met: Iterable[tuple[Hashable, date]]) -> list[Beside]:
    """Set the usual craving of days with a trigger beside that of days without it, the most often met first."""
    cravings = {each.day: each.craving for each in values if each.craving is not None}
    days: Mapping[Hashable, set[date]] = defaultdict(set)
    for trigger, day in met:
        days[trigger].add(day)
    found = [_beside(trigger, on, cravings) for trigger, on in days.items()]
    return sorted(found, key=lambda each: (-each.met, str(each.key)))


def sleep_split(values: Iterable[DayValues]) -> SleepSplit | None:
    """Compare craving on the day after 7 hours or more with the day after less than 6."""
    nights = [(each.sleep, each.craving) for each in values if each.sleep is not None and each.craving is not None]
    long = middle(craving for hours, craving in nights if hours >= 7)
    short = middle(craving for hours, craving in nights if hours < 6)
    if len(nights) < trends.ENOUGH_TO_COMPARE or not long or not short or min(long.times, short.times) < LEAST:
        return None
    return SleepSplit(long, short)


def _grouped(pairs: Iterable[tuple[Key, int]]) -> dict[Key, Middle]:
    said: dict[Key, list[int]] = defaultdict(list)
    for key, craving in pairs:
        said[key].append(craving)
    return {key: Middle(median(found), len(found)) for key, found in said.items()}


def _beside(trigger: Hashable, on: set[date], cravings: Mapping[date, int]) -> Beside:
    here = [cravings[day] for day in on if day in cravings]
    others = [craving for day, craving in cravings.items() if day not in on]
    too_little = len(cravings) < trends.ENOUGH_TO_COMPARE or min(len(here), len(others)) < LEAST
    return Beside(trigger, len(on), middle(here), None if too_little else middle(others))


def _start(day: date, step: str) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=(day.weekday() + 1) % 7)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def _stretch(days: Sequence[DayValues]) -> Stretch:
    def usual(values: Iterable[float | None]) -> float | None:
        found = middle(values)
        return found.value if found else None

    return Stretch(
        days[0].day,
        days[-1].day,
        sum(1 for each in days if each.is_kept),
        usual(each.mood for each in days),
        usual(each.craving for each in days),
        usual(each.sleep for each in days),
        usual(each.confidence for each in days),
    )


def _part(at: datetime) -> str:
    return next((part for part in reversed(PARTS) if at.hour >= BEGINS[part]), "night")
