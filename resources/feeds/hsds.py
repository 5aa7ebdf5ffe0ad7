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
_METHODS = {"voice": "phone", "text": "text", "sms": "text", "tty": "tty", "textphone": "tty"}


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
        said = values.text(schedule.get("description"), 200, False)
        hours = {"always_open": True} if _is_all_week(schedule) else _rule(schedule, _zone(schedule, defaults))
        if hours or said:
            found.append({k: v for k, v in {**hours, "text": said}.items() if v})
    return found


def _rule(schedule: Row, zone: str) -> Row:
    """Return the rule with its times, or nothing where we keep no such rule."""
    days: list[str] = re.findall(r"(?:-?\d)?(?:MO|TU|WE|TH|FR|SA|SU)", str(schedule.get("byday") or ""))
    freq, opens, closes = str(schedule.get("freq") or ""), _clock(schedule, "opens_at"), _clock(schedule, "closes_at")
    start, until = _day(schedule, "valid_from", "dtstart"), _day(schedule, "valid_to", "until")
    every = schedule.get("interval") or 1
    # What skips weeks and does not say from when could be any of them.
    sound = every == 1 or (isinstance(every, int) and 1 < every < 100 and start)
    if not (opens and days and zone and freq in {"WEEKLY", "MONTHLY"} and sound):
        return {}
    skips = f";INTERVAL={every}" if every != 1 else ""
    rule = f"FREQ={freq}{skips};BYDAY={','.join(days)}"
    minutes = values.minutes_between(opens, closes) if closes else None
    hours = {"rrule": rule, "starts_at": opens, "minutes": minutes, "tz": zone}
    return {k: v for k, v in {**hours, "valid_from": start, "valid_until": until}.items() if v}


def _is_all_week(schedule: Row) -> bool:
    """Whether it is open at any hour of every day, for which the standard has no word of its own."""
    days = set(str(schedule.get("byday") or "").split(","))
    whole = (_clock(schedule, "opens_at"), _clock(schedule, "closes_at")) in {("00:00", "23:59"), ("00:00", "00:00")}
    return whole and days == set(values.DAYS) and (schedule.get("interval") or 1) == 1


def _clock(schedule: Row, name: str) -> str:
    try:
        return values.wall_time(re.split(r"[Z+-]", str(schedule.get(name) or ""))[0])
    except RejectedRow:
        return ""


def _day(schedule: Row, *names: str) -> str:
    """Return the first date among some fields, as ISO text."""
    return next((day[:10] for name in names if (day := values.instant(schedule.get(name)))), "")


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
