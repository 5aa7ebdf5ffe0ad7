"""Single values as feeds write them: times, days, zones, places, text. Each says no in words."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources as packaged
from math import isfinite
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale

from resources.feeds.reading import RejectedRow

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap])?\.?m?\.?", re.I)
_BARE_HOUR = re.compile(r"(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?m\.?", re.I)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li)\s*/?\s*>", re.I)
_MARKUP = re.compile(r"<[^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_ZONE_ALIASES = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "gmt": "Europe/London", "bst": "Europe/London",
}  # fmt: skip
_COUNTRY_ALIASES = {
    "usa": "US", "us": "US", "united states of america": "US", "u s a": "US", "america": "US", "uk": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB",
    "republic of ireland": "IE", "eire": "IE", "russia": "RU", "south korea": "KR", "czech republic": "CZ",
}  # fmt: skip


def text(value: Any, most: int = 4000, lines: bool = True) -> str:
    """Return plain text: no markup, entities decoded once, line breaks kept where `lines` is true."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    plain = _MARKUP.sub("", _BREAK.sub("\n", str(value).replace("\r\n", "\n").replace("\r", "\n")))
    plain = _CONTROL.sub("", html.unescape(plain)).replace("\xa0", " ")
    rows = [" ".join(row.split()) for row in plain.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip() if lines else " ".join(" ".join(rows).split())
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def wall_time(value: Any) -> str:
    """Return a time as `HH:MM`; “8:00 PM”, “noon” and “19:30:00” are read too.

    :raises RejectedRow: for anything that is no time of day
    """
    said = text(value, 40, lines=False).lower()
    if said in {"noon", "12 noon", "midday"}:
        return "12:00"
    if said in {"midnight", "24:00", "12 midnight"}:
        return "00:00"
    found = _TIME.fullmatch(said) or _BARE_HOUR.fullmatch(said)
    if not found:
        raise RejectedRow(f"“{said[:40]}” is no time of day.")
    hour, minute = int(found["hour"]), int(found.groupdict().get("minute") or 0)
    half = found["half"]
    if half and not 1 <= hour <= 12 and not (half == "p" and 13 <= hour <= 23):
        raise RejectedRow(f"“{said[:40]}” is no time of day.")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise RejectedRow(f"“{said[:40]}” is no time of day.")
    return f"{hour:02}:{minute:02}"


def minutes_between(start: str, end: str) -> int:
    """Return how long something takes, 1–1440; an end that is not after the start lies on the next day."""
    first, last = time.fromisoformat(start), time.fromisoformat(end)
    length = (last.hour - first.hour) * 60 + last.minute - first.minute
    return length if length > 0 else length + 1440


def weekdays(value: Any, base: int = 0) -> list[int]:
    """Return days as 0–6 from Monday, each once, in order; an empty list where no day is set.

    Numbers count from Sunday: as `base` where that is 0 or 1. 7 is Sunday too where they count from 0.

    :raises RejectedRow: for what is no day
    """
    given = value if isinstance(value, list) else re.split(r"[,;/&]", value) if isinstance(value, str) else [value]
    days = {_weekday(each, base) for each in given if each not in (None, "")}
    return sorted(day for day in days if day is not None)


def _weekday(value: Any, base: int) -> int | None:
    said = text(value, 40, lines=False).lower().rstrip(".")
    if said in {"", "ongoing", "the", "by appointment", "appointment", "n/a"}:
        return None
    if re.fullmatch(r"\d(\.0)?", said) and not isinstance(value, bool):
        number = int(said[0]) - base
        if 0 <= number <= (7 if base == 0 else 6):
            return (number + 6) % 7
    names = [day for day, name in enumerate(_DAY_NAMES) if len(said) > 1 and name.startswith(said.removesuffix("s"))]
    if len(names) == 1 or said.removesuffix("s") in _DAY_NAMES:
        return names[0]
    raise RejectedRow(f"“{said[:40]}” is no day of the week.")


def zone(value: Any) -> str:
    """Return an IANA zone, or nothing where this names none."""
    said = text(value, 64, lines=False)
    if said in available_timezones():
        return said
    words = said.lower().replace("us/", "").removesuffix(" time").removesuffix(" standard")
    return _ZONE_ALIASES.get(words, "")


@cache
def _zones_by_country() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in packaged.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _where, name = line.split("\t")[:3]
            found.setdefault(country, []).append(name)
    return found


def only_zone(country: str) -> str:
    """Return the zone of a country that has one, and nothing for all others."""
    zones = _zones_by_country().get(country, [])
    return zones[0] if len(zones) == 1 else ""


@cache
def _countries() -> dict[str, str]:
    names = {name.lower(): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    return {**names, **_COUNTRY_ALIASES}


def country(value: Any) -> str:
    """Return two capital letters, or nothing where this names no country."""
    said = " ".join(text(value, 80, lines=False).replace(".", " ").split())
    known = _countries()
    return said.upper() if said.upper() in known.values() else known.get(said.lower(), "")


def coordinates(latitude: Any, longitude: Any) -> tuple[str, str] | None:
    """Return degrees with six decimals as text, or None: 0, 0 means “none”, and what is not on earth is left out."""
    try:
        lat, lng = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    if not (isfinite(lat) and isfinite(lng)) or (abs(lat) < 1e-6 and abs(lng) < 1e-6):
        return None
    if abs(lat) > 90 and abs(lng) <= 90 and abs(lat) <= 180:  # written the wrong way round
        lat, lng = lng, lat
    return (f"{lat:.6f}", f"{lng:.6f}") if abs(lat) <= 90 and abs(lng) <= 180 else None


def web(value: Any) -> str:
    """Return a web address, or nothing where this is none."""
    said = text(value, 600, lines=False)
    if said and "://" not in said and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", said):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    sound = parts.scheme in {"http", "https"} and host and "." in host and len(said) <= 500 and " " not in said
    return said if sound and not parts.username else ""


def instant(value: Any) -> str:
    """Return a moment as ISO text in UTC, or nothing where it is none, or lies outside 1990–2100."""
    said = text(value, 40, lines=False)
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y"):
        try:
            moment = datetime.strptime(said.removesuffix("Z"), shape).replace(tzinfo=UTC)
        except ValueError:
            continue
        return moment.isoformat() if 1990 <= moment.year <= 2100 else ""
    return ""


def number(value: Any) -> tuple[str, str]:
    """Return a telephone number as dialled, and what is to be typed after it; nothing where it is none."""
    said = text(value, 120, lines=False)
    found = re.match(r"\+?\(?[0-9][0-9 ().\-]*", said)
    dialled = said[: found.end()].strip(" .-(") if found else ""
    if not dialled or len(dialled) > 40 or not 2 < len(re.sub(r"\D", "", dialled)) <= 15:
        return "", said
    return dialled.lstrip("("), said[found.end() :].strip(" ,;x.") if found else ""


def rule(days: list[int]) -> str:
    """Return the weekly repeat rule for days 0–6 from Monday."""
    return "FREQ=WEEKLY;BYDAY=" + ",".join(DAYS[day] for day in days)
