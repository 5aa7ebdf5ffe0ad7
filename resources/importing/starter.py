"""Our own directory file: few entries, each looked at field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from resources.entries import LINKED, PLAIN, Entry, apply_field
from resources.importing.comparing import compare
from resources.models import Listing, Program, Source, SourceRecord

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
    records = {record.external_id: record for record in source.records.select_related("listing", "source")}
    done = Loaded()
    for entry in entries:
        record = records.pop(entry["slug"], None)
        if record is None:
            _add(source, entry, now)
            done.added += 1
        elif record.raw == entry and record.missing_since is None:
            done.same += 1
        else:
            done.proposals += _change(record, entry, now)
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
        for field in (*PLAIN, *LINKED):
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


def _change(record: SourceRecord, entry: Entry, now: datetime) -> int:
    _done, asked = compare(record, entry, now)
    record.raw, record.last_seen_at, record.missing_since = dict(entry), now, None
    record.save(update_fields=["raw", "last_seen_at", "missing_since"])
    return asked
