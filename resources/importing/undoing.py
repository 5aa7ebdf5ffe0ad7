"""Takes a run back: what it changed is as before, unless somebody here has changed it since."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from resources.entries import apply_field, read_field, same
from resources.exceptions import NotReady
from resources.models import ChangeProposal, ImportRun, Listing, RunChange, SourceRecord


@transaction.atomic
def undo(*, run: ImportRun, now: datetime) -> None:
    """Take a run back.

    :raises NotReady: when it is not the last thing that its source did
    """
    later = run.source.runs.filter(state=ImportRun.State.DONE, started_at__gt=run.started_at)
    if run.state != ImportRun.State.DONE or later.exists():
        raise NotReady(_("Only the last run of a source can be taken back."))
    _drop_questions(run)
    for change in run.changes.select_related("record__listing", "record__source").iterator(chunk_size=500):
        if change.what == RunChange.What.ADDED:
            _take_out(change.record)
        else:
            _put_back(change)
    run.state, run.ended_at = ImportRun.State.UNDONE, now
    run.save(update_fields=["state", "ended_at"])


def _drop_questions(run: ImportRun) -> None:
    asked = ChangeProposal.objects.waiting().filter(record__source=run.source, proposed_at=run.started_at)
    asked.delete()


def _take_out(record: SourceRecord) -> None:
    listing = record.listing
    touched = listing.verifications.exists() or listing.reports.exists() or record.locked_fields
    if touched or listing.records.exclude(pk=record.pk).exists():
        # Somebody has worked on it: it stays, out of sight.
        listing.state = Listing.State.DRAFT
        listing.save(update_fields=["state", "updated_at"])
    else:
        listing.delete()


def _put_back(change: RunChange) -> None:
    record, listing = change.record, change.record.listing
    for field, (before, after) in change.fields.items():
        if same(field, read_field(listing, field), after):
            apply_field(listing, field, before)
    if change.fields:
        listing.save()
    state: dict[str, Any] = dict(change.before)
    since = state.pop("missing_since")
    for name, value in state.items():
        setattr(record, name, value)
    record.missing_since = datetime.fromisoformat(since) if since else None
    record.save()
