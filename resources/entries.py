"""An entry as files write it, and a listing as we keep it: how one is compared with the other, and set from it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db.models import Field

from resources.models import Access, Group, Listing, Place, Program, Schedule

Entry = Mapping[str, Any]

PLAIN = (
    *("name", "kind", "sub_kind", "level", "country", "worldwide", "venue", "languages", "audience", "about", "cost"),
    *("medication", "notes", "caution", "curator_note", "aliases", "url", "evidence", "evidence_from"),
    *("facets", "codes", "youngest", "oldest", "status"),
)
LINKED = ("program", "group", "place")
FIELDS = (*PLAIN, *LINKED, "hours", "access")
HOURS = (
    *("always_open", "by_appointment", "rrule", "starts_at", "minutes", "tz", "text"),
    *("valid_from", "valid_until", "exdates", "rdates"),
)
ACCESS = ("method", "number", "number_type", "keyword", "extension", "country", "url", "note", "secret")
GROUP = ("name", "notes", "url", "email", "phone")
PLACE = (
    *("name", "address", "city", "region", "postal_code", "country", "formatted_address", "latitude", "longitude"),
    *("precision", "tz", "notes", "transit", "regions", "step_free"),
)
LEVELS = {"emergency": Listing.Level.EMERGENCY, "crisis": Listing.Level.CRISIS, "support": Listing.Level.SUPPORT}


def fingerprint(entry: Entry) -> str:
    """Return what tells two states of an entry apart."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def same(field: str, one: Any, other: Any) -> bool:
    """Return whether two values of a field mean the same; a part that is left out means its empty value."""
    return _full(field, one) == _full(field, other)


def _full(field: str, value: Any) -> Any:
    if field in {"hours", "access"}:
        keys = HOURS if field == "hours" else ACCESS
        return [{key: row.get(key) or "" for key in keys} for row in value or []]
    if field in {"place", "group"}:
        parts = PLACE if field == "place" else GROUP
        return {key: (value or {}).get(key) or "" for key in parts}
    if field == "status":
        return value or Listing.Status.ACTIVE
    return value or ""


def read_field(listing: Listing, field: str) -> Any:
    """Return a field of a listing as the file would write it."""
    if field == "program":
        return listing.program.slug if listing.program else ""
    if field == "level":
        return next(word for word, level in LEVELS.items() if level == listing.level)
    if field == "aliases":
        return listing.aliases.splitlines()
    if field == "access":
        return [_said(row, ACCESS) for row in listing.accesses.all()]
    if field == "hours":
        return [_said(row, HOURS) for row in listing.schedules.all()]
    if field == "place":
        return _said(listing.place, PLACE) if listing.place else {}
    if field == "group":
        return _said(listing.group, GROUP) if listing.group else {}
    return getattr(listing, field)


def _said(row: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: _plain(getattr(row, key), key) for key in keys if getattr(row, key)}


def _plain(value: Any, key: str) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.6f}" if key in {"latitude", "longitude"} else value


def apply_field(listing: Listing, field: str, value: Any) -> None:
    """Set a field of a listing to what the file writes; plain and linked fields still want a `save`.

    :raises KeyError: when the file writes something unknown
    :raises ValidationError: when hours or a number are none
    """
    if field == "access":
        listing.accesses.all().delete()
        for access in make_accesses(listing, value):
            access.full_clean()
            access.save()
    elif field == "hours":
        listing.schedules.all().delete()
        for schedule in make_schedules(listing, value):
            schedule.full_clean()
            schedule.save()
    elif field == "program":
        listing.program = Program.objects.get(slug=value) if value else None
    elif field == "place":
        listing.place = place_for(value)
    elif field == "group":
        listing.group = group_for(value, listing.program)
    else:
        set_plain(listing, field, value)


def set_plain(listing: Listing, field: str, value: Any) -> None:
    """Set one of the PLAIN fields; nothing is saved."""
    if field == "level":
        listing.level = LEVELS[value]
    elif field == "aliases":
        listing.aliases = "\n".join(value or [])
    else:
        column = Listing._meta.get_field(field)
        assert isinstance(column, Field)
        setattr(listing, field, column.get_default() if value is None or value == "" else value)


def make_accesses(listing: Listing, rows: Any) -> list[Access]:
    return [Access(listing=listing, position=at, **row) for at, row in enumerate(rows or [], start=1)]


def make_schedules(listing: Listing, rows: Any) -> list[Schedule]:
    made = []
    for row in rows or []:
        read = {key: date.fromisoformat(row[key]) for key in ("valid_from", "valid_until") if row.get(key)}
        starts = {"starts_at": time.fromisoformat(row["starts_at"])} if row.get("starts_at") else {}
        made.append(Schedule(listing=listing, **{**row, **read, **starts}))
    return made


def place_for(said: Entry | None) -> Place | None:
    """Return the row of a spot; the same spot said twice is one row."""
    if not said:
        return None
    place, _made = Place.objects.get_or_create(key=fingerprint(said), defaults=dict(said))
    return place


def group_for(said: Entry | None, program: Program | None) -> Group | None:
    """Return the row of a group; the same group of the same program is one row."""
    if not said:
        return None
    key = fingerprint({**said, "program": program.slug if program else ""})
    group, _made = Group.objects.get_or_create(key=key, defaults={**said, "program": program})
    return group
