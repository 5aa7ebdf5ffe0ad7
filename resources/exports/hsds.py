"""Open Referral HSDS 3.1: every entry is a service, with its organization, places, numbers and hours nested in it."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext

from resources.exports import facts
from resources.exports.links import public_url
from resources.hours import DAYS, parse_rule
from resources.models import Access, Facet, Listing, Place, Schedule

# How RFC 6350 calls them, which the standard draws from.
PHONE_TYPES = {Access.Method.PHONE: "voice", Access.Method.TEXT: "text", Access.Method.TTY: "textphone"}

Part = dict[str, Any]


def make(listings: Iterable[Listing], day: date) -> list[Part]:
    """Return services.

    :param listings: with `accesses`, `schedules`, `place`, `group`, `program` and `organization` fetched
    :param day: on which a closing with an end is still on, or over
    """
    # The same for everybody, whatever language the one who asks first has chosen.
    with translation.override("en"):
        return [_service(listing, day) for listing in listings if listing.status in facts.SHOWN]


def page(contents: list[Part], *, total: int, number: int, size: int) -> Part:
    """Return one page of services in the envelope that the standard's API has.

    :param number: of this page, from 1
    :param size: how many a full page holds
    """
    pages = max(1, -(-total // size))
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip


def _id(listing: Listing, *what: object) -> str:
    """Return the id of a part of an entry: the same each time, though its row may have been made anew."""
    return str(uuid.uuid5(listing.pk, " ".join(str(part) for part in what)))


def _told(part: Part) -> Part:
    return {key: value for key, value in part.items() if value not in ("", None, [], {})}


def _service(listing: Listing, day: date) -> Part:
    return _told({
        "id": str(listing.pk), "name": listing.name, "url": facts.own_page(listing),
        "description": facts.plain(listing.notes),
        "status": "temporarily closed" if listing.is_closed(day) else "active", "alert": listing.caution,
        "fees_description": str(listing.get_cost_display()) if listing.cost else "",
        "eligibility_description": ", ".join(listing.audience_names),
        "minimum_age": listing.youngest, "maximum_age": listing.oldest,
        "assured_date": f"{listing.checked_on:%Y-%m-%d}" if listing.checked_on else "",
        "last_modified": f"{listing.updated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "organization": _organization(listing), "program": _program(listing), "phones": _phones(listing),
        "schedules": [_schedule(listing, at, each) for at, each in enumerate(listing.schedules.all())],
        "languages": [{"id": _id(listing, "language", code), "code": code} for code in listing.languages],
        "service_at_locations": [
            {"id": _id(listing, "at", part["location_type"]), "location": part} for part in _locations(listing)
        ],
        "attributes": _attributes(listing),
    })  # fmt: skip


def _organization(listing: Listing) -> Part:
    """Return who runs it. Every service has somebody; where nobody is known that is the group, or it is its own."""
    known = listing.organization
    name = known.name if known else listing.group.name if listing.group else listing.name
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"waylight organization {known.slug}") if known else _id(listing, "run by")
    said = str(known.get_type_display()) if known and known.type else name
    return _told({"id": str(key), "name": name, "description": said, "website": known.url if known else ""})


def _program(listing: Listing) -> Part:
    if listing.program is None:
        return {}
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"waylight program {listing.program.slug}")
    return {"id": str(key), "name": listing.program.name, "description": listing.program.name}


def _phones(listing: Listing) -> list[Part]:
    ways = [access for access in listing.accesses.all() if access.method in PHONE_TYPES]
    return [
        _told({
            # As it is dialled: a country code before a short number would reach nobody.
            "id": _id(listing, "phone", at), "number": access.number, "extension": _extension(access),
            "type": PHONE_TYPES[Access.Method(access.method)], "description": _about(access),
        })
        for at, access in enumerate(ways)
    ]  # fmt: skip


def _extension(access: Access) -> int | None:
    """Return what to press as a number, which is all that the standard takes; 01 and *1 are said in words."""
    whole = access.extension.isdecimal() and not access.extension.startswith("0")
    return int(access.extension) if whole else None


def _about(access: Access) -> str:
    said = access.in_words if access.keyword or access.extension else ""
    return ". ".join(part for part in (said, facts.plain(access.note)) if part)


def _locations(listing: Listing) -> list[Part]:
    found: list[Part] = []
    place = listing.place
    if place is not None and listing.venue in facts.ON_SITE:
        latitude, longitude = facts.door(listing) or (None, None)
        found.append(_told({
            "id": _id(listing, "place"), "location_type": "physical", "name": place.name,
            "description": facts.plain(place.notes), "transportation": place.transit,
            "latitude": latitude, "longitude": longitude, "addresses": _addresses(listing, place),
            "accessibility": _accessibility(listing, place),
        }))  # fmt: skip
    link, _note = facts.room_link(listing)
    if link:
        found.append({"id": _id(listing, "screen"), "location_type": "virtual", "url": link})
    return found


def _accessibility(listing: Listing, place: Place) -> list[Part]:
    said = {"id": _id(listing, "step free"), "description": str(Facet.STEP_FREE.label)}
    return [said] if place.step_free else []


def _addresses(listing: Listing, place: Place) -> list[Part]:
    """Return the address. The standard asks for each of its lines, so what nobody knows is an empty one."""
    line = place.address or place.formatted_address
    if not (line or place.city or place.region):
        return []
    return [{
        "id": _id(listing, "address"), "address_1": line, "city": place.city, "state_province": place.region,
        "postal_code": place.postal_code, "country": place.country, "address_type": "physical",
    }]  # fmt: skip


def _attributes(listing: Listing) -> list[Part]:
    said = [("kind", listing.kind), ("venue", listing.venue), *(("facet", facet) for facet in listing.facets)]
    said += [("web", public_url(a.url)) for a in listing.accesses.all() if a.method == Access.Method.CHAT]
    return [_attribute(listing, label, value) for label, value in said]


def _attribute(listing: Listing, label: str, value: str, link: str = "") -> Part:
    return {
        "id": _id(listing, "attribute", link, label, value), "link_id": link or str(listing.pk),
        "link_entity": "schedule" if link else "service", "label": label, "value": value,
    }  # fmt: skip


def _schedule(listing: Listing, at: int, schedule: Schedule) -> Part:
    key = _id(listing, "schedule", at)
    if schedule.always_open:
        # The last minute of the day is how others write “all of it”; any zone is the right one for it.
        all_week = {"freq": "WEEKLY", "interval": 1, "byday": ",".join(DAYS), "opens_at": "00:00", "closes_at": "23:59"}
        return _told({"id": key, **all_week, "description": schedule.text})
    if schedule.repeat is None or (schedule.rrule.startswith("FREQ=DAILY") and "INTERVAL" in schedule.rrule):
        # Every third day is neither a week nor a month to the standard, so it is said in words.
        return {"id": key, "description": schedule.in_words()}
    skipped = ", ".join(sorted(schedule.exdates))
    return _told({
        "id": key, **_rule(schedule), "timezone": _offset(schedule.tz, listing.updated_at.year),
        "opens_at": f"{schedule.starts_at:%H:%M}", "closes_at": facts.ends_at(schedule), "description": schedule.text,
        "notes": gettext("Not on %(days)s") % {"days": skipped} if skipped else "",
        # An offset is wrong for half of the year, so the name of the zone stands beside it.
        "attributes": [_attribute(listing, "timezone", schedule.tz, key)],
    })  # fmt: skip


def _rule(schedule: Schedule) -> Part:
    freq, every, days = parse_rule(schedule.rrule)
    start = f"{schedule.valid_from:%Y-%m-%d}" if schedule.valid_from else ""
    until = f"{schedule.valid_until:%Y-%m-%d}" if schedule.valid_until else ""
    named = [f"{nth or ''}{DAYS[day]}" for nth, day in days] or list(DAYS)
    return {
        # The standard knows weeks and months only: every day is a week of seven.
        "freq": "MONTHLY" if freq == "MONTHLY" else "WEEKLY", "interval": every, "byday": ",".join(named),
        "dtstart": start, "valid_from": start, "valid_to": until, "until": until,
    }  # fmt: skip


def _offset(zone: str, year: int) -> float:
    """Return the hours from UTC in winter time, the one that a zone counts from."""
    offsets = [datetime(year, month, 1, 12, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)]
    return min(offset.total_seconds() for offset in offsets if offset is not None) / 3600
