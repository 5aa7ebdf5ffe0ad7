"""What a changed row does to an entry: nothing that somebody here decided is overruled without asking."""

from datetime import datetime
from typing import Any

from resources.entries import FIELDS, Entry, apply_field, read_field, same
from resources.models import ChangeProposal, Listing, SourceRecord

# Of these a curator is asked even where nobody has touched the entry: a wrong one costs most.
ASK_FIRST = {"access", "country", "kind", "level", "url"}
# What a check is about: once somebody has made one, a feed does not change it unasked.
CHECKED = {"access", "hours", "place", "status", "url", "venue"}


def compare(record: SourceRecord, entry: Entry, now: datetime) -> tuple[dict[str, list[Any]], int]:
    """Take over what nobody here has changed and nobody is harmed by; ask about the rest.

    :return: what was taken over, as field → [before, after], and how often it asks; the record is not saved
    """
    listing, asked, done = record.listing, 0, {}
    for field in FIELDS:
        old, new = record.raw.get(field), entry.get(field)
        here = read_field(listing, field)
        if same(field, old, new) or same(field, here, new):
            continue
        if _must_ask(record, field, here, old, new):
            ChangeProposal.objects.update_or_create(
                record=record, field=field, decided_at=None, defaults={"old": here, "new": new, "proposed_at": now}
            )
            asked += 1
        else:
            done[field] = [here, new]
            apply_field(listing, field, new)
    if done:
        listing.save()
    return done, asked


def _must_ask(record: SourceRecord, field: str, here: Any, old: Any, new: Any) -> bool:
    listing = record.listing
    # An import never opens a door that was shut: somebody has to look.
    opens = field == "status" and (new or Listing.Status.ACTIVE) == Listing.Status.ACTIVE
    careful = listing.kind == Listing.Kind.HOTLINE or record.source.format in {"", "directory"}
    return (
        opens
        or (careful and field in ASK_FIRST)
        or (listing.checked_on is not None and field in CHECKED)
        or field in record.locked_fields
        or not same(field, here, old)
    )
