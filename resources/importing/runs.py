"""One run of one file: read it all, look at what it would do, and only then do it, a batch at a time.

A run that is cut off leaves whole entries behind and nothing half done; the next run of the same file does the rest.
"""

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries import fingerprint
from resources.exceptions import NotReady
from resources.feeds import Defaults, FeedEntry, Issue, Reading, UnreadableFeed, read
from resources.importing.adding import BATCH, add
from resources.importing.comparing import compare
from resources.importing.holding import why_held
from resources.importing.matching import Plan, match
from resources.models import ImportRun, RunChange, Source, SourceRecord

# More than this tells a curator nothing that the first ones did not.
MOST_ISSUES = 1_000
# A run that says nothing for so long has been cut off.
CUT_OFF = timedelta(hours=1)

State = ImportRun.State


@transaction.atomic
def begin(*, source: Source, payload: bytes, by: User | None, now: datetime) -> ImportRun:
    """Keep a file for a run; nothing is read yet.

    :raises NotReady: when the same source is being read just now
    """
    cut_off = source.runs.filter(state=State.RUNNING, started_at__lt=now - CUT_OFF)
    cut_off.update(state=State.FAILED, ended_at=now, reason=_("It was cut off. The next run does the rest."))
    if source.runs.filter(state=State.RUNNING).exists():
        raise NotReady(_("%(name)s is being read just now. Try again in a moment.") % {"name": source.name})
    source.last_attempt_at = now
    source.save(update_fields=["last_attempt_at"])
    return ImportRun.objects.create(source=source, by=by, started_at=now, payload=zlib.compress(payload))


def preview(*, run: ImportRun, now: datetime) -> ImportRun:
    """Read a file and say what it would do, without doing it."""
    planned = _plan(run, now)
    if planned is not None:
        plan, reading = planned
        _count(run, plan, reading)
        run.reason = why_held(plan, list(run.source.records.all()))
        run.state = State.PREVIEW
        run.save()
    return run


def carry_out(*, run: ImportRun, now: datetime, approved_by: User | None = None) -> ImportRun:
    """Do what a file says, or hold it for somebody to look at where it loses too much.

    :param approved_by: who has looked, and says that the loss is real
    """
    run.state, run.approved_by = State.RUNNING, approved_by
    run.save(update_fields=["state", "approved_by"])
    planned = _plan(run, now)
    if planned is None:
        return run
    plan, reading = planned
    reason = "" if approved_by else why_held(plan, list(run.source.records.all()))
    if reason:
        _count(run, plan, reading)
        run.state, run.reason, run.ended_at = State.HELD, reason, now
        run.save()
        return run
    _do(run, plan, reading, now)
    return run


def unreadable(*, source: Source, reason: str, now: datetime, run: ImportRun | None = None) -> ImportRun:
    """Write down that a source could not be read; nothing else changes."""
    run = run or ImportRun(source=source, started_at=now)
    run.state, run.reason, run.ended_at, run.payload = State.FAILED, reason[:500], now, None
    run.save()
    source.last_attempt_at, source.last_error = now, reason[:500]
    source.save(update_fields=["last_attempt_at", "last_error"])
    return run


def _plan(run: ImportRun, now: datetime) -> tuple[Plan, Reading] | None:
    source = run.source
    defaults = Defaults(
        country=source.default_country, tz=source.default_tz, language=source.default_language,
        program=source.program.slug if source.program else "", mapping=source.mapping,
    )  # fmt: skip
    try:
        reading = read(source.format, zlib.decompress(run.payload or b""), defaults)
    except UnreadableFeed as error:
        unreadable(source=source, reason=str(error), now=now, run=run)
        return None
    records = list(source.records.defer("listing"))
    return match(reading.entries, records, {issue.key for issue in reading.rejected}), reading


def _count(run: ImportRun, plan: Plan, reading: Reading) -> None:
    changed = [1 for entry, record, _how in plan.known if record.fingerprint != fingerprint(entry.entry)]
    run.rows, run.added, run.missing = reading.rows, len(plan.new), len(plan.missing)
    run.changed, run.same = len(changed), len(plan.known) - len(changed)
    run.rematched = sum(how != SourceRecord.Match.KEY for _entry, _record, how in plan.known)
    run.returned = sum(record.missing_since is not None for _entry, record, _how in plan.known)
    _write_issues(run, reading.issues)


def _write_issues(run: ImportRun, issues: Sequence[Issue]) -> None:
    run.rejected = sum(issue.rejected for issue in issues)
    # What was rejected first: it is what somebody has to do something about.
    ordered = sorted(issues, key=lambda issue: not issue.rejected)
    run.issues = [{"at": i.at, "says": i.says, "rejected": i.rejected} for i in ordered[:MOST_ISSUES]]


def _do(run: ImportRun, plan: Plan, reading: Reading, now: datetime) -> None:
    _count(run, plan, reading)
    run.added = run.changed = run.same = run.seen = run.proposals = 0
    run.save()
    issues = list(reading.issues)
    changed = [each for each in plan.known if _differs(*each)]
    _touch(run, [record for entry, record, how in plan.known if not _differs(entry, record, how)], now)
    for batch in _in_batches(changed):
        with transaction.atomic():
            for entry, record, how in batch:
                _change(run, entry, record, how, now)
            _advance(run, len(batch))
    for batch in _in_batches(plan.new):
        with transaction.atomic():
            added, refused = add(run, batch, now)
            run.added += added
            issues += refused
            _advance(run, len(batch))
    with transaction.atomic():
        _miss(run, plan.missing, now)
        _write_issues(run, issues)
        _finish(run, now)


def _differs(entry: FeedEntry, record: SourceRecord, how: str) -> bool:
    is_new_name = how != SourceRecord.Match.KEY
    return is_new_name or record.missing_since is not None or record.fingerprint != fingerprint(entry.entry)


def _touch(run: ImportRun, records: list[SourceRecord], now: datetime) -> None:
    # That it was seen again is no change of it: nothing but this one column is written.
    for batch in _in_batches([record.pk for record in records]):
        SourceRecord.objects.filter(pk__in=batch).update(last_seen_at=now)
    run.same += len(records)
    _advance(run, len(records))


def _change(run: ImportRun, entry: FeedEntry, record: SourceRecord, how: str, now: datetime) -> None:
    before = _state_of(record)
    told = fingerprint(entry.entry)
    fields: dict[str, list[Any]] = {}
    if told != record.fingerprint:
        fields, asked = compare(record, entry.entry, now)
        run.proposals += asked
        run.changed += 1
    else:
        run.same += 1
    if how != SourceRecord.Match.KEY:
        record.earlier_ids = list(dict.fromkeys([*record.earlier_ids, record.external_id]))
        record.external_id, record.match_method = entry.key, how
    record.raw, record.fingerprint, record.missing_since, record.last_seen_at = entry.entry, told, None, now
    record.save()
    RunChange.objects.create(run=run, record=record, what=RunChange.What.CHANGED, fields=fields, before=before)


def _miss(run: ImportRun, records: list[SourceRecord], now: datetime) -> None:
    missing = RunChange.What.MISSING
    RunChange.objects.bulk_create(
        RunChange(run=run, record=record, what=missing, before=_state_of(record)) for record in records
    )
    SourceRecord.objects.filter(pk__in=[record.pk for record in records]).update(missing_since=now)


def _state_of(record: SourceRecord) -> dict[str, Any]:
    since = record.missing_since.isoformat() if record.missing_since else None
    kept = {name: getattr(record, name) for name in ("raw", "fingerprint", "external_id", "earlier_ids")}
    return {**kept, "match_method": record.match_method, "missing_since": since}


def _advance(run: ImportRun, by: int) -> None:
    run.seen += by
    run.save(update_fields=["seen", "added", "changed", "same", "proposals"])


def _finish(run: ImportRun, now: datetime) -> None:
    run.state, run.ended_at, run.payload, run.reason = State.DONE, now, None, ""
    run.save()
    source = run.source
    source.last_attempt_at = source.last_ok_at = now
    source.last_error = ""
    source.save(update_fields=["last_attempt_at", "last_ok_at", "last_error"])


def _in_batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
