"""Counts that a person may see about their path: pure arithmetic on days, no database, no clock.

Nothing here can be lost by a bad day: days lit only ever grow, and a day with use takes away exactly that one day.
"""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Totals(NamedTuple):
    """Whole days of one journey, today included: all without use, the current run, and the longest one so far."""

    total: int
    run: int
    longest: int


def days_lit(lit: Collection[date]) -> int:
    """Count distinct days with a check-in, a ride or a finished tool."""
    return len(set(lit))


def totals(*, started_on: date | None, today: date, use: Collection[date]) -> Totals | None:
    """Count the days from the start to today, both included, without noted use.

    Days nobody wrote anything about count as well, and the page says so. Use before the start or after today does
    not matter. Returns None where there is no start, or where it lies ahead.
    """
    if started_on is None or started_on > today:
        return None
    noted = sorted({day for day in use if started_on <= day <= today})
    # A run lies between two markers; the day before the start and the day after today mark the ends.
    markers = [started_on - ONE_DAY, *noted, today + ONE_DAY]
    runs = [(after - before).days - 1 for before, after in pairwise(markers)]
    return Totals(total=sum(runs), run=runs[-1], longest=max(runs))
