"""Which row of a file is which entry we know: by its name there, by an earlier name, or by what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from resources.entries import Entry
from resources.feeds import FeedEntry
from resources.folding import fold
from resources.models import SourceRecord

METERS_APART = 200
_EARTH_METERS = 6_371_008.8


@dataclass
class Plan:
    """What a file would do, before anything is done."""

    new: list[FeedEntry] = field(default_factory=list)
    known: list[tuple[FeedEntry, SourceRecord, str]] = field(default_factory=list)  # with how it was found
    missing: list[SourceRecord] = field(default_factory=list)


def match(entries: Iterable[FeedEntry], records: list[SourceRecord], rejected: set[str]) -> Plan:
    """Return what every row is.

    :param rejected: names of rows that could not be read; they are in the file, so they are not missing
    """
    plan = Plan()
    left = {record.external_id: record for record in records}
    rest: list[FeedEntry] = []
    for entry in entries:
        record = left.pop(entry.key, None)
        if record is None:
            rest.append(entry)
        else:
            plan.known.append((entry, record, SourceRecord.Match.KEY))
    rest = _by_earlier_name(rest, left, plan)
    _by_what_it_says(rest, left, plan)
    plan.missing = [r for r in left.values() if r.missing_since is None and r.external_id not in rejected]
    return plan


def _by_earlier_name(rest: list[FeedEntry], left: dict[str, SourceRecord], plan: Plan) -> list[FeedEntry]:
    earlier = {name: record for record in left.values() for name in record.earlier_ids}
    still = []
    for entry in rest:
        record = earlier.get(entry.key)
        if record is not None and record.external_id in left:
            del left[record.external_id]
            plan.known.append((entry, record, SourceRecord.Match.EARLIER))
        else:
            still.append(entry)
    return still


def _by_what_it_says(rest: list[FeedEntry], left: dict[str, SourceRecord], plan: Plan) -> None:
    by_says: dict[tuple[Any, ...], list[SourceRecord]] = {}
    for record in left.values():
        by_says.setdefault(says(record.raw), []).append(record)
    for entry in rest:
        alike = [r for r in by_says.get(says(entry.entry), []) if r.external_id in left and is_near(r.raw, entry.entry)]
        # Two that could be meant are none: a check must not move to the wrong door.
        if len(alike) == 1:
            del left[alike[0].external_id]
            plan.known.append((entry, alike[0], SourceRecord.Match.NATURAL))
        else:
            plan.new.append(entry)


def says(entry: Entry) -> tuple[Any, ...]:
    """Return program, name, days and time: what stays when a site gives all its rows new names."""
    hours = [(row.get("rrule", ""), row.get("starts_at", "")) for row in entry.get("hours") or []]
    return entry.get("program") or "", entry.get("kind"), fold(entry.get("name") or ""), tuple(hours)


def is_near(one: Entry, other: Entry) -> bool:
    """Return whether two entries are at one place: within 200 m, at the same address, or behind the same link."""
    here, there = one.get("place") or {}, other.get("place") or {}
    if here.get("latitude") and there.get("latitude"):
        spots = [float(spot[part]) for spot in (here, there) for part in ("latitude", "longitude")]
        return meters_between(*spots) <= METERS_APART
    links = [{row.get("url") for row in each.get("access") or [] if row.get("url")} for each in (one, other)]
    if links[0] & links[1]:
        return True
    address = [
        fold(" ".join(str(spot.get(part, "")) for part in ("formatted_address", "address", "city")))
        for spot in (here, there)
    ]
    return address[0] == address[1] and (bool(address[0]) or links == [set(), set()])


def meters_between(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Return the great-circle distance (haversine)."""
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lng2 - lng1) / 2) ** 2
    return 2 * _EARTH_METERS * asin(min(1.0, sqrt(a)))
