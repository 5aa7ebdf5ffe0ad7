"""What every format asks of an entry: whether it is shown, where it is, how to join it and when. Nothing secret."""

import re
from datetime import date, datetime, timedelta

from resources.exports.links import is_joinable, public_url
from resources.hours import parse_rule
from resources.models import Access, Listing, Place, Schedule
from resources.passwords import without_secrets

# What is paused, over or unknown is nowhere in a feed; what is closed for now is, and says so.
SHOWN = (Listing.Status.ACTIVE, Listing.Status.TEMPORARILY_CLOSED)
ON_SITE = (Listing.Venue.IN_PERSON, Listing.Venue.HYBRID)
FROM_AFAR = (Listing.Venue.ONLINE, Listing.Venue.HYBRID, Listing.Venue.ASYNC)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def plain(text: str) -> str:
    """Return a text without the lines in which somebody wrote down a password."""
    return without_secrets(text)[0]


def door(listing: Listing) -> tuple[float, float] | None:
    """Return the latitude and longitude of a door that people can go to, and nothing for a guess at one."""
    place = listing.place
    if place is None or place.latitude is None or place.longitude is None or listing.venue not in ON_SITE:
        return None
    guessed = place.precision in {Place.Precision.APPROXIMATE, Place.Precision.REGION}
    return None if guessed else (float(place.latitude), float(place.longitude))


def own_page(listing: Listing) -> str:
    """Return the entry's own page on the web; where somebody wrote a room to meet in instead, without its password."""
    return public_url(listing.url) if is_joinable(listing.url) else listing.url


def room_link(listing: Listing) -> tuple[str, str]:
    """Return the address at which people meet on a screen, and what to know about it; both without passwords."""
    for access in listing.accesses.all():
        meets_there = is_joinable(access.url) or listing.venue in FROM_AFAR
        if access.method == Access.Method.URL and meets_there:
            return public_url(access.url), plain(access.note)
    return "", ""


def first_phone(listing: Listing) -> tuple[str, str, str]:
    """Return the number to call as it is written, what to type once connected, and what else to know."""
    for access in listing.accesses.all():
        if access.method == Access.Method.PHONE:
            typed = re.match(r"Then type ([0-9*#,]+)(?:\. )?", access.note)
            rest = access.note[typed.end() :] if typed else access.note
            return access.number, typed[1] if typed else access.extension, plain(rest)
    return "", "", ""


def weekly_days(schedule: Schedule) -> list[int]:
    """Return the days from Monday, 0–6, of what is the same every week; nothing for anything else."""
    repeat = schedule.repeat
    if repeat is None or not repeat.is_weekly:
        return []
    _freq, _every, days = parse_rule(schedule.rrule)
    return sorted({day for _nth, day in days} or range(7))


def ends_at(schedule: Schedule) -> str:
    """Return when it ends on the clock on the wall, which may be on the next day; nothing where nobody says."""
    if schedule.starts_at is None or not schedule.minutes:
        return ""
    end = datetime.combine(date.min, schedule.starts_at) + timedelta(minutes=schedule.minutes)
    return f"{end:%H:%M}"
