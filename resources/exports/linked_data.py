"""One entry as schema.org's JSON-LD, for whatever reads pages by machine: the same facts as on the page."""

from datetime import date
from typing import Any

from resources.exports import facts
from resources.exports.links import public_url
from resources.hours import DAYS, parse_rule
from resources.models import Access, Listing, Schedule

VOCABULARY = "https://schema.org"
CONTACT_TYPES = {
    Access.Method.PHONE: "telephone", Access.Method.TEXT: "text message", Access.Method.TTY: "TTY",
    Access.Method.CHAT: "chat", Access.Method.URL: "web page",
}  # fmt: skip
_ATTENDANCE = {
    Listing.Venue.IN_PERSON: "OfflineEventAttendanceMode", Listing.Venue.HYBRID: "MixedEventAttendanceMode",
}  # fmt: skip
_PERIODS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M"}

Part = dict[str, Any]


def make(listing: Listing, address: str, day: date) -> Part:
    """Return a meeting as an event, a treatment center as a clinic, and anything else as an organization.

    :param listing: with `accesses`, `schedules`, `place`, `program` and `organization` fetched
    :param address: the whole address of its page here
    :param day: on which a closing with an end is still on, or over
    """
    common = {
        "@context": VOCABULARY, "@id": address, "name": listing.name, "description": facts.plain(listing.notes),
        "url": facts.own_page(listing) or address, "mainEntityOfPage": address,
    }  # fmt: skip
    kinds = {Listing.Kind.MEETING: _event, Listing.Kind.TREATMENT: _clinic}
    return _told({**common, **kinds.get(Listing.Kind(listing.kind), _organization)(listing, day)})


def _told(part: Part) -> Part:
    return {key: value for key, value in part.items() if value not in ("", None, [], {})}


def _event(listing: Listing, day: date) -> Part:
    mode = _ATTENDANCE.get(Listing.Venue(listing.venue), "OnlineEventAttendanceMode")
    link, _note = facts.room_link(listing)
    screen = {"@type": "VirtualLocation", "url": link} if link else {}
    held_by = listing.organization or listing.group or listing.program
    return {
        "@type": "Event",
        "eventAttendanceMode": f"{VOCABULARY}/{mode}",
        "eventStatus": f"{VOCABULARY}/{'EventPostponed' if listing.is_closed(day) else 'EventScheduled'}",
        "eventSchedule": [part for each in listing.schedules.all() if (part := _repeat(each))],
        "location": [part for part in (_place(listing), screen) if part],
        "organizer": {"@type": "Organization", "name": held_by.name} if held_by else {},
        "inLanguage": listing.languages,
        "isAccessibleForFree": True if listing.cost in {Listing.Cost.FREE, Listing.Cost.DONATION} else None,
    }


def _clinic(listing: Listing, _day: date) -> Part:
    place = _place(listing)
    phone = next((access.number for access in listing.accesses.all() if access.method == Access.Method.PHONE), "")
    hours = [part for each in listing.schedules.all() for part in _open(each)]
    spot: Part = {name: place[name] for name in ("address", "geo") if name in place}
    return {"@type": "MedicalClinic", **spot, "telephone": phone, "openingHoursSpecification": hours}


def _organization(listing: Listing, _day: date) -> Part:
    hours = [part for each in listing.schedules.all() for part in _open(each)]
    points = [
        _told({
            # As it is dialled: nothing is put in front of a short number.
            "@type": "ContactPoint", "contactType": CONTACT_TYPES[Access.Method(access.method)],
            "telephone": access.number, "url": public_url(access.url) if access.url else "",
            "description": access.in_words if access.keyword or access.extension else "",
            "availableLanguage": listing.languages, "hoursAvailable": hours,
        })
        for access in listing.accesses.all()
    ]  # fmt: skip
    return {"@type": "Organization", "areaServed": "" if listing.worldwide else listing.country, "contactPoint": points}


def _place(listing: Listing) -> Part:
    place = listing.place
    if place is None or listing.venue not in facts.ON_SITE:
        return {}
    address = _told({
        "@type": "PostalAddress", "streetAddress": place.address or place.formatted_address,
        "addressLocality": place.city, "addressRegion": place.region, "postalCode": place.postal_code,
        "addressCountry": place.country,
    })  # fmt: skip
    degrees = facts.door(listing)
    geo = {"@type": "GeoCoordinates", "latitude": degrees[0], "longitude": degrees[1]} if degrees else {}
    return _told({"@type": "Place", "name": place.name, "address": address, "geo": geo})


def _repeat(schedule: Schedule) -> Part:
    """Return the rule of a meeting. The days of a month are written as calendars write them: 1TU, -1FR."""
    repeat = schedule.repeat
    if repeat is None:
        return {}
    freq, every, days = parse_rule(schedule.rrule)
    end = facts.ends_at(schedule)
    return _told({
        "@type": "Schedule", "repeatFrequency": f"P{every}{_PERIODS[freq]}",
        "byDay": [f"{nth}{DAYS[day]}" if nth else f"{VOCABULARY}/{facts.DAY_NAMES[day]}" for nth, day in days],
        "startTime": f"{repeat.starts_at:%H:%M:%S}", "endTime": f"{end}:00" if end else "",
        "duration": f"PT{schedule.minutes}M" if schedule.minutes else "", "scheduleTimezone": schedule.tz,
        "startDate": schedule.valid_from.isoformat() if schedule.valid_from else "",
        "endDate": schedule.valid_until.isoformat() if schedule.valid_until else "",
        "exceptDate": schedule.exdates,
    })  # fmt: skip


def _open(schedule: Schedule) -> list[Part]:
    """Return the days and hours of what is the same every week; its words stay on the page."""
    if schedule.always_open:
        days, opens, closes = list(range(7)), "00:00", "23:59"
    else:
        days, closes = facts.weekly_days(schedule), facts.ends_at(schedule)
        opens = f"{schedule.starts_at:%H:%M}" if schedule.starts_at else ""
    named = [f"{VOCABULARY}/{facts.DAY_NAMES[day]}" for day in days]
    said = {"@type": "OpeningHoursSpecification", "dayOfWeek": named, "opens": opens, "closes": closes}
    return [said] if days and opens and closes else []
