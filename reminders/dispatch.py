"""The engine: plans what is near, claims what is due, asks everything again at the moment of sending, sends, marks.

Rows are the truth. A claim is a lease: a worker that dies leaves its rows to whoever looks after the lease has ended.
A row is marked sent one by one after the channel has taken the message and never before, so a message is doubled only
where a worker dies between the two. All times come from the database's clock, whatever the machines think.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from accounts.clock import local_time, zone_of
from reminders import kinds
from reminders.channels.email import Letter, Mailer, Refused, Unreachable
from reminders.models import Delivery, Schedule, Tick
from reminders.occurrences import is_quiet, upcoming

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# Deliveries exist this long before they are due, so that a late tick makes no message late.
PLAN_AHEAD = timedelta(seconds=60)
PLAN_BATCH = 500
# After a long stop, occurrences further back than this are not even planned: they would only expire.
PLAN_BACK = timedelta(days=7)
# How many rows one message hands to a worker, and how many messages one tick hands out at most.
HAND_OUT_BATCH = 100
HAND_OUT_LIMIT = 100
# After each refusal for now; when the list is used up, or the message would come too late, it ends there.
RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 45)]
# Where the server is away, or something newer is about to be decided, the row waits this long.
WAIT = timedelta(seconds=60)
# Later than this, the engine itself was down: then one message a person is enough, the newest.
BELATED = timedelta(minutes=5)
QUIET_FROM, QUIET_TO = time(23), time(7)
# Somebody who asked for a message watches for it; after this it would only confuse.
ASKED_LATENESS = timedelta(minutes=15)
KEEP_FINISHED = timedelta(days=30)


def database_now() -> datetime:
    """Return the database's time, in UTC: the only clock that every worker shares."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')" if sqlite else "SELECT clock_timestamp()")
        value = cursor.fetchone()[0]
    return datetime.fromisoformat(f"{value}+00:00") if sqlite else value


# Planning


def tick(now: datetime) -> list[list[uuid.UUID]]:
    """Plan what is near and return what is due, in batches for the workers. Two at once do no harm."""
    while plan(now):
        pass
    Tick.objects.update_or_create(pk=1, defaults={"at": now})
    due = Delivery.objects.claimable(now).order_by("-due_at", "pk").values_list("pk", flat=True)
    ids = list(due[: HAND_OUT_BATCH * HAND_OUT_LIMIT])
    return [ids[start : start + HAND_OUT_BATCH] for start in range(0, len(ids), HAND_OUT_BATCH)]


@transaction.atomic
def plan(now: datetime) -> int:
    """Write down the near occurrences of some schedules and return how many schedules that were."""
    until = now + PLAN_AHEAD
    schedules = list(
        Schedule.objects.unplanned(until)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("person")
        .order_by("next_at")[:PLAN_BATCH]
    )
    deliveries = [delivery for schedule in schedules for delivery in _move_on(schedule, now, until)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    Schedule.objects.bulk_update(schedules, ["next_on", "next_at"])
    return len(schedules)


def _move_on(schedule: Schedule, now: datetime, until: datetime) -> list[Delivery]:
    """Return the deliveries up to an instant, and set the schedule to the first occurrence after it."""
    assert schedule.next_on
    assert schedule.next_at
    deliveries: list[Delivery] = []
    # The first was settled when the schedule was set: after a move east it is due at once, whatever the wall says.
    day, due_at = schedule.next_on, schedule.next_at
    ahead = upcoming(schedule.local_time, schedule.days, zone_of(schedule.person), _day_after(day, now))
    while due_at <= until:
        deliveries.append(
            Delivery(person_id=schedule.person_id, schedule=schedule, local_date=day, due_at=due_at, attempt_at=due_at)
        )
        day, due_at = next(ahead)
    schedule.next_on, schedule.next_at = day, due_at
    return deliveries


def _day_after(day: date, now: datetime) -> date:
    return max(day + timedelta(days=1), (now - PLAN_BACK).date())


# Claiming


def claim(ids: Iterable[uuid.UUID], now: datetime) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """Lease those of these rows that nobody holds, and return the lease with what it holds, newest first."""
    lease = uuid.uuid4()
    with transaction.atomic():
        rows = Delivery.objects.claimable(now).filter(pk__in=list(ids))
        # Rows that another worker is claiming at this moment are skipped. SQLite has one writer at a time instead:
        # there the guard in the UPDATE is what counts.
        free = list(rows.select_for_update(skip_locked=True).order_by("-due_at", "pk").values_list("pk", flat=True))
        rows.filter(pk__in=free).update(state=Delivery.State.LEASED, lease=lease, leased_until=now + lease_time())
    held = set(Delivery.objects.held_by(lease).values_list("pk", flat=True))
    return lease, [pk for pk in free if pk in held]


def lease_time() -> timedelta:
    return timedelta(seconds=settings.REMINDERS_LEASE_SECONDS)


def _renew(lease: uuid.UUID, now: datetime) -> None:
    """Keep what is still held for as long again; a lease that has ended stays ended."""
    Delivery.objects.held_by(lease).filter(leased_until__gt=now).update(leased_until=now + lease_time())


# Sending


def deliver(ids: Sequence[uuid.UUID], clock: Clock = database_now) -> None:
    """Claim these rows and send what still should be sent, one by one over one connection."""
    renewed_at = again_at = clock()
    lease, held = claim(ids, renewed_at)
    current: uuid.UUID | None = None
    try:
        with Mailer() as mailer:
            for current in held:
                again_at = clock()
                if again_at - renewed_at > lease_time() / 4:
                    _renew(lease, again_at)
                    renewed_at = again_at
                if not _send_one(current, lease, again_at, mailer, clock):
                    again_at += WAIT
                    break
    finally:
        # What is left goes back at once. A row that broke something keeps its lease: it must not hold up the others.
        _put_back(lease, again_at, but=current)


def _send_one(pk: uuid.UUID, lease: uuid.UUID, now: datetime, mailer: Mailer, clock: Clock) -> bool:
    """Decide on one row and send it; return False where the rest of the batch should wait for the server."""
    held = Delivery.objects.held_by(lease).filter(pk=pk, leased_until__gt=now)
    delivery = held.select_related("schedule", "person").first()
    if delivery is None:
        return True  # taken by somebody else while this process slept
    verdict = recheck(delivery, now)
    if isinstance(verdict, Verdict):
        verdict.write(delivery)
        return True
    try:
        mailer.send(verdict)
    except Refused as error:
        _refused(delivery, clock(), error, verdict)
    except Unreachable:
        _again_later(delivery, clock())
        return False
    else:
        mark_sent(delivery, clock())
    return True


@dataclass(frozen=True)
class Verdict:
    """Why a row is not sent: it ends here, or waits until an instant."""

    state: Delivery.State
    reason: Delivery.Reason = Delivery.Reason.NONE
    until: datetime | None = None

    def write(self, delivery: Delivery) -> None:
        _release(delivery, state=self.state, reason=self.reason, attempt_at=self.until or delivery.attempt_at)


def _ends(state: Delivery.State, reason: Delivery.Reason) -> Verdict:
    return Verdict(state, reason)


def _waits(until: datetime) -> Verdict:
    return Verdict(Delivery.State.DUE, until=until)


def recheck(delivery: Delivery, now: datetime) -> Letter | Verdict:
    """Ask everything again that may have changed since, and return the letter, or why there is none."""
    state, reason = Delivery.State, Delivery.Reason
    kind, schedule, person = kinds.get(delivery.schedule.kind), delivery.schedule, delivery.person
    if kind is None:
        return _ends(state.FAILED, reason.UNKNOWN)
    if not schedule.is_active or not person.is_active:
        return _ends(state.SUPPRESSED, reason.OFF)
    if delivery.lateness(now) > (ASKED_LATENESS if delivery.was_asked_for else kind.max_lateness):
        return _ends(state.EXPIRED, reason.LATE)
    if not delivery.was_asked_for and (verdict := _unwanted(delivery, kind, now)):
        return verdict
    address = EmailAddress.objects.filter(user=person, verified=True, email__iexact=person.email).first()
    if address is None:
        return _ends(state.SUPPRESSED, reason.UNVERIFIED)
    if address.pk == schedule.dead_address and not delivery.was_asked_for:
        # Writing day after day to what is not there makes a mail service take us for somebody who sends to anybody.
        return _ends(state.SUPPRESSED, reason.NO_MAILBOX)
    return Letter(delivery, kind, address.email, address.pk, person.language)


def _unwanted(delivery: Delivery, kind: kinds.Kind, now: datetime) -> Verdict | None:
    """Return why a planned message should not go out now, or None. One that was asked for always should."""
    state, reason = Delivery.State, Delivery.Reason
    if not delivery.schedule.speaks_on(delivery.local_date):
        return _ends(state.SUPPRESSED, reason.PAUSED)
    if kind.is_done(delivery.person, delivery.local_date):
        return _ends(state.SUPPRESSED, reason.DONE)
    if _is_too_quiet(delivery, now):
        return _after_the_night(delivery, kind, now)
    return _superseded(delivery, now) if delivery.lateness(now) > BELATED else None


def _is_too_quiet(delivery: Delivery, now: datetime) -> bool:
    """Quiet hours hold at the moment of sending, unless the person picked a time inside them."""
    if is_quiet(delivery.schedule.local_time, QUIET_FROM, QUIET_TO):
        return False
    return is_quiet(local_time(delivery.person, now).time(), QUIET_FROM, QUIET_TO)


def _after_the_night(delivery: Delivery, kind: kinds.Kind, now: datetime) -> Verdict:
    today = local_time(delivery.person, now).date()
    morning = next(at for _day, at in upcoming(QUIET_TO, 0b111_1111, zone_of(delivery.person), today) if at > now)
    if delivery.lateness(morning) > kind.max_lateness:
        return _ends(Delivery.State.EXPIRED, Delivery.Reason.QUIET)
    return _waits(morning)


def _superseded(delivery: Delivery, now: datetime) -> Verdict | None:
    """After a stop each person gets at most one message, the newest that is still of use."""
    others = Delivery.objects.of(delivery.person).planned().exclude(pk=delivery.pk)
    if others.filter(state=Delivery.State.SENT, sent_at__gte=delivery.due_at).exists():
        return _ends(Delivery.State.EXPIRED, Delivery.Reason.NEWER)
    undecided = others.exclude(pk__in=others.finished()).filter(due_at__gt=delivery.due_at, due_at__lte=now)
    return _waits(now + WAIT / 2) if undecided.exists() else None


# Marking: each change holds only while this lease does, so a process that slept too long changes nothing


def mark_sent(delivery: Delivery, now: datetime) -> None:
    """Write down that it is on its way; called right after the channel said so, never before."""
    _release(delivery, state=Delivery.State.SENT, sent_at=now, attempts=F("attempts") + 1)
    if delivery.schedule.bounced_at:
        Schedule.objects.filter(pk=delivery.schedule_id).update(bounced_at=None, dead_address=None)


def _release(delivery: Delivery, **changes: object) -> None:
    assert delivery.lease
    Delivery.objects.held_by(delivery.lease).filter(pk=delivery.pk).update(lease=None, leased_until=None, **changes)


def _put_back(lease: uuid.UUID, attempt_at: datetime, *, but: uuid.UUID | None) -> None:
    Delivery.objects.held_by(lease).exclude(pk__in=[but] if but else []).update(
        state=Delivery.State.DUE, lease=None, leased_until=None, attempt_at=attempt_at
    )


def _refused(delivery: Delivery, now: datetime, refused: Refused, letter: Letter) -> None:
    """Write down a refusal: another try, or the end and a note; an address that is not there gets no more by itself."""
    if not refused.for_good:
        _again_later(delivery, now)
        return
    log.warning("reminder %s refused for good", delivery.pk)
    _release(delivery, state=Delivery.State.FAILED, reason=Delivery.Reason.REFUSED, attempts=F("attempts") + 1)
    dead = letter.address_id if refused.no_mailbox else None
    Schedule.objects.filter(pk=delivery.schedule_id).update(bounced_at=now, dead_address=dead)


def _again_later(delivery: Delivery, now: datetime) -> None:
    """Try again after 1, 5, 15 and 45 minutes, as long as the message is still of use then."""
    log.warning("reminder %s not taken, attempt %d", delivery.pk, delivery.attempts + 1)
    if delivery.attempts >= len(RETRY_AFTER):
        _release(delivery, state=Delivery.State.FAILED, reason=Delivery.Reason.REFUSED, attempts=F("attempts") + 1)
        return
    # Whether that is too late for its kind is asked when the time has come, like everything else.
    _release(
        delivery,
        state=Delivery.State.DUE,
        attempt_at=now + RETRY_AFTER[delivery.attempts],
        attempts=F("attempts") + 1,
    )


def prune(now: datetime) -> int:
    """Delete finished deliveries that are older than 30 days, and return how many."""
    return Delivery.objects.finished().filter(due_at__lt=now - KEEP_FINISHED).delete()[0]
