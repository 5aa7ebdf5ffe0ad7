"""Reads our own directory file into listings: adds what is new, asks about what differs, deletes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Field

from resources.models import Access, ChangeProposal, Listing, Program, Schedule, Source, SourceRecord

Entry = Mapping[str, Any]

# Of these a curator is asked even where nobody has touched the entry: a wrong one costs most.
ASK_FIRST = {"access", "country", "kind", "level", "url"}
PLAIN = (
    *("name", "kind", "sub_kind", "level", "country", "worldwide", "venue", "languages", "audience", "about", "cost"),
    *("medication", "notes", "caution", "curator_note", "aliases", "url", "evidence", "evidence_from"),
)
FIELDS = (*PLAIN, "program", "hours", "access")
HOURS = ("always_open", "by_appointment", "rrule", "starts_at", "minutes", "tz", "text")
ACCESS = ("method", "number", "number_type", "keyword", "extension", "country", "url", "note")
LEVELS = {"emergency": Listing.Level.EMERGENCY, "crisis": Listing.Level.CRISIS, "support": Listing.Level.SUPPORT}
# These levels of evidence are enough to show an entry, with a word that this site has not checked it yet.
GOOD_EVIDENCE = {Listing.Evidence.PRIMARY, Listing.Evidence.SECONDARY}


@dataclass
class Loaded:
    """What a run did, in entries; proposals are counted by field."""

    added: int = 0
    changed: int = 0
    same: int = 0
    missing: int = 0
    proposals: int = 0


@transaction.atomic
def load(*, source: Source, programs: Mapping[str, str], entries: Sequence[Entry], now: datetime) -> Loaded:
    """Bring the directory up to a file. A second run of the same file changes nothing."""
    for slug, name in programs.items():
        Program.objects.get_or_create(slug=slug, defaults={"name": name})
    records = {record.external_id: record for record in source.records.select_related("listing")}
    done = Loaded()
    for entry in entries:
        record = records.pop(entry["slug"], None)
        if record is None:
            _add(source, entry, now)
            done.added += 1
        elif record.raw == entry and record.missing_since is None:
            done.same += 1
        else:
            done.proposals += _compare(record, entry, now)
            done.changed += 1
    for record in records.values():
        if record.missing_since is None:
            record.missing_since = now
            record.save(update_fields=["missing_since"])
            done.missing += 1
    source.last_attempt_at = source.last_ok_at = now
    source.save(update_fields=["last_attempt_at", "last_ok_at"])
    return done


def _add(source: Source, entry: Entry, now: datetime) -> None:
    listing = Listing.objects.filter(slug=entry["slug"]).first()
    if listing is None:
        listing = Listing(slug=entry["slug"], state=_first_state(entry))
        for field in (*PLAIN, "program"):
            apply_field(listing, field, entry.get(field))
        listing.full_clean(exclude=["rank", "words"])
        listing.save()
        apply_field(listing, "hours", entry.get("hours"))
        apply_field(listing, "access", entry.get("access"))
        listing.reindex()
    SourceRecord.objects.create(
        source=source, external_id=entry["slug"], listing=listing, raw=entry, first_seen_at=now, last_seen_at=now
    )


def _first_state(entry: Entry) -> str:
    urgent = entry["level"] in {"emergency", "crisis"}
    return Listing.State.PUBLISHED if urgent or entry["evidence"] in GOOD_EVIDENCE else Listing.State.DRAFT


def _compare(record: SourceRecord, entry: Entry, now: datetime) -> int:
    """Take over what nobody here has changed and nobody is harmed by; ask about the rest. Return how often it asks."""
    listing, asked = record.listing, 0
    for field in FIELDS:
        old, new = record.raw.get(field), entry.get(field)
        here = read_field(listing, field)
        if same(field, old, new) or same(field, here, new):
            continue
        if field in ASK_FIRST or field in record.locked_fields or not same(field, here, old):
            ChangeProposal.objects.update_or_create(
                record=record, field=field, decided_at=None, defaults={"old": here, "new": new, "proposed_at": now}
            )
            asked += 1
        else:
            apply_field(listing, field, new)
    listing.save()
    record.raw, record.last_seen_at, record.missing_since = dict(entry), now, None
    record.save(update_fields=["raw", "last_seen_at", "missing_since"])
    return asked


def same(field: str, one: Any, other: Any) -> bool:
    """Return whether two values of a field mean the same; a part that is left out means its empty value."""
    return _full(field, one) == _full(field, other)


def _full(field: str, value: Any) -> Any:
    if field in {"hours", "access"}:
        keys = HOURS if field == "hours" else ACCESS
        return [{key: row.get(key) or "" for key in keys} for row in value or []]
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
        return [{key: getattr(row, key) for key in ACCESS if getattr(row, key)} for row in listing.accesses.all()]
    if field == "hours":
        rows = [{key: getattr(row, key) for key in HOURS if getattr(row, key)} for row in listing.schedules.all()]
        return [{k: f"{v:%H:%M}" if isinstance(v, time) else v for k, v in row.items()} for row in rows]
    return getattr(listing, field)


def apply_field(listing: Listing, field: str, value: Any) -> None:
    """Set a field of a listing to what the file writes; plain fields still want a `save`.

    :raises KeyError: when the file writes something unknown
    """
    if field == "program":
        listing.program = Program.objects.get(slug=value) if value else None
    elif field == "level":
        listing.level = LEVELS[value]
    elif field == "aliases":
        listing.aliases = "\n".join(value or [])
    elif field == "access":
        listing.accesses.all().delete()
        for position, row in enumerate(value or [], start=1):
            access = Access(listing=listing, position=position, **row)
            access.full_clean()
            access.save()
    elif field == "hours":
        listing.schedules.all().delete()
        for row in value or []:
            starts = {"starts_at": time.fromisoformat(row["starts_at"])} if row.get("starts_at") else {}
            schedule = Schedule(listing=listing, **{**row, **starts})
            schedule.full_clean()
            schedule.save()
    else:
        column = Listing._meta.get_field(field)
        assert isinstance(column, Field)
        setattr(listing, field, column.get_default() if value is None else value)
