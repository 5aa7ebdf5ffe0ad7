"""Writes down what became of a row. Each change holds only while its lease does: who slept too long changes nothing."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from reminders.deciding import Verdict
from reminders.letters import Letter, Refused
from reminders.models import AGAIN, Delivery, Schedule

log = logging.getLogger(__name__)

# After each refusal for now; when the list is used up, or the message would come too late, it ends there.
RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 45)]
# When it is asked a second time, where the person wants that (clinical.md 6, cadence).
SECOND_CALL = timedelta(hours=2)


def mark_sent(letters: Sequence[Letter], now: datetime) -> None:
    """Write down that they are on their way; called right after the channel said so, never before."""
    rows = [letter.delivery for letter in letters]
    again = [_second_call(letter, now) for letter in letters if _wants_second_call(letter)]
    hushed = [letter.delivery for letter in letters if letter.is_last_word]
    bounced = [row.schedule_id for row in rows if row.schedule.bounced_at]
    with transaction.atomic():
        _release(rows, state=Delivery.State.SENT, sent_at=now, attempts=F("attempts") + 1, trouble="")
        if again:
            Delivery.objects.bulk_create(again, ignore_conflicts=True)
        if bounced:
            Schedule.objects.filter(pk__in=bounced).update(bounced_at=None, dead_address=None, soft_bounces=0)
        for row in hushed:
            Schedule.objects.filter(pk=row.schedule_id).update(hushed_on=row.local_date)
    for row in rows:
        log.info("reminder=%s channel=%s sent late=%.1f", row.pk, row.channel, row.lateness(now).total_seconds())


def _wants_second_call(letter: Letter) -> bool:
    row = letter.delivery
    return row.schedule.asks_again and 0 <= row.slot < AGAIN and not letter.is_last_word


def _second_call(letter: Letter, now: datetime) -> Delivery:
    row, due_at = letter.delivery, now + SECOND_CALL
    return Delivery(
        person_id=row.person_id,
        shard=row.shard,
        schedule_id=row.schedule_id,
        channel=row.channel,
        local_date=row.local_date,
        slot=row.slot + AGAIN,
        due_at=due_at,
        attempt_at=due_at,
    )


def write(verdicts: Mapping[Delivery, Verdict]) -> None:
    """Write down what is not sent, and why; alike ones in one statement."""
    alike: dict[Verdict, list[Delivery]] = defaultdict(list)
    for row, verdict in verdicts.items():
        alike[verdict].append(row)
    for verdict, rows in alike.items():
        changes = {"attempt_at": verdict.until} if verdict.until else {}
        _release(rows, state=verdict.state, reason=verdict.reason, **changes)
        for row in rows:
            log.info("reminder=%s channel=%s %s reason=%s", row.pk, row.channel, verdict.state, verdict.reason)


def _release(rows: Sequence[Delivery], **changes: object) -> None:
    lease = rows[0].lease
    assert lease
    Delivery.objects.held_by(lease).filter(pk__in=[row.pk for row in rows]).update(
        lease=None, leased_until=None, **changes
    )


def put_back(lease: uuid.UUID, attempt_at: datetime, *, now: datetime, but: Collection[uuid.UUID]) -> None:
    """Let go of what a lease still holds; one that has ended is for whoever looks next."""
    Delivery.objects.held_by(lease).filter(leased_until__gt=now).exclude(pk__in=but).update(
        state=Delivery.State.DUE, lease=None, leased_until=None, attempt_at=attempt_at
    )


def refused(letter: Letter, now: datetime, error: Refused) -> None:
    """Write down a refusal: another try, or the end and a note; an address that is not there gets no more by itself."""
    row = letter.delivery
    if not error.for_good:
        again_later(row, now, error.cause, error.wait)
        return
    log.warning("reminder=%s channel=%s refused cause=%s", row.pk, row.channel, error.cause)
    _fail(row, error.cause)
    dead = letter.address_id if error.no_address else None
    Schedule.objects.filter(pk=row.schedule_id).update(bounced_at=now, dead_address=dead)


def again_later(row: Delivery, now: datetime, cause: str, wait: timedelta | None = None) -> None:
    """Try again after 1, 5, 15 and 45 minutes, or later if they ask, as long as the message is still of use then."""
    log.warning("reminder=%s channel=%s not taken cause=%s try=%d", row.pk, row.channel, cause, row.attempts + 1)
    if row.attempts >= len(RETRY_AFTER):
        _fail(row, cause)
        return
    # Whether that is too late for its kind is asked when the time has come, like everything else.
    after = max(RETRY_AFTER[row.attempts], wait or timedelta())
    _release([row], state=Delivery.State.DUE, attempt_at=now + after, attempts=F("attempts") + 1, trouble=cause)


def _fail(row: Delivery, cause: str) -> None:
    failed, refused = Delivery.State.FAILED, Delivery.Reason.REFUSED
    _release([row], state=failed, reason=refused, attempts=F("attempts") + 1, trouble=cause)
