"""Tables (CSV) of meetings or treatment centers; a mapping says which of their columns is which of ours."""

from __future__ import annotations

import csv
import io
import re

from resources.feeds import meeting_guide, treatment, values
from resources.feeds.reading import MOST_ROWS, Defaults, Reading, Row, UnreadableFeed, check_size

# What a column can mean; these are the names of the Meeting Guide fields, and of the treatment list’s.
COLUMNS = (
    *("slug", "name", "day", "time", "end_time", "timezone", "types", "notes", "location", "location_notes"),
    *("address", "city", "state", "postal_code", "country", "formatted_address", "region", "sub_region"),
    *("latitude", "longitude", "approximate", "group", "group_notes", "website", "url", "conference_url"),
    *("conference_url_notes", "conference_phone", "conference_phone_notes", "language", "updated"),
)
_OTHER_NAMES = {
    "id": "slug", "meeting id": "slug", "meeting name": "name", "title": "name", "weekday": "day", "days": "day",
    "start time": "time", "start": "time", "end": "end_time", "end time": "end_time", "time zone": "timezone",
    "tz": "timezone", "type": "types", "zip": "postal_code", "zip code": "postal_code", "zipcode": "postal_code",
    "postcode": "postal_code", "postal code": "postal_code", "street": "address", "province": "state",
    "lat": "latitude", "lng": "longitude", "lon": "longitude", "long": "longitude", "venue": "location",
    "building": "location", "link": "conference_url", "zoom": "conference_url", "online link": "conference_url",
    "dial in": "conference_phone", "phone in": "conference_phone", "group name": "group", "comments": "notes",
    "languages": "language",
}  # fmt: skip


def read(payload: bytes, defaults: Defaults) -> Reading:
    """:raises UnreadableFeed: when this is no table, or has no column for a name"""
    columns, rows = table_of(payload)
    if treatment.is_treatment(columns):
        return treatment.read_table(rows, defaults)
    mapping = defaults.mapping or guess(columns)
    if "name" not in mapping:
        raise UnreadableFeed("No column holds the name. Say which one it is.")
    reading = Reading()
    for number, row in enumerate(rows, start=2):
        reading.rows += 1
        own = {ours: row.get(theirs, "") for ours, theirs in mapping.items()}
        if not own.get("slug"):
            # Without a name of its own in the source a row is known by what it says.
            own["slug"] = "|".join(values.text(own.get(part), 80, False) for part in ("name", "day", "time", "address"))
        meeting_guide.take(reading, f"row {number}", own, defaults)
    return reading


def guess(columns: list[str]) -> dict[str, str]:
    """Return which of their columns is which of ours, by their names."""
    found: dict[str, str] = {}
    for theirs in columns:
        plain = " ".join(theirs.lower().replace("_", " ").split())
        ours = plain.replace(" ", "_") if plain.replace(" ", "_") in COLUMNS else _OTHER_NAMES.get(plain, "")
        if ours and ours not in found:
            found[ours] = theirs
    return found


def table_of(payload: bytes) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a table.

    :raises UnreadableFeed: when this is none
    """
    check_size(payload)
    if payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"<", b"{", b"["} or b"\x00" in payload:
        raise UnreadableFeed("This is no table of comma-separated values.")
    said = _decoded(payload)
    try:
        lines = csv.reader(io.StringIO(said, newline=None), delimiter=_delimiter(said), skipinitialspace=True)
        columns = [values.text(cell, 80, lines=False) for cell in next(lines)]
        rows = [
            dict(zip(columns, map(_unguarded, cells), strict=False)) for cells in lines if any(map(str.strip, cells))
        ]
    except (csv.Error, StopIteration) as error:
        raise UnreadableFeed(f"The table cannot be read: {error}.") from error
    if not rows:
        raise UnreadableFeed("The table holds no rows.")
    if len(rows) > MOST_ROWS:
        raise UnreadableFeed(f"The table holds more than {MOST_ROWS:,} rows.")
    return columns, rows


def _delimiter(said: str) -> str:
    """Return what stands between the cells. Of what Python guesses only that is kept.

    Where the first lines hold no quotes it also guesses that none are ever doubled, and so tears later cells apart.
    """
    try:
        return csv.Sniffer().sniff(said[:4096], delimiters=",;\t|").delimiter
    except csv.Error:
        return ","


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\n]", cell) else cell


def _decoded(payload: bytes) -> str:
    """Return the text; old spreadsheets write Windows or Macintosh letters, the latter with bare CR line ends."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        macintosh = b"\r" in payload and b"\n" not in payload
        return payload.decode("mac_roman" if macintosh else "cp1252", errors="replace")
