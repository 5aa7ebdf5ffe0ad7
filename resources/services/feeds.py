"""Reading sources: by a file that a curator hands over, by address, and by the clock."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queue import enqueue
from resources import importing
from resources.exceptions import NotReady
from resources.feeds.reading import MOST_BYTES
from resources.fetching import NotFetched, fetch
from resources.models import ImportRun, Source

# A feed of 26,000 meetings is made anew for each request by some sites.
MOST_SECONDS = 60.0
WAITS_FOR_A_PERSON = {ImportRun.State.PREVIEW, ImportRun.State.HELD}


def add_source(**fields: Any) -> Source:
    """Add a feed, or a source of files that curators hand over.

    :param fields: the fields of `SourceForm`
    """
    kind = Source.Kind.FEED if fields["url"] else Source.Kind.FILE
    return Source.objects.create(slug=f"s-{secrets.token_hex(6)}", kind=kind, **fields)


@transaction.atomic
def change_source(*, source: Source, **fields: Any) -> None:
    """Change what holds for a source. Another address or format is read afresh, whatever was had before."""
    # From the row: a form has written what was typed onto the source in hand.
    before = Source.objects.get(pk=source.pk)
    if fields["url"] != before.url or fields["format"] != before.format:
        source.etag = source.last_modified = ""
    source.kind = Source.Kind.FEED if fields["url"] else Source.Kind.FILE
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()


def take_file(*, source: Source, payload: bytes, by: User, now: datetime) -> ImportRun:
    """Read a file and say what it would do; nothing is done until somebody says so.

    :raises NotReady: when the file is too large, or the source is being read just now
    """
    if len(payload) > MOST_BYTES:
        raise NotReady(_("The file is larger than 32 MB."))
    _drop_waiting(source, now)
    run = importing.begin(source=source, payload=payload, by=by, now=now)
    return importing.preview(run=run, now=now)


@transaction.atomic
def approve_run(*, run: ImportRun, by: User) -> None:
    """Let a run go ahead that waits for a person; the worker carries it out.

    :raises NotReady: when it no longer waits
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in WAITS_FOR_A_PERSON:
        raise NotReady(_("This has been decided already."))
    if run.source.runs.filter(state=ImportRun.State.RUNNING).exists():
        raise NotReady(_("%(name)s is being read just now. Try again in a moment.") % {"name": run.source.name})
    run.state, run.approved_by = ImportRun.State.RUNNING, by
    run.save(update_fields=["state", "approved_by"])
    enqueue("resources.carry_out", run_id=str(run.pk))


def carry_out_run(*, run_id: str, now: datetime) -> None:
    """Do what an approved run says; one that is done, or was never approved, is left alone."""
    run = ImportRun.objects.select_related("source__program", "approved_by").filter(pk=run_id).first()
    if run is not None and run.state == ImportRun.State.RUNNING and run.payload is not None:
        importing.carry_out(run=run, now=now, approved_by=run.approved_by)


def drop_run(*, run: ImportRun, now: datetime) -> None:
    """Throw a run away that waits for a person; nothing has changed."""
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=WAITS_FOR_A_PERSON)
    waiting.update(state=ImportRun.State.DROPPED, ended_at=now, payload=None)


def undo_run(*, run: ImportRun, now: datetime) -> None:
    """Take a run back.

    :raises NotReady: when it is not the last thing that its source did
    """
    importing.undo(run=run, now=now)


def fetch_due(*, now: datetime) -> None:
    """Ask a worker for every feed whose turn it is; one that fails keeps none of the others waiting."""
    for pk in Source.objects.due(now).values_list("pk", flat=True):
        enqueue("resources.fetch", source_id=pk)


def fetch_source(*, source: Source, now: datetime) -> ImportRun | None:
    """Fetch a feed and import it; return the run, or None where nothing has changed at the source.

    Whatever goes wrong is written down as a run that could not be read, and changes nothing.
    """
    asked = {"etag": source.etag, "last_modified": source.last_modified}
    try:
        found = fetch(source.url, most_bytes=MOST_BYTES, seconds=MOST_SECONDS, **asked)
        if found.status not in {200, 304}:
            raise NotFetched(_("Its server answered with %(status)s.") % {"status": found.status})
        if found.status == 304:
            _nothing_new(source, now)
            return None
        _drop_waiting(source, now)
        run = importing.begin(source=source, payload=found.body, by=None, now=now)
    except (NotFetched, NotReady) as error:
        return importing.unreadable(source=source, reason=str(error), now=now)
    importing.carry_out(run=run, now=now)
    if run.state == ImportRun.State.DONE:
        # Only what was carried out counts as had: what was held or broken is asked for again.
        source.etag, source.last_modified = found.etag, found.last_modified
        source.save(update_fields=["etag", "last_modified"])
    return run


def _nothing_new(source: Source, now: datetime) -> None:
    source.last_attempt_at = source.last_ok_at = now
    source.last_error = ""
    source.save(update_fields=["last_attempt_at", "last_ok_at", "last_error"])


def _drop_waiting(source: Source, now: datetime) -> None:
    # A newer file takes the place of one that nobody has decided about.
    waiting = source.runs.filter(state__in=WAITS_FOR_A_PERSON)
    waiting.update(state=ImportRun.State.DROPPED, ended_at=now, payload=None)
