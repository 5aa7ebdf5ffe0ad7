"""BMLT `GetSearchResults` as JSON (bmlt-server 4.2): every value is text, and Sunday is 1."""

from __future__ import annotations

import re

from resources import codes
from resources.feeds import meetings, values
from resources.feeds.reading import (
    Defaults,
    FeedEntry,
    Issue,
    Reading,
    RejectedRow,
    Row,
    each_row,
    parse_json,
    rows_of,
)
from resources.passwords import without_secrets

_VENUES = {"1": "in_person", "2": "online", "3": "hybrid"}


def read(payload: bytes, defaults: Defaults) -> Reading:
    reading = Reading()
    for at, row in each_row(rows_of(parse_json(payload), "meetings"), reading):
        key = values.text(row.get("id_bigint"), 255, lines=False)
        told = meetings.Told()
        try:
            entry = _entry(row, key, defaults, told)
        except RejectedRow as rejected:
            reading.issues.append(Issue(at, str(rejected), key, rejected=True))
            continue
        reading.entries.append(FeedEntry(at, key, entry))
        reading.issues += [Issue(at, sentence, key) for sentence in told.says]
    return reading


def _entry(row: Row, key: str, defaults: Defaults, told: meetings.Told) -> Row:
    name = values.text(row.get("meeting_name"), 200, lines=False)
    if not key or not name:
        raise RejectedRow("It has no name." if key else "It has no id, so it cannot be told apart.")
    formats = [code.strip() for code in values.text(row.get("formats"), 400, lines=False).split(",") if code.strip()]
    known = {code.upper() for code in formats}
    spot = _spot(row, defaults, told)
    country = spot.get("country") or defaults.country
    ways, rest = meetings.ways(
        told, row.get("virtual_meeting_link"), row.get("virtual_meeting_additional_info"),
        row.get("phone_meeting_number"), "", country,
    )  # fmt: skip
    venue, status = _held(row, known)
    days = values.weekdays(row.get("weekday_tinyint"), base=1)
    timed = days and row.get("start_time")
    zone = meetings.time_zone(row.get("time_zone"), spot, venue != "online", defaults) if timed else ""
    means = codes.meaning(known, codes.BMLT_FACETS, codes.BMLT_AUDIENCE)
    notes, secret = without_secrets(values.text(row.get("comments")))
    if secret and ways:
        ways[0]["secret"] = " ".join(part for part in (ways[0].get("secret", ""), secret) if part)[:400]
    return {
        "name": name, "kind": "meeting", "sub_kind": codes.sub_kind(defaults.program), "level": "support",
        "program": defaults.program, "country": country or "ZZ", "worldwide": venue == "online",
        "venue": venue, "status": status, "place": spot, "group": {}, "access": ways,
        "hours": meetings.hours(days, row.get("start_time"), None, _minutes(row.get("duration_time")), zone),
        "notes": "\n\n".join(part for part in (notes, rest) if part)[:4000], "url": "",
        "languages": [row["lang_enum"]] if codes.language(str(row.get("lang_enum"))) else [],
        "audience": means.audience or ["anyone"],
        "facets": [f for f in means.facets if venue != "online" or f not in codes.ONLY_ON_SITE],
        "codes": sorted({f"{defaults.program or 'bmlt'}:{code}" for code in formats if " " not in code}),
        "contacts": meetings.contacts(
            (row.get(f"contact_name_{n}"), row.get(f"contact_email_{n}"), row.get(f"contact_phone_{n}")) for n in (1, 2)
        ),
        # What its own server keeps unpublished is not ours to publish.
        "withheld": str(row.get("published", "1")) == "0",
    }  # fmt: skip


def _spot(row: Row, defaults: Defaults, told: meetings.Told) -> Row:
    said = {part: row.get(f"location_{part}") for part in ("text", "street", "municipality", "province", "nation")}
    regions = [said["province"], row.get("location_sub_province"), row.get("location_city_subsection")]
    lines = ", ".join(
        part for part in (values.text(row.get(n), 200, False) for n in ("train_lines", "bus_lines")) if part
    )
    return meetings.place(
        defaults, told, name=said["text"], address=said["street"], city=said["municipality"],
        region=said["province"], postal_code=row.get("location_postal_code_1"), country=said["nation"],
        notes=row.get("location_info"), transit=lines, regions=regions,
        latitude=row.get("latitude"), longitude=row.get("longitude"),
    )  # fmt: skip


def _held(row: Row, known: set[str]) -> tuple[str, str]:
    venue = _VENUES.get(str(row.get("venue_type", "")))
    if venue is None:
        venue = "online" if "VM" in known else "hybrid" if "HY" in known else "in_person"
    return venue, "temporarily_closed" if "TC" in known and venue == "in_person" else "active"


def _minutes(value: object) -> int | None:
    """Return how long something takes, from `01:30:00`; nothing where that is none, or more than a day."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", values.text(value, 20, lines=False))
    length = int(found[1]) * 60 + int(found[2]) if found else 0
    return length if 0 < length <= 1440 else None
