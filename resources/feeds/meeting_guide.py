"""Meeting Guide JSON and what the TSML plugin adds to it (code4recovery/spec, read 2026-03)."""

from __future__ import annotations

from typing import Any

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


def read(payload: bytes, defaults: Defaults) -> Reading:
    reading = Reading()
    for at, row in each_row(rows_of(parse_json(payload), "meetings", "data"), reading):
        take(reading, at, row, defaults)
    return reading


def take(reading: Reading, at: str, row: Row, defaults: Defaults) -> None:
    """Put one row of a meeting feed among the entries, or among what was rejected and why."""
    key = key_of(row)
    told = meetings.Told()
    try:
        if not key:
            raise RejectedRow("It has no slug, so it cannot be told apart.")
        entry = entry_of(row, defaults, told)
    except RejectedRow as rejected:
        reading.issues.append(Issue(at, str(rejected), key, rejected=True))
        return
    reading.entries.append(FeedEntry(at, key, entry, values.instant(row.get("updated"))))
    reading.issues += [Issue(at, sentence, key) for sentence in told.says]


def key_of(row: Row) -> str:
    for name in ("slug", "id", "ID"):
        if isinstance(row.get(name), (str, int)) and not isinstance(row.get(name), bool):
            key = values.text(row[name], 255, lines=False)
            if key:
                return key
    return ""


def entry_of(row: Row, defaults: Defaults, told: meetings.Told) -> Row:
    """Return one meeting in our words.

    :raises RejectedRow: when it has no name, or says a day, a time or a zone that is none
    """
    name = values.text(row.get("name"), 200, lines=False)
    if not name:
        raise RejectedRow("It has no name.")
    types = type_codes(row.get("types"))
    spot = _spot(row, defaults, told)
    country = spot.get("country") or defaults.country
    ways, rest = meetings.ways(
        told, row.get("conference_url"), row.get("conference_url_notes"),
        row.get("conference_phone"), row.get("conference_phone_notes"), country,
    )  # fmt: skip
    venue, status = meetings.attendance(row.get("attendance_option"), {t.upper() for t in types}, spot, bool(ways))
    if not spot and not ways:
        told.note("It says neither where it meets nor how to join.")
    notes, secret = without_secrets(values.text(row.get("notes")))
    _keep_secret(ways, secret)
    days = values.weekdays(row.get("day"))
    zone = ""
    if days and row.get("time") not in (None, ""):
        zone = meetings.time_zone(row.get("timezone"), spot, venue != "online", defaults)
    means = codes.meaning(code.upper() for code in types)
    return {
        "name": name, "kind": "meeting", "sub_kind": codes.sub_kind(defaults.program), "level": "support",
        "program": defaults.program, "country": country or "ZZ", "worldwide": venue == "online",
        "venue": venue, "status": status, "place": spot, "group": _group(row), "access": ways,
        "hours": meetings.hours(days, row.get("time"), row.get("end_time"), None, zone),
        "notes": "\n\n".join(part for part in (notes, rest) if part)[:4000], "url": values.web(row.get("url")),
        "languages": languages(row, means, defaults), "audience": means.audience or ["anyone"],
        "facets": [f for f in means.facets if venue != "online" or f not in codes.ONLY_ON_SITE],
        "codes": sorted({f"{defaults.program or 'meeting-guide'}:{code}" for code in types}),
        "contacts": meetings.contacts(_people(row)), "money": _money(row),
    }  # fmt: skip


def type_codes(value: Any) -> list[str]:
    """Return the codes of a row; a table writes them in one cell."""
    given = value.replace(";", ",").split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    cleaned = (values.text(each, 40, lines=False) for each in given)
    return [code for code in cleaned if code and " " not in code and "," not in code]


def languages(row: Row, means: codes.Meaning, defaults: Defaults) -> list[str]:
    said = values.text(row.get("language") or row.get("languages"), 200, lines=False)
    named = {code for word in said.split(",") if (code := codes.language(word))}
    return sorted({*means.languages, *named}) or ([defaults.language] if defaults.language else [])


def _spot(row: Row, defaults: Defaults, told: meetings.Told) -> Row:
    regions = row.get("regions") if isinstance(row.get("regions"), list) else [row.get("region"), row.get("sub_region")]
    parts = {name: row.get(name) for name in ("address", "city", "postal_code", "country", "formatted_address")}
    return meetings.place(
        defaults, told, **parts, name=row.get("location"), region=row.get("state"),
        notes=row.get("location_notes"),
        latitude=row.get("latitude"), longitude=row.get("longitude"), regions=regions,
        approximate=row.get("approximate"),
    )  # fmt: skip


def _group(row: Row) -> Row:
    name = values.text(row.get("group"), 255, lines=False)
    if not name:
        return {}
    notes, _secret = without_secrets(values.text(row.get("group_notes")))
    group = {"name": name, "notes": notes, "url": values.web(row.get("website"))}
    return {key: value for key, value in group.items() if value}


def _keep_secret(ways: list[Row], secret: str) -> None:
    if secret and ways:
        ways[0]["secret"] = " ".join(part for part in (ways[0].get("secret", ""), secret) if part)[:400]


def _people(row: Row) -> list[tuple[Any, Any, Any]]:
    people = [tuple(row.get(f"contact_{n}_{what}") for what in ("name", "email", "phone")) for n in (1, 2, 3)]
    return [*people, (None, row.get("email"), row.get("phone"))]  # type: ignore[list-item]  # three each


def _money(row: Row) -> Row:
    given = {name: values.text(row.get(name), 120, lines=False) for name in ("venmo", "square", "paypal")}
    return {name: value for name, value in given.items() if value}
