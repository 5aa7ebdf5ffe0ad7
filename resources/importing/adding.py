"""Puts many new entries in at once, with few questions to the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError

from resources.entries import LINKED, PLAIN, fingerprint, make_accesses, make_schedules, set_plain
from resources.feeds import FeedEntry, Issue
from resources.models import Access, Group, ImportRun, Listing, Place, RunChange, Schedule, Slot, SourceRecord

BATCH = 250


@dataclass
class _Made:
    listings: list[Listing] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    accesses: list[Access] = field(default_factory=list)
    records: list[SourceRecord] = field(default_factory=list)


def add(run: ImportRun, entries: Sequence[FeedEntry], now: datetime) -> tuple[int, list[Issue]]:
    """Add a batch of entries, and return how many became one and why the others did not."""
    places, groups = _places(entries), _groups(run, entries)
    made, issues = _Made(), []
    for entry in entries:
        try:
            _make(run, entry, places, groups, made, now)
        except (ValidationError, KeyError, ValueError) as error:
            says = "; ".join(error.messages) if isinstance(error, ValidationError) else f"{error} is not known here."
            issues.append(Issue(entry.at, says, entry.key, rejected=True))
    Listing.objects.bulk_create(made.listings)
    Schedule.objects.bulk_create(made.schedules)
    Slot.objects.bulk_create(slot for schedule in made.schedules for slot in schedule.make_slots())
    Access.objects.bulk_create(made.accesses)
    SourceRecord.objects.bulk_create(made.records)
    RunChange.objects.bulk_create(
        RunChange(run=run, record=record, what=RunChange.What.ADDED) for record in made.records
    )
    return len(made.listings), issues


def _make(
    run: ImportRun, found: FeedEntry, places: dict[str, Place], groups: dict[str, Group], made: _Made, now: datetime
) -> None:
    entry, source = found.entry, run.source
    listing = Listing(state=first_state(run, found))
    for name in PLAIN:
        set_plain(listing, name, entry.get(name))
    listing.program = source.program if entry.get("program") else None
    listing.place = places.get(fingerprint(entry["place"])) if entry.get("place") else None
    listing.group = groups.get(_group_key(found)) if entry.get("group") else None
    listing.source_updated_at = datetime.fromisoformat(found.updated) if found.updated else None
    accesses, schedules = make_accesses(listing, entry.get("access")), make_schedules(listing, entry.get("hours"))
    listing.derive([part for access in accesses for part in (access.number, access.keyword, access.note)])
    listing.clean_fields(exclude=[*LINKED, "organization", "slug"])
    for row in (*accesses, *schedules):
        row.clean_fields(exclude=["listing", "hours"])
        row.clean()
    made.listings.append(listing)
    made.accesses += accesses
    made.schedules += schedules
    told = {"raw": entry, "fingerprint": fingerprint(entry), "first_seen_at": now, "last_seen_at": now}
    made.records.append(SourceRecord(source=source, external_id=found.key, listing=listing, **told))


def first_state(run: ImportRun, found: FeedEntry) -> str:
    """A feed never puts up a line to call in need, nor what its own site keeps back; a person does."""
    trusted = run.source.trust == run.source.Trust.SHOWN
    careful = found.entry.get("kind") == Listing.Kind.HOTLINE or found.entry.get("withheld")
    closed = found.entry.get("status") == Listing.Status.PERMANENTLY_CLOSED
    return Listing.State.PUBLISHED if trusted and not careful and not closed else Listing.State.DRAFT


def _places(entries: Iterable[FeedEntry]) -> dict[str, Place]:
    said = {fingerprint(e.entry["place"]): e.entry["place"] for e in entries if e.entry.get("place")}
    known = list(Place.objects.filter(key__in=said))
    keys = {place.key for place in known}
    new = [Place(key=key, **spot) for key, spot in said.items() if key not in keys]
    return {str(place.key): place for place in (*known, *Place.objects.bulk_create(new))}


def _groups(run: ImportRun, entries: Iterable[FeedEntry]) -> dict[str, Group]:
    said = {_group_key(e): e.entry["group"] for e in entries if e.entry.get("group")}
    known = list(Group.objects.filter(key__in=said))
    keys = {group.key for group in known}
    new = [Group(key=key, program=run.source.program, **g) for key, g in said.items() if key not in keys]
    return {str(group.key): group for group in (*known, *Group.objects.bulk_create(new))}


def _group_key(found: FeedEntry) -> str:
    return fingerprint({**found.entry["group"], "program": found.entry.get("program") or ""})
