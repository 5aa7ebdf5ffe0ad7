"""What every meeting feed has in common: where, when and how to join, put together into one entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from resources.feeds import values
from resources.feeds.reading import Defaults, RejectedRow, Row
from resources.passwords import without_secrets

PLACE = ("name", "address", "city", "region", "postal_code", "country", "formatted_address", "notes", "transit")


@dataclass
class Told:
    """What a reader wants a curator to know about a row that became an entry all the same."""

    says: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        self.says.append(sentence)


def place(defaults: Defaults, told: Told, **parts: Any) -> Row:
    """Return the spot of a meeting, or nothing where a row says none.

    :param parts: the fields of PLACE as the feed has them, and `latitude`, `longitude`, `regions`, `approximate`
    """
    spot: Row = {name: values.text(parts.get(name), 255, lines=False) for name in PLACE}
    spot["notes"] = values.text(parts.get("notes"))
    spot["regions"] = [name for name in (values.text(r, 100, lines=False) for r in parts.get("regions") or []) if name]
    if not any(spot[name] for name in PLACE if name not in {"country", "notes"}):
        return {}
    spot["city"], spot["region"] = spot["city"][:100], spot["region"][:100]
    spot["postal_code"], spot["transit"] = spot["postal_code"][:16], spot["transit"][:400]
    last = (spot["formatted_address"] or spot["address"]).rpartition(",")[2]
    named = values.country(spot["country"]) or values.country(last)
    spot["country"] = named or defaults.country
    where = values.coordinates(parts.get("latitude"), parts.get("longitude"))
    if where:
        spot["latitude"], spot["longitude"] = where
    elif parts.get("latitude") not in (None, "", 0, "0"):
        told.note("Its coordinates are not on earth and were left out.")
    spot["precision"] = _precision(spot, parts.get("approximate"))
    return {key: value for key, value in spot.items() if value}


def _precision(spot: Row, approximate: Any) -> str:
    said = values.text(approximate, 8, lines=False).lower()
    # TSML’s own rule where nobody says: an address of fewer than four parts names a town, not a door.
    parts = spot["formatted_address"].split(",")
    vague = len(parts) < 4 if spot["formatted_address"] else not spot["address"]
    if said in {"yes", "true", "1"} or (not said and vague):
        return "approximate" if spot.get("latitude") else "region"
    return "exact" if spot.get("latitude") else "none"


def time_zone(said: Any, spot: Row, on_site: bool, defaults: Defaults) -> str:
    """Return the zone a meeting's clock is in. Never guessed: not UTC, and not a neighbor's.

    :raises RejectedRow: when nothing says which it is
    """
    named = values.text(said, 64, lines=False)
    if named:
        found = values.zone(named)
        if not found:
            raise RejectedRow(f"“{named[:40]}” is no time zone.")
        return found
    country = spot.get("country", "")
    abroad = on_site and country and defaults.country and country != defaults.country
    # A hall in another country keeps that country's time, whatever the rest of the feed does.
    found = values.only_zone(country) if abroad else defaults.tz or values.only_zone(country or defaults.country)
    if not found:
        raise RejectedRow("Nothing says in which time zone it meets. Give the source a time zone, or the row.")
    return found


def hours(days: list[int], start: Any, end: Any, minutes: int | None, zone: str) -> list[Row]:
    """Return when a meeting is: weekly, or by appointment where no day or no time is set."""
    if not days or start in (None, ""):
        return [{"by_appointment": True}]
    begins = values.wall_time(start)
    length = minutes
    if end not in (None, ""):
        length = values.minutes_between(begins, values.wall_time(end))
    row: Row = {"rrule": values.rule(days), "starts_at": begins, "tz": zone}
    return [row | ({"minutes": length} if length else {})]


def ways(told: Told, url: Any, url_notes: Any, phone: Any, phone_notes: Any, country: str) -> tuple[list[Row], str]:
    """Return how to join from afar, and words that belong into the notes because they are no way to join."""
    found: list[Row] = []
    rest: list[str] = []
    address, note = values.web(url), values.text(url_notes, 400)
    shown, secret = without_secrets(note)
    if address:
        found.append(_clean({"method": "url", "url": address, "note": shown or "Join online", "secret": secret}))
    else:
        rest += [part for part in (values.text(url, 400), note) if part]
    dialled, after = values.number(phone)
    shown, secret = without_secrets(values.text(phone_notes, 300))
    if dialled:
        # As it is dialled; what is typed once connected is said beside it.
        said = ". ".join(part for part in (f"Then type {after}" if after else "", shown) if part)
        way = {"method": "phone", "number": dialled, "number_type": "e164", "note": said[:400], "secret": secret}
        kind = {"number_type": "short_code"} if len(re.sub(r"\D", "", dialled)) < 7 else {}
        found.append(_clean({**way, **kind, "country": country if len(country) == 2 else ""}))
    elif after:
        told.note("Its telephone number is none; the words went into the notes.")
        rest += [after, shown]
    return found, "\n".join(part for part in rest if part)


def _clean(row: Row) -> Row:
    return {key: value for key, value in row.items() if value}


def attendance(said: Any, types: Iterable[str], spot: Row, joinable: bool) -> tuple[str, str]:
    """Return (venue, status) by the rules of TSML: closed with a link is online now, closed without is closed.

    An approximate place is no place to go to.
    """
    option = values.text(said, 20, lines=False).lower()
    known = set(types)
    if option in {"in_person", "hybrid", "online"}:
        return option, "temporarily_closed" if "TC" in known and not joinable else "active"
    shut = "TC" in known or option == "inactive"
    to_go_to = bool(spot) and spot.get("precision") in {"exact", "none"}
    if shut:
        return ("online", "active") if joinable and option != "inactive" else ("in_person", "temporarily_closed")
    if joinable:
        return ("hybrid" if to_go_to and "ONL" not in known else "online"), "active"
    return ("online" if "ONL" in known else "in_person"), "active"


def contacts(people: Iterable[tuple[Any, Any, Any]]) -> list[Row]:
    """Return whom curators can ask, first name and initial only; this leaves the directory nowhere."""
    found = []
    for name, mail, phone in people:
        words = values.text(name, 60, lines=False).split()
        short = " ".join([*words[:1], *(f"{word[0]}." for word in words[1:2])])
        row = _clean({"name": short, "email": values.text(mail, 120), "phone": values.text(phone, 40)})
        found += [row] if row else []
    return found
