"""One entry as a calendar file (RFC 5545). It says “Meeting” and where, and not which: calendars travel."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vRecur

from resources.models import Listing, Schedule
from resources.repeats import FIRST_MONDAY, Repeat

# A rule falls somewhere within so many days, or never.
LONGEST_GAP = 400
YEARS_AHEAD = 6


def make(listing: Listing, now: datetime) -> bytes | None:
    """Return the calendar of an entry, or None where it follows no rule.

    :param listing: with `schedules` and `place` fetched
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Waylight//Directory//EN")
    calendar.add("version", "2.0")
    for event in _events(listing, now):
        calendar.add_component(event)
    if not calendar.subcomponents:
        return None
    # The clock’s changes of the years that matter: all of them since 1970 would be a hundred times the entry.
    calendar.add_missing_timezones(date(now.year - 1, 1, 1), date(now.year + YEARS_AHEAD, 1, 1))
    return bytes(calendar.to_ical())


def _events(listing: Listing, now: datetime) -> Iterable[Event]:
    for schedule in listing.schedules.all():
        repeat = schedule.repeat
        first = _first_day(repeat, now) if repeat else None
        if repeat and first:
            yield _event(listing, schedule, repeat, first, now)


def _event(listing: Listing, schedule: Schedule, repeat: Repeat, first: date, now: datetime) -> Event:
    zone = ZoneInfo(repeat.tz)
    begins = datetime.combine(first, repeat.starts_at, zone)
    event = Event()
    event.add("uid", f"{listing.pk}-{schedule.pk}@waylight")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", _("Meeting"))
    event.add("dtstart", begins)
    event.add("duration", timedelta(minutes=repeat.minutes))
    rule = vRecur.from_ical(repeat.rrule)
    if repeat.valid_until:
        rule["UNTIL"] = [datetime.combine(repeat.valid_until, time.max, zone).astimezone(UTC).replace(microsecond=0)]
    event.add("rrule", rule)
    for name, days in (("exdate", repeat.exdates), ("rdate", repeat.rdates)):
        if days:
            event.add(name, [datetime.combine(day, repeat.starts_at, zone) for day in sorted(days)])
    if listing.place and listing.venue in {Listing.Venue.IN_PERSON, Listing.Venue.HYBRID}:
        event.add("location", listing.place.in_words)
    return event


def _first_day(repeat: Repeat, now: datetime) -> date | None:
    """Return the first day on which it takes place: a calendar counts its weeks and months from there."""
    every_time = date(now.year, 1, 1) if "INTERVAL" not in repeat.rrule else FIRST_MONDAY
    start = repeat.valid_from or every_time
    days = (start + timedelta(days=count) for count in range(LONGEST_GAP))
    return next((day for day in days if repeat.falls_on(day)), None)
