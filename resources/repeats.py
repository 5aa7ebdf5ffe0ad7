"""When a rule falls: pure, without clock or database.

Rules are the part of RFC 5545 that `hours.parse_rule` knows. A time that the clocks skip counts with the offset from
before the gap, and a time they show twice counts once, the first time (RFC 5545, section 3.3.5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from resources.hours import parse_rule

MINUTES_A_WEEK = 7 * 24 * 60
# A rule that skips weeks and does not say from when counts from this Monday.
FIRST_MONDAY = date(2000, 1, 3)


@dataclass(frozen=True)
class Occurrence:
    day: date  # the local date it is meant for
    begins: datetime  # in UTC
    ends: datetime


@dataclass(frozen=True)
class Repeat:
    """A repeat rule with all that belongs to it; `minutes` is 1–1440."""

    rrule: str
    starts_at: time
    minutes: int
    tz: str
    valid_from: date | None = None
    valid_until: date | None = None
    exdates: frozenset[date] = frozenset()
    rdates: frozenset[date] = frozenset()

    @property
    def is_weekly(self) -> bool:
        """Whether it is the same every week, without exception."""
        freq, every, _days = parse_rule(self.rrule)
        plain = not (self.exdates or self.rdates or self.valid_from or self.valid_until)
        return plain and every == 1 and freq != "MONTHLY"

    def week_minutes(self) -> list[int]:
        """Return every minute of the week, from Monday 00:00 on its own clock, at which it can begin."""
        _freq, _every, days = parse_rule(self.rrule)
        weekdays = {day for _nth, day in days} or set(range(7))
        weekdays |= {day.weekday() for day in self.rdates}
        minute = self.starts_at.hour * 60 + self.starts_at.minute
        return sorted(day * 24 * 60 + minute for day in weekdays)

    def falls_on(self, day: date) -> bool:
        """Whether it takes place on a local date."""
        if day in self.exdates:
            return False
        if day in self.rdates:
            return True
        within = (self.valid_from or date.min) <= day <= (self.valid_until or date.max)
        return within and self._fits(day)

    def _fits(self, day: date) -> bool:
        freq, every, days = parse_rule(self.rrule)
        anchor = self.valid_from or FIRST_MONDAY
        if freq == "DAILY":
            return (day - anchor).days % every == 0
        if freq == "WEEKLY":
            weeks = (_monday(day) - _monday(anchor)).days // 7
            return weeks % every == 0 and any(weekday == day.weekday() for _nth, weekday in days)
        months = (day.year - anchor.year) * 12 + day.month - anchor.month
        return months % every == 0 and any(weekday == day.weekday() and _is_nth(day, nth) for nth, weekday in days)

    def on(self, day: date) -> Occurrence:
        """Return what takes place on a local date, whether or not it does."""
        zone = ZoneInfo(self.tz)
        begins = datetime.combine(day, self.starts_at, zone).astimezone(UTC)
        # The end is read off the clock on the wall, as it is announced; adding to a local time does just that.
        ends = begins.astimezone(zone) + timedelta(minutes=self.minutes)
        return Occurrence(day, begins, ends.replace(fold=0).astimezone(UTC))

    def between(self, first: date, last: date) -> Iterator[Occurrence]:
        """Yield what takes place from one local date to another, both included, in order."""
        for count in range((last - first).days + 1):
            day = first + timedelta(days=count)
            if self.falls_on(day):
                yield self.on(day)

    def next_within(self, now: datetime, ahead: timedelta) -> Occurrence | None:
        """Return what is going on at an instant, or else what begins until `ahead` after it, the first of them."""
        today = now.astimezone(ZoneInfo(self.tz)).date()
        # Two days back: the longest takes a day, and around a change of the clocks an hour more.
        for occurrence in self.between(today - timedelta(days=2), (now + ahead).date() + timedelta(days=2)):
            if occurrence.ends > now and occurrence.begins <= now + ahead:
                return occurrence
        return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_nth(day: date, nth: int) -> bool:
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth
