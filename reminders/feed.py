"""The calendar feed: when a minute is meant, for a calendar that reads it; never what for.

Off until the person makes an address, which is shown once: only its hash is kept.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.clock import zone_of
from accounts.models import User
from reminders.models import Schedule
from reminders.occurrences import moments

AHEAD = timedelta(days=60)
MOST = 500
LASTS = timedelta(minutes=5)


def calendar_of(person: User, now: datetime) -> bytes:
    """Return the person's next 60 days as an iCalendar file (RFC 5545), each moment in UTC."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.APP_NAME}//EN")
    calendar.add("version", "2.0")
    # Calendars that know it ask again about so often (RFC 7986).
    calendar.add("refresh-interval", timedelta(hours=12))
    for at, uid in _moments_of(person, now):
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", now)
        event.add("dtstart", at)
        event.add("dtend", at + LASTS)
        event.add("summary", _("A minute for you"))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def _moments_of(person: User, now: datetime) -> list[tuple[datetime, str]]:
    zone, found = zone_of(person), []
    today = now.astimezone(zone).date()
    for schedule in Schedule.objects.of(person).filter(is_active=True).order_by("created_at", "pk"):
        first = max(today, schedule.resumes_on or today)
        for day, slot, at in moments(schedule.times, schedule.days, zone, first):
            if at > now + AHEAD:
                break
            if at > now:
                found.append((at, f"{schedule.pk.hex}-{day:%Y%m%d}-{slot}"))
    return sorted(found)[:MOST]
