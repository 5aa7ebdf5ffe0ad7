"""The one place that turns an instant into a person's local day."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from accounts.models import User


def zone_of(person: User) -> ZoneInfo:
    """Return the person's time zone, UTC until they have told us."""
    return ZoneInfo(person.time_zone or "UTC")


def local_time(person: User, now: datetime) -> datetime:
    """Return the person's wall-clock time at an instant."""
    return now.astimezone(zone_of(person))


def local_day(person: User, now: datetime) -> date:
    """Return the date on the person's wall at an instant."""
    return local_time(person, now).date()


@cache
def zones() -> frozenset[str]:
    """Return the names of all IANA time zones that we know; read from the disk once."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Return whether the name is an IANA time zone that we know."""
    return name in zones()
