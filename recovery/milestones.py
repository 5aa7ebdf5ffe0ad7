"""Counts that a person may see about their path: pure arithmetic on days, no database, no clock.

Nothing here can be lost by a bad day: days lit only ever grow, and a day with use takes away exactly that one day.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

ONE_DAY = timedelta(days=1)
DAY_MARKS = (1, 3, 7, 14, 30, 60, 90)  # whole days behind somebody: 24 hours, 72 hours, a week …
MONTH_MARKS = (6, 9, 12, 18)  # then every 12 months


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


class Share(NamedTuple):
    """Days without use among the last so many of a journey, today included."""

    days: int
    of: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: all of them only where it was all of them."""
        return self.days * 100 // self.of


def share(*, started_on: date | None, today: date, use: Collection[date], last: int) -> Share | None:
    """Count the days without noted use among the last `last` days, or among those since the start if they are fewer.

    Returns None where there is no start, or where it lies ahead.
    """
    if started_on is None or started_on > today:
        return None
    first = max(started_on, today - (last - 1) * ONE_DAY)
    of = (today - first).days + 1
    return Share(days=of - len({day for day in use if first <= day <= today}), of=of)


class Mark(NamedTuple):
    """One milestone: so many days or so many months; the other one is 0."""

    days: int = 0
    months: int = 0

    @property
    def words(self) -> str:
        if self.days in {1, 3}:
            return gettext("%(hours)d hours") % {"hours": self.days * 24}
        if self.days:
            return gettext("%(days)d days") % {"days": self.days}
        if self.months % 12:
            return gettext("%(months)d months") % {"months": self.months}
        years = self.months // 12
        return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


class Ahead(NamedTuple):
    """A milestone with the day it falls on if no further use is noted."""

    mark: Mark
    on: date


def marks() -> Iterator[Mark]:
    """Yield the milestones in order, for as many years as a life has."""
    yield from (Mark(days=days) for days in DAY_MARKS)
    yield from (Mark(months=months) for months in MONTH_MARKS)
    yield from (Mark(months=12 * years) for years in range(2, 120))


def mark_days(*, total: int, today: date) -> Iterator[Ahead]:
    """Yield each milestone with the day it falls on if no further use is noted.

    A total of 1 is the first day, with no whole day behind it yet. A day with noted use moves what lies ahead by that
    one day and starts nothing again.
    """
    begin = today - (total - 1) * ONE_DAY
    for mark in marks():
        try:
            yield Ahead(mark, _months_on(begin, mark.months) + mark.days * ONE_DAY)
        except ValueError:  # past the end of the calendar
            return


def reached(*, total: int, today: date) -> list[Mark]:
    """Return the milestones behind somebody with so many days in all, in order."""
    return [mark for mark, day in mark_days(total=total, today=today) if day <= today]


def next_mark(*, total: int, today: date) -> Ahead | None:
    """Return the milestone ahead; None only at the end of the calendar."""
    return next((ahead for ahead in mark_days(total=total, today=today) if ahead.on > today), None)


def saved(*, total: int, a_week: float) -> float:
    """Return what a weekly figure comes to over so many days."""
    return total * a_week / 7


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
