"""Treatment centers: FindTreatment.gov's JSON, and the table of the same list (both public domain)."""

from __future__ import annotations

import hashlib
import re
from typing import Any

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

_TABLE = {"name1", "street1", "city", "state", "zip"}
# SAMHSA's own codes, from the key of its directory.
FACETS = {
    "DT": "detox", "HI": "inpatient", "HID": "detox", "RES": "residential", "RL": "residential", "RS": "residential",
    "RD": "detox", "OD": "detox", "ODT": "day", "OIT": "intensive", "OP": "outpatient", "ORT": "outpatient",
    "OMB": "outpatient", "HH": "housing", "TELE": "telehealth", "OTP": "opioid_program", "METH": "methadone",
    "MU": "methadone", "BU": "buprenorphine", "NU": "naltrexone", "VTRL": "naltrexone", "MD": "medicaid",
    "MC": "medicare", "MI": "military", "PI": "insurance", "SF": "self_pay", "SS": "sliding", "PA": "assistance",
    "ASL": "signed", "AH": "signed",
}  # fmt: skip
AUDIENCE = {"VET": "veterans", "GL": "lgbtq", "PW": "pregnancy", "WN": "women", "MN": "men", "SE": "seniors"}
LANGUAGES = {"SP": "es", "F4": "ar", "F17": "zh", "F28": "fr", "F70": "ru", "F92": "vi"}
MEDICINES = {"methadone", "buprenorphine", "naltrexone", "opioid_program"}


def read(payload: bytes, defaults: Defaults) -> Reading:
    reading = Reading()
    _take(reading, each_row(rows_of(parse_json(payload), "rows"), reading), defaults)
    return reading


def is_treatment(columns: list[str]) -> bool:
    return set(columns) >= _TABLE


def read_table(rows: list[Row], defaults: Defaults) -> Reading:
    reading = Reading()
    _take(reading, each_row(rows, reading, first=2, label="row {}"), defaults)
    return reading


def _take(reading: Reading, rows: Any, defaults: Defaults) -> None:
    seen: dict[str, str] = {}
    for at, row in rows:
        try:
            entry = _entry(row, defaults)
            key = _key(row)
            if key in seen:
                raise RejectedRow(f"The same center stands at {seen[key]}.")
        except RejectedRow as rejected:
            reading.issues.append(Issue(at, str(rejected), _key(row), rejected=True))
            continue
        seen[key] = at
        reading.entries.append(FeedEntry(at, key, entry))


def _key(row: Row) -> str:
    """Return what a center is known by: its name, street and postcode, for the list has no ids to rely on."""
    said = "|".join(values.text(row.get(p), 200, False).lower() for p in ("name1", "name2", "street1", "street2"))
    return hashlib.sha256(f"{said}|{_zip(row)}".encode()).hexdigest()[:32]


def _zip(row: Row) -> str:
    # Spreadsheets eat the 0 in front.
    said = values.text(row.get("zip"), 16, lines=False)
    return said.zfill(5) if re.fullmatch(r"\d{3,4}", said) else said


def _entry(row: Row, defaults: Defaults) -> Row:
    name = values.text(row.get("name1"), 200, lines=False)
    if not name:
        raise RejectedRow("It has no name.")
    told = meetings.Told()
    country = defaults.country or "US"
    spot = meetings.place(
        Defaults(country=country), told, name=row.get("name2"), city=row.get("city"), region=row.get("state"),
        address=", ".join(p for p in (values.text(row.get(s), 120, False) for s in ("street1", "street2")) if p),
        postal_code=_zip(row), latitude=row.get("latitude"), longitude=row.get("longitude"),
        regions=[row.get("county")],
    )  # fmt: skip
    if not spot:
        raise RejectedRow("It does not say where it is.")
    codes = service_codes(row.get("services"))
    facets = sorted({FACETS[code] for code in codes if code in FACETS})
    return {
        "name": name, "kind": "treatment", "sub_kind": "facility", "level": "support", "program": "",
        "country": country, "worldwide": False, "venue": "hybrid" if "telehealth" in facets else "in_person",
        "status": "active", "place": spot, "group": {}, "hours": [], "access": _numbers(row, country),
        "notes": values.text(_services_in_words(row.get("services"))), "url": values.web(row.get("website")),
        "languages": sorted({"en", *(LANGUAGES[code] for code in codes if code in LANGUAGES)}),
        "audience": sorted({AUDIENCE[code] for code in codes if code in AUDIENCE}) or ["anyone"],
        "facets": facets, "codes": sorted(f"samhsa:{code}" for code in codes),
        "medication": "welcoming" if MEDICINES & set(facets) else "",
    }  # fmt: skip


def service_codes(services: Any) -> set[str]:
    """Return the codes of a center's services; `services` may be null."""
    found: set[str] = set()
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict):
            for part in re.split(r"[;,\s]+", values.text(service.get("codes") or service.get("f2"), 400, False)):
                found |= {part} if re.fullmatch(r"[A-Z0-9-]{2,12}", part) else set()
            for label in re.split(r";", values.text(service.get("f3"), 2000, False).lower()):
                found |= {code for words, code in _BY_WORDS.items() if words in label}
    return found


# The answer names services in words (f3) under the code of a group (f2).
_BY_WORDS = {
    "detoxification": "DT", "hospital inpatient": "HI", "residential": "RES", "partial hospitalization": "ODT",
    "intensive outpatient": "OIT", "regular outpatient": "ORT", "telemedicine": "TELE", "telehealth": "TELE",
    "opioid treatment program": "OTP", "methadone": "METH", "buprenorphine": "BU", "naltrexone": "NU",
    "medicaid": "MD", "medicare": "MC", "military insurance": "MI", "private health insurance": "PI",
    "cash or self-payment": "SF", "sliding fee": "SS", "payment assistance": "PA", "spanish": "SP",
    "sign language": "ASL", "veterans": "VET", "lgbt": "GL", "pregnant": "PW", "sober living": "HH",
    "transitional housing": "HH",
}  # fmt: skip


def _services_in_words(services: Any) -> str:
    lines = []
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and (said := values.text(service.get("f3"), 600, False)):
            lines.append(f"{values.text(service.get('f1'), 80, False)}: {said}")
    return "\n".join(lines)


def _numbers(row: Row, country: str) -> list[Row]:
    found: list[Row] = []
    for name, note in (("phone", ""), ("intake1", "Intake"), ("hotline1", "Hotline")):
        dialled, after = values.number(row.get(name))
        digits = re.sub(r"\D", "", dialled)
        # 999 999-9999 stands where nobody wrote a number.
        if len(digits) < 7 or len(set(digits)) == 1 or any(way["number"] == dialled for way in found):
            continue
        way = {"method": "phone", "number": dialled, "number_type": "e164", "note": note, "country": country}
        extension = re.sub(r"\D", "", after)[:12]
        found.append({k: v for k, v in {**way, "extension": extension}.items() if v})
    return found
