"""Meetings in the shape of BMLT's search results (bmlt-server 4.2): one record a weekday, every value is text."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from resources.exports import facts
from resources.models import Listing, Place, Schedule

# A key, what it means to a reader of BMLT in any language (its world id), and its English name.
FORMATS = {
    "O": ("OPEN", "Open"), "C": ("CLOSED", "Closed"), "WC": ("WCHR", "Wheelchair access"), "BEG": ("BEG", "Beginners"),
    "SP": ("SPK", "Speaker"), "DI": ("DISC", "Discussion"), "ST": ("STEP", "Step study"), "LIT": ("LIT", "Literature"),
    "ME": ("MED", "Meditation"), "CW": ("CW", "Children welcome"), "ASL": ("LANG", "American Sign Language"),
    "W": ("W", "Women"), "M": ("M", "Men"), "GL": ("GL", "Gay and lesbian"), "Y": ("Y", "Young people"),
    "VM": ("VM", "Virtual meeting"), "HY": ("HYBR", "Hybrid meeting"), "TC": ("TC", "Temporarily closed"),
}  # fmt: skip
_FACETS = {
    "open": "O", "closed": "C", "step_free": "WC", "newcomers": "BEG", "speaker": "SP", "discussion": "DI",
    "steps": "ST", "literature": "LIT", "meditation": "ME", "children": "CW", "signed": "ASL",
}  # fmt: skip
_AUDIENCE = {"women": "W", "men": "M", "lgbtq": "GL", "young": "Y"}
# BMLT knows three ways to meet; by phone and at any time are no hall either.
IN_PERSON, VIRTUAL, HYBRID = "1", "2", "3"
# There is one list here, and no areas or regions that share it out among them.
SERVICE_BODY = "1"

Record = dict[str, str]


@dataclass
class Feed:
    records: list[Record] = field(default_factory=list)
    left_out: int = 0  # meetings that are not weekly, which the format cannot say


def make(listings: Iterable[Listing], root: str, day: date) -> Feed:
    """Return the meetings among visible listings.

    :param listings: with `accesses`, `schedules` and `place` fetched
    :param root: the address that clients know this server by
    :param day: on which a closing with an end is still on, or over
    """
    feed = Feed()
    for listing in listings:
        if listing.kind != Listing.Kind.MEETING or listing.status not in facts.SHOWN:
            continue
        weekly = [(s, weekday) for s in listing.schedules.all() for weekday in facts.weekly_days(s)]
        feed.left_out += not weekly
        common = _common(listing, root, day) if weekly else {}
        feed.records += [{**_when(listing, schedule, weekday), **common} for schedule, weekday in weekly]
    return feed


def formats(root: str, only: Iterable[str] = FORMATS) -> list[Record]:
    """Return what the keys of formats mean."""
    return [
        {
            "key_string": key, "name_string": FORMATS[key][1], "description_string": FORMATS[key][1], "lang": "en",
            "id": _id_of(key), "world_id": FORMATS[key][0], "root_server_uri": root, "format_type_enum": "FC1",
        }
        for key in FORMATS if key in set(only)
    ]  # fmt: skip


def used_formats(records: Iterable[Record]) -> set[str]:
    return {key for record in records for key in record["formats"].split(",")}


def service_bodies(root: str, name: str, url: str) -> list[Record]:
    """Return the one body that all meetings here hang on, so that clients have something to ask for."""
    return [
        {
            "id": SERVICE_BODY, "parent_id": "0", "name": name, "description": "", "type": "AS", "url": url,
            "helpline": "", "world_id": "", "root_server_uri": root,
        }
    ]  # fmt: skip


def _when(listing: Listing, schedule: Schedule, weekday: int) -> Record:
    repeat = schedule.repeat
    assert repeat is not None  # only weekly ones come here
    name = f"{listing.pk} {weekday} {repeat.starts_at}"
    # The same every time it is asked for, and small enough for a number in JavaScript.
    number = int(hashlib.sha256(name.encode()).hexdigest()[:13], 16)
    return {
        "id_bigint": str(number), "weekday_tinyint": str((weekday + 1) % 7 + 1), "time_zone": schedule.tz,
        "start_time": f"{repeat.starts_at:%H:%M:%S}",
        "duration_time": f"{repeat.minutes // 60:02}:{repeat.minutes % 60:02}:00",
    }  # fmt: skip


def _common(listing: Listing, root: str, day: date) -> Record:
    keys = _keys(listing, day)
    link, note = facts.room_link(listing)
    number, typed, _rest = facts.first_phone(listing)
    return {
        "worldid_mixed": "", "shared_group_id_bigint": "", "service_body_bigint": SERVICE_BODY,
        "venue_type": _venue(listing), "formats": ",".join(keys),
        "format_shared_id_list": ",".join(_id_of(key) for key in keys), "lang_enum": (listing.languages or ["en"])[0],
        "meeting_name": listing.name, **_place(listing), "comments": facts.plain(listing.notes),
        "phone_meeting_number": f"{number},,{typed}" if number and typed else number,
        "virtual_meeting_link": link, "virtual_meeting_additional_info": note,
        "published": "1", "root_server_uri": root,
    }  # fmt: skip


def _venue(listing: Listing) -> str:
    return {Listing.Venue.IN_PERSON: IN_PERSON, Listing.Venue.HYBRID: HYBRID}.get(Listing.Venue(listing.venue), VIRTUAL)


def _keys(listing: Listing, day: date) -> list[str]:
    found = {_FACETS[facet] for facet in listing.facets if facet in _FACETS}
    found |= {_AUDIENCE[group] for group in listing.audience if group in _AUDIENCE}
    found |= {IN_PERSON: set[str](), VIRTUAL: {"VM"}, HYBRID: {"HY"}}[_venue(listing)]
    return sorted(found | ({"TC"} if listing.is_closed(day) else set()))


def _id_of(key: str) -> str:
    return str(list(FORMATS).index(key) + 1)


def _place(listing: Listing) -> Record:
    place = listing.place or Place(country=listing.country)
    degrees = facts.door(listing)
    latitude, longitude = (f"{each:.6f}" for each in degrees) if degrees else ("", "")
    return {
        "latitude": latitude, "longitude": longitude, "location_text": place.name,
        "location_street": place.address or place.formatted_address, "location_municipality": place.city,
        "location_province": place.region, "location_sub_province": "", "location_neighborhood": "",
        "location_city_subsection": "", "location_postal_code_1": place.postal_code, "location_nation": place.country,
        "location_info": facts.plain(place.notes), "train_lines": place.transit, "bus_lines": "",
    }  # fmt: skip
