"""When a local wall time falls, as instants: pure, without clock or database.

Rules: a time that the clocks skip counts as the first minute after the gap; a time they show twice counts once, the
first time. An occurrence is known by the local date it is meant for, not by its instant: where the clocks skip
midnight, the instant lies on the next date.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# No zone is further from UTC, so these dates can be turned into instants without leaving the calendar.
_LAST = date.max - timedelta(days=2)


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC at which a wall clock in this zone shows a time on a date."""
    naive = datetime.combine(day, wall)
    # fold=0 means the first pass of a doubled hour.
    first = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _on_wall(first, zone) == naive:
        return first
    return _end_of_gap(naive, first, zone)


def _end_of_gap(naive: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant, in whole seconds, whose wall time is past a time that the clocks skipped."""
    early = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = 0, int((late - early).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if _on_wall(early + timedelta(seconds=middle), zone) >= naive:
            high = middle
        else:
            low = middle + 1
    return early + timedelta(seconds=low)


def _on_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def upcoming(wall: time, days: int, zone: ZoneInfo, first: date) -> Iterator[tuple[date, datetime]]:
    """Yield (local date, instant) in order, from a date on; `days` has one bit a weekday, Monday the lowest."""
    return ((day, at) for day, _slot, at in moments([wall], days, zone, first))


def moments(walls: Sequence[time], days: int, zone: ZoneInfo, first: date) -> Iterator[tuple[date, int, datetime]]:
    """Yield (local date, slot, instant) in order, from a date on; a slot is a place in `walls`, which are in order."""
    day = first
    while day <= _LAST:
        if days >> day.weekday() & 1:
            for slot, wall in enumerate(walls):
                yield day, slot, instant(day, wall, zone)
        day += timedelta(days=1)


def is_quiet(wall: time, begins: time, ends: time) -> bool:
    """Return whether a wall time lies in quiet hours, which may run over midnight; the end is no longer quiet."""
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends
