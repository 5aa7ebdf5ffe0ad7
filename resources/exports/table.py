"""A table (CSV) of the directory, one row for every time of an entry; safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date

from django.utils import translation

from resources.exports import facts, meeting_guide
from resources.exports.links import public_url
from resources.models import Access, Listing, Schedule, first_access

# Where our own reader of tables knows a column, it has the name that the reader knows it by.
COLUMNS = (
    *("slug", "name", "kind", "status", "venue", "day", "time", "end_time", "timezone", "hours", "types", "program"),
    *("notes", "caution", "location", "address", "city", "state", "postal_code", "country", "formatted_address"),
    *("region", "sub_region", "location_notes", "latitude", "longitude", "approximate", "group", "website", "url"),
    *("phone", "phone_extension", "text", "text_keyword", "tty", "chat", "conference_url", "conference_url_notes"),
    *("conference_phone", "conference_phone_notes", "language", "cost", "checked_on", "updated"),
)
NUMBERS = {"phone", "phone_extension", "text", "tty", "conference_phone"}
DEGREES = {"latitude", "longitude"}
# A spreadsheet takes a cell that begins so for a formula, and would carry it out.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_DIALLED = re.compile(r"\+[0-9][0-9 ]*(?:,,[0-9*#,]+)?")

Row = dict[str, str]


def make(listings: Iterable[Listing], address_of: Callable[[Listing], str], day: date) -> str:
    """Return the whole table.

    :param listings: visible ones, with `accesses`, `schedules`, `place`, `group` and `program` fetched
    :param address_of: the whole address of an entry's page here
    :param day: on which a closing with an end is still on, or over
    """
    page = io.StringIO()
    writer = csv.DictWriter(page, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    # The same file for everybody, whatever language the one who asks for it first has chosen.
    with translation.override("en"):
        for listing in listings:
            if listing.status in facts.SHOWN:
                common = _common(listing, address_of(listing), day)
                writer.writerows(_safe({**common, **when}) for when in _times(listing))
    return page.getvalue()


def _safe(row: Row) -> Row:
    return {column: value if column in DEGREES else _cell(column, value) for column, value in row.items()}


def _cell(column: str, value: str) -> str:
    """Return a cell that no spreadsheet carries out; a number keeps its +.

    Hyphens of such a number become spaces: +1-800-555-0142 would be worked out as a subtraction.
    """
    spaced = re.sub(r"[ ().\-]+", " ", value) if column in NUMBERS and value.startswith("+") else value
    if spaced.startswith(FORMULA) and not (column in NUMBERS and _DIALLED.fullmatch(spaced)):
        return f"'{value}"
    return spaced


def _times(listing: Listing) -> list[Row]:
    return [_time(schedule) for schedule in listing.schedules.all()] or [{"day": "not known"}]


def _time(schedule: Schedule) -> Row:
    """Return when it is. A day is only in its column where it is the same every week.

    Anything else is said there in words that are no day, so that no reader takes every second Monday for every one.
    """
    row = {"hours": schedule.in_words()}
    if not schedule.rrule or schedule.starts_at is None:
        by_appointment = schedule.by_appointment and not schedule.always_open
        return row | {"day": "" if by_appointment else "always" if schedule.always_open else "see hours"}
    days = [facts.DAY_NAMES[day] for day in facts.weekly_days(schedule)]
    times = {"time": f"{schedule.starts_at:%H:%M}", "end_time": facts.ends_at(schedule), "timezone": schedule.tz}
    return row | times | {"day": ", ".join(days) or "see hours"}


def _common(listing: Listing, address: str, day: date) -> Row:
    checked = f"{listing.checked_on:%Y-%m-%d}" if listing.checked_on else ""
    return {
        "slug": listing.slug, "name": listing.name, "kind": listing.kind, "venue": listing.venue,
        "status": Listing.Status.TEMPORARILY_CLOSED if listing.is_closed(day) else Listing.Status.ACTIVE,
        "types": ",".join(meeting_guide.types_of(listing, day)) if listing.kind == Listing.Kind.MEETING else "",
        "program": listing.program.name if listing.program else "", "notes": facts.plain(listing.notes),
        "caution": listing.caution, "group": listing.group.name if listing.group else "", 
        "website": facts.own_page(listing),
        "url": address, "language": ",".join(listing.languages), "cost": listing.cost, "checked_on": checked,
        "updated": f"{listing.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}", **_place(listing), **_ways(listing),
    }  # fmt: skip


def _place(listing: Listing) -> Row:
    place = listing.place
    if place is None:
        return {"country": listing.country}
    said = meeting_guide.place_of(listing)
    regions = [*place.regions, "", ""]
    return {
        "location": place.name, "address": place.address, "city": place.city, "state": place.region,
        "postal_code": place.postal_code, "country": place.country, "formatted_address": place.formatted_address,
        "region": regions[0], "sub_region": regions[1], "location_notes": facts.plain(place.notes),
        "latitude": str(said.get("latitude", "")), "longitude": str(said.get("longitude", "")),
        "approximate": said["approximate"],
    }  # fmt: skip


def _ways(listing: Listing) -> Row:
    number, typed, note = facts.first_phone(listing)
    if listing.kind == Listing.Kind.MEETING:
        link, about = facts.room_link(listing)
        dialled = f"{number},,{typed}" if number and typed else number
        row = {"conference_phone": dialled, "conference_phone_notes": note}
        row |= {"conference_url": link, "conference_url_notes": about}
    else:
        row = {"phone": number, "phone_extension": typed}
    text, tty, chat = (first_access(listing, m) for m in (Access.Method.TEXT, Access.Method.TTY, Access.Method.CHAT))
    row |= {"text": text.number, "text_keyword": text.keyword} if text else {}
    return row | ({"tty": tty.number} if tty else {}) | ({"chat": public_url(chat.url)} if chat else {})
