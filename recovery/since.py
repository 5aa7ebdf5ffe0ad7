"""What changed between one stretch of days and the one before it. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recovery import patterns, trends
from recovery.patterns import Key, Middle
from recovery.trends import DayValues

KEYS = ("craving", "mood", "sleep", "confidence")
LONGEST = 366  # days


class Moved(NamedTuple):
    """The median of one measure before and since, and the way it went: -1 down, 0 steady, 1 up."""

    key: str
    before: Middle
    after: Middle
    direction: int


def begins_before(first: date, last: date) -> date:
    """Return the first of as many days right before a stretch."""
    return first - timedelta(days=(last - first).days + 1)


def moved(before: Sequence[DayValues], after: Sequence[DayValues]) -> list[Moved]:
    """Compare two stretches measure by measure; a measure with too few answers on either side is left out."""
    found = []
    for key in KEYS:
        then = patterns.middle(getattr(each, key) for each in before)
        now = patterns.middle(getattr(each, key) for each in after)
        if then is None or now is None or then.times + now.times < trends.ENOUGH_TO_COMPARE:
            continue
        if min(then.times, now.times) >= patterns.LEAST:
            found.append(Moved(key, then, now, trends.direction(then.value, now.value)))
    return found


def rating_changes(ratings: Iterable[tuple[Key, date, int]], first: date, last: date) -> list[tuple[Key, int, int]]:
    """Return each trigger that was rated otherwise at the end of a stretch than right before it: key, then, now.

    One that was first rated within the stretch starts from that rating.

    :param ratings: key of the trigger, day and rating, oldest first
    """
    then: dict[Key, int] = {}
    now: dict[Key, int] = {}
    for key, day, rating in ratings:
        if day > last:
            continue
        if day < first or key not in then:
            then[key] = rating
        now[key] = rating
    return [(key, then[key], now[key]) for key in now if then[key] != now[key]]
