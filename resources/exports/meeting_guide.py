"""Meeting Guide JSON (code4recovery/spec, read 2026-03): one record a day, weekly meetings only."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from resources.codes import AUDIENCE, FACETS, LANGUAGES
from resources.exports.facts import SHOWN, plain
from resources.exports.links import is_joinable, public_url
from resources.hours import parse_rule
from resources.models import Access, Listing, Place, Schedule

# The rest of the specification's types, which mean nothing to our own filters.
OTHER_TYPES = {
    *("11", "12x12", "ABSI", "BRK", "CAN", "DB", "DD", "DR", "GR", "H", "TR", "XT", "AL", "AL-AN", "P", "NDG", "SM"),
}
TYPES = {*FACETS, *AUDIENCE, *LANGUAGES, *OTHER_TYPES} - {"LGBTQIA"}


@dataclass
class Feed:
    records: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0  # meetings that are not weekly, which the format cannot say


def make(listings: Iterable[Listing], address_of: Callable[[Listing], str], day: date) -> Feed:
    """Return the meetings among visible listings.

    :param listings: with `accesses`, `schedules`, `place` and `group` fetched
    :param address_of: the whole address of an entry's page here
    :param day: on which a closing with an end is still on, or over
    """
    feed = Feed()
    for listing in listings:
        if listing.kind != Listing.Kind.MEETING or listing.status not in SHOWN:
            continue
        times = [each for schedule in listing.schedules.all() for each in _times(schedule)]
        if not times:
            feed.left_out += 1
            continue
        common = _common(listing, address_of(listing), day)
        for number, when in enumerate(times):
            several = len(times) > 1
            slug = f"{listing.slug}-{when.get('day', 'x')}" if several else listing.slug
            slug = f"{slug}-{number}" if several and _is_double(times, when) else slug
            feed.records.append({**common, **when, "slug": slug})
    return feed


def _is_double(times: list[dict[str, Any]], when: dict[str, Any]) -> bool:
    return sum(each.get("day") == when.get("day") for each in times) > 1


def _times(schedule: Schedule) -> list[dict[str, Any]]:
    """Return one record a day; by appointment is a record without one."""
    if schedule.by_appointment and not schedule.rrule:
        return [{}]
    repeat = schedule.repeat
    if repeat is None or not repeat.is_weekly:
        return []
    _freq, _every, days = parse_rule(schedule.rrule)
    end = (datetime.combine(date.min, repeat.starts_at) + timedelta(minutes=repeat.minutes)).time()
    when: dict[str, Any] = {"time": f"{repeat.starts_at:%H:%M}", "timezone": schedule.tz}
    # Readers take an end before the start for a negative length, so over midnight it is left out.
    if end > repeat.starts_at:
        when["end_time"] = f"{end:%H:%M}"
    weekdays = sorted({day for _nth, day in days} or range(7))
    return [{"day": (day + 1) % 7, **when} for day in weekdays]


def _common(listing: Listing, address: str, day: date) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": listing.name, "types": types_of(listing, day), "notes": plain(listing.notes), "url": address,
        "feedback_url": f"{address}wrong/", "updated": f"{listing.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        **place_of(listing), **_ways(listing),
    }  # fmt: skip
    if listing.group:
        record |= {"group": listing.group.name, "group_notes": plain(listing.group.notes)}
    return {key: value for key, value in record.items() if value not in ("", None, [])}


def types_of(listing: Listing, day: date) -> list[str]:
    """Return the codes of Meeting Guide for who a meeting is for and what it is like, TC while it is closed."""
    found = {code for each in listing.codes if (code := each.partition(":")[2]) in TYPES}
    for table, values in ((FACETS, listing.facets), (AUDIENCE, listing.audience), (LANGUAGES, listing.languages)):
        for value in values:
            alike = [code for code, meaning in table.items() if meaning == value and code in TYPES]
            # What the source called it is in already; otherwise the specification's first word for it.
            if alike and not found & set(alike):
                found.add(alike[0])
    return sorted((found - {"TC"}) | ({"TC"} if listing.is_closed(day) else set()))


def place_of(listing: Listing) -> dict[str, Any]:
    """Return where a meeting is, and whether that is a door or only a guess at one."""
    place = listing.place
    # Readers want an address of everything, also of what meets on a screen.
    if place is None:
        return {"country": listing.country, "formatted_address": listing.country, "approximate": "yes"}
    on_site = listing.venue in {Listing.Venue.IN_PERSON, Listing.Venue.HYBRID}
    known = place.precision in {Place.Precision.EXACT, Place.Precision.NONE}
    exact = known and bool(place.address or "," in place.in_words)
    found: dict[str, Any] = {
        "location": place.name, "formatted_address": place.in_words or place.name or place.country,
        "regions": place.regions, "location_notes": plain(place.notes),
        "approximate": "no" if exact and on_site else "yes",
    }  # fmt: skip
    if place.latitude is not None and place.longitude is not None and on_site:
        found |= {"latitude": float(place.latitude), "longitude": float(place.longitude)}
    return found


def _ways(listing: Listing) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for access in listing.accesses.all():
        if access.method == Access.Method.URL and "conference_url" not in found and is_joinable(access.url):
            found |= {"conference_url": public_url(access.url), "conference_url_notes": plain(access.note)}
        if access.method == Access.Method.PHONE and "conference_phone" not in found:
            after = re.match(r"Then type ([0-9*#,]+)", access.note)
            found["conference_phone"] = access.dial + (f",,{after[1]}" if after else "")
    return found
