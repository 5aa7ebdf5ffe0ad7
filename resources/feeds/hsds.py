"""Open Referral HSDS 3.x: services with their organization, places, numbers and hours nested in them."""

from __future__ import annotations

import re
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

STATUS = {
    "active": "active", "inactive": "suspended", "defunct": "permanently_closed",
    "temporarily closed": "temporarily_closed",
}  # fmt: skip
_METHODS = {"voice": "phone", "text": "text", "sms": "text", "tty": "tty"}


def read(payload: bytes, defaults: Defaults) -> Reading:
    reading = Reading()
    for at, row in each_row(rows_of(parse_json(payload), "contents", "services", "service"), reading):
        key = values.text(row.get("id"), 255, lines=False)
        told = meetings.Told()
        try:
            entry = _entry(row, key, defaults, told)
        except RejectedRow as rejected:
            reading.issues.append(Issue(at, str(rejected), key, rejected=True))
            continue
        reading.entries.append(FeedEntry(at, key, entry, values.instant(row.get("last_modified"))))
        reading.issues += [Issue(at, sentence, key) for sentence in told.says]
    return reading


def _entry(row: Row, key: str, defaults: Defaults, told: meetings.Told) -> Row:
    name = values.text(row.get("name"), 200, lines=False)
    status = STATUS.get(values.text(row.get("status"), 40, lines=False))
    if not key or not name:
        raise RejectedRow("It has no name." if key else "It has no id, so it cannot be told apart.")
    if status is None:
        raise RejectedRow("Its status is none of active, inactive, defunct, temporarily closed.")
    location = next(iter(_list(_first(row.get("service_at_locations")), "location")), None) or _first(
        row.get("locations")
    )
    spot = _spot(location, defaults, told)
    country = spot.get("country") or defaults.country or "ZZ"
    virtual = location.get("location_type") == "virtual" or not spot
    about = f"{name} {row.get('description', '')}".lower()
    kind = "hotline" if re.search(r"\b(hotline|helpline|lifeline|crisis line)\b", about) else "treatment"
    return {
        "name": name, "kind": kind, "sub_kind": "line" if kind == "hotline" else "facility", "level": "support",
        "program": "", "country": country, "worldwide": False, "status": status,
        "venue": "phone" if kind == "hotline" else "online" if virtual else "in_person", "place": spot, "group": {},
        "access": _numbers(row, location, country), "hours": _hours(row, defaults), "audience": ["anyone"],
        "notes": values.text(row.get("description")), "url": values.web(row.get("url")),
        "languages": _languages(row, defaults), "facets": [], "codes": [], **_ages(row),
    }  # fmt: skip


def _list(parent: Row, name: str) -> list[Row]:
    value = parent.get(name)
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _first(value: Any) -> Row:
    return _list({"x": value}, "x")[0] if _list({"x": value}, "x") else {}


def _spot(location: Row, defaults: Defaults, told: meetings.Told) -> Row:
    address = _first(location.get("addresses"))
    lines = [values.text(address.get(part), 120, False) for part in ("address_1", "address_2")]
    return meetings.place(
        defaults, told, name=location.get("name"), address=", ".join(line for line in lines if line),
        city=address.get("city"), region=address.get("state_province"), postal_code=address.get("postal_code"),
        country=address.get("country"), regions=[address.get("region")], transit=location.get("transportation"),
        latitude=location.get("latitude"), longitude=location.get("longitude"),
    )  # fmt: skip


def _numbers(row: Row, location: Row, country: str) -> list[Row]:
    found: list[Row] = []
    for phone in [*_list(row, "phones"), *_list(location, "phones")]:
        dialled, _after = values.number(phone.get("number"))
        if not dialled or any(way["number"] == dialled for way in found):
            continue
        digits = re.sub(r"\D", "", dialled)
        short = len(digits) < 7
        way = {
            "method": _METHODS.get(str(phone.get("type", "voice")).lower(), "phone"),
            # A short number that somebody put a + in front of reaches nobody; it is dialled as it is.
            "number": digits if short else dialled, "number_type": "short_code" if short else "e164",
            "extension": re.sub(r"\D", "", str(phone.get("extension") or ""))[:12],
            "note": values.text(phone.get("description"), 200, False), "country": country if country != "ZZ" else "",
        }  # fmt: skip
        found.append({k: v for k, v in way.items() if v})
    return found


def _hours(row: Row, defaults: Defaults) -> list[Row]:
    found: list[Row] = []
    for schedule in _list(row, "schedules"):
        zone = _zone(schedule, defaults)
        days: list[str] = re.findall(r"(?:-?\d)?(?:MO|TU|WE|TH|FR|SA|SU)", str(schedule.get("byday") or ""))
        said = values.text(schedule.get("description"), 200, False)
        try:
            opens = values.wall_time(re.split(r"[Z+-]", str(schedule.get("opens_at") or ""))[0])
            closes = values.wall_time(re.split(r"[Z+-]", str(schedule.get("closes_at") or ""))[0])
        except RejectedRow:
            opens = closes = ""
        freq = str(schedule.get("freq") or "")
        if opens and days and zone and freq in {"WEEKLY", "MONTHLY"}:
            rule = f"FREQ={freq};BYDAY={','.join(days)}"
            hours = {"rrule": rule, "starts_at": opens, "minutes": values.minutes_between(opens, closes), "tz": zone}
            found.append({k: v for k, v in {**hours, "text": said}.items() if v})
        elif said:
            found.append({"text": said})
    return found


def _zone(schedule: Row, defaults: Defaults) -> str:
    """Return the zone: an offset alone is wrong half of the year, so the attribute or the source has to say it."""
    for attribute in _list(schedule, "attributes"):
        found = values.zone(attribute.get("value") or attribute.get("label"))
        if found:
            return found
    return defaults.tz


def _languages(row: Row, defaults: Defaults) -> list[str]:
    said = [str(each.get("code") or each.get("name") or "") for each in _list(row, "languages")]
    found = {code for word in said if (code := codes.language(word))}
    return sorted(found) or ([defaults.language] if defaults.language else [])


def _ages(row: Row) -> Row:
    ages = {"youngest": row.get("minimum_age"), "oldest": row.get("maximum_age")}
    sound = {k: int(v) for k, v in ages.items() if isinstance(v, (int, float)) and 0 <= v <= 120}
    return sound if sound.get("youngest", 0) <= sound.get("oldest", 200) else {}
