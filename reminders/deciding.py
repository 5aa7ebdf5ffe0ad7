"""Asks everything again at the moment of sending: is this message still wanted, and where does it go?

A batch costs the same few questions of the database as one row, however many rows are in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from accounts.clock import local_time, zone_of
from reminders import channels, kinds
from reminders.letters import Letter
from reminders.models import AGAIN, Delivery, QuietHours
from reminders.occurrences import is_quiet, upcoming

# Where something newer is about to be decided, the row waits this long.
WAIT = timedelta(seconds=60)
# Later than this, the engine itself was down: then one message a person is enough, the newest.
BELATED = timedelta(minutes=5)
# Nothing at night, unless the person sets it (clinical.md 6: never between 23:00 and 07:00).
QUIET_FROM, QUIET_TO = time(23), time(7)
# Somebody who asked for a message watches for it; after this it would only confuse.
ASKED_LATENESS = timedelta(minutes=15)
# After so many dates without an answer: one kind last word, then silence (clinical.md 6, cadence).
SILENT_DATES = 3
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """Why a row is not sent: it ends here, or waits until an instant."""

    state: Delivery.State
    reason: Delivery.Reason = Delivery.Reason.NONE
    until: datetime | None = None


Decision = Letter | Verdict


def _ends(state: Delivery.State, reason: Delivery.Reason) -> Verdict:
    return Verdict(state, reason)


def _waits(until: datetime) -> Verdict:
    return Verdict(Delivery.State.DUE, until=until)


def decide(rows: Sequence[Delivery], now: datetime, opened: kinds.Opened) -> dict[UUID, Decision]:
    """Return for each row its letter, or why there is none; rows carry their schedule and person.

    All rows are of one channel, as they are claimed.

    :param opened: a block in which one person's sealed text can be read, for the kinds that must
    """
    asking = _Asking(now, opened)
    asking.settle_by_itself(rows)
    asking.settle_held(asking.open_planned(rows))
    asking.settle_done(asking.open_planned(rows))
    asking.settle_quiet(asking.open_planned(rows))
    asking.settle_superseded(asking.open_planned(rows))
    asking.settle_silent(asking.open_planned(rows))
    asking.address(asking.open(rows))
    return asking.decided


@dataclass
class _Asking:
    now: datetime
    opened: kinds.Opened
    decided: dict[UUID, Decision] = field(default_factory=dict)
    last_words: set[UUID] = field(default_factory=set)

    def open(self, rows: Iterable[Delivery]) -> list[Delivery]:
        return [row for row in rows if row.pk not in self.decided]

    def open_planned(self, rows: Iterable[Delivery]) -> list[Delivery]:
        # One that was asked for goes out whatever the hour, done or not.
        return [row for row in self.open(rows) if not row.was_asked_for]

    def settle_by_itself(self, rows: Iterable[Delivery]) -> None:
        """What the row, its schedule and its kind tell, without a question of the database."""
        for row in rows:
            if verdict := self._by_itself(row):
                self.decided[row.pk] = verdict

    def _by_itself(self, row: Delivery) -> Verdict | None:
        state, reason, schedule = Delivery.State, Delivery.Reason, row.schedule
        kind = kinds.get(schedule.kind)
        if kind is None:
            return _ends(state.FAILED, reason.UNKNOWN)
        if not schedule.is_active or not row.person.is_active:
            return _ends(state.SUPPRESSED, reason.OFF)
        if row.lateness(self.now) > (ASKED_LATENESS if row.was_asked_for else kind.max_lateness):
            return _ends(state.EXPIRED, reason.LATE)
        if row.was_asked_for:
            return None
        if not schedule.speaks_on(row.local_date):
            return _ends(state.SUPPRESSED, reason.PAUSED)
        return None

    def settle_held(self, rows: list[Delivery]) -> None:
        for kind, own in _by_kind(rows):
            held = kind.held_among({row.person_id for row in own}, self.now) if kind.held_among else ()
            for row in own:
                if row.person_id in held:
                    self.decided[row.pk] = _ends(Delivery.State.SUPPRESSED, Delivery.Reason.HELD)

    def settle_done(self, rows: list[Delivery]) -> None:
        for kind, own in _by_kind(rows):
            done = kind.done_among([(row.person, row.local_date) for row in own], self.opened)
            for row in own:
                if (row.person_id, row.local_date) in done:
                    self.decided[row.pk] = _ends(Delivery.State.SUPPRESSED, Delivery.Reason.DONE)

    def settle_quiet(self, rows: list[Delivery]) -> None:
        """Quiet hours hold at the moment of sending, unless the person picked a time inside them."""
        own = {each.person_id: each for each in QuietHours.objects.filter(person__in={row.person_id for row in rows})}
        for row in rows:
            hours = own.get(row.person_id)
            begins, ends = (hours.begins, hours.ends) if hours else (QUIET_FROM, QUIET_TO)
            if self._is_too_quiet(row, begins, ends):
                self.decided[row.pk] = self._after_the_quiet(row, ends)

    def _is_too_quiet(self, row: Delivery, begins: time, ends: time) -> bool:
        times = row.schedule.times
        picked = times[min(row.slot, len(times) - 1)]
        if not row.is_second_call and is_quiet(picked, begins, ends):
            return False
        return is_quiet(local_time(row.person, self.now).time(), begins, ends)

    def _after_the_quiet(self, row: Delivery, ends: time) -> Verdict:
        today = local_time(row.person, self.now).date()
        again = next(at for _day, at in upcoming(ends, 0b111_1111, zone_of(row.person), today) if at > self.now)
        kind = kinds.get(row.schedule.kind)
        if row.is_second_call or kind is None or row.lateness(again) > kind.max_lateness:
            return _ends(Delivery.State.EXPIRED, Delivery.Reason.QUIET)
        return _waits(again)

    def settle_superseded(self, rows: list[Delivery]) -> None:
        """After a stop each person gets at most one message, the newest that is still of use."""
        late = [row for row in rows if row.lateness(self.now) > BELATED]
        if not late:
            return
        oldest = min(row.due_at for row in late)
        others = Delivery.objects.filter(person__in={row.person_id for row in late}, slot__gte=0)
        state = Delivery.State
        sent: dict[UUID, list[datetime]] = defaultdict(list)
        waiting: dict[UUID, list[datetime]] = defaultdict(list)
        for person_id, at in others.filter(state=state.SENT, sent_at__gte=oldest).values_list("person_id", "sent_at"):
            sent[person_id].append(at or oldest)
        undecided = others.filter(state__in=[state.DUE, state.LEASED], due_at__gt=oldest, due_at__lte=self.now)
        for pk, person_id, at in undecided.values_list("pk", "person_id", "due_at"):
            if pk not in self.decided:
                waiting[person_id].append(at)
        for row in late:
            if any(at >= row.due_at for at in sent[row.person_id]):
                self.decided[row.pk] = _ends(state.EXPIRED, Delivery.Reason.NEWER)
            elif any(at > row.due_at for at in waiting[row.person_id]):
                self.decided[row.pk] = _waits(self.now + WAIT / 2)

    def settle_silent(self, rows: list[Delivery]) -> None:
        """After three dates without an answer comes one last word, and then nothing until it is done again."""
        for kind, own in _by_kind(rows):
            if kind.last_done is None:
                continue
            last_done = kind.last_done({row.person_id for row in own})
            calls = _dates_called(own)
            for row in own:
                last = last_done.get(row.person_id, date.min)
                schedule = row.schedule
                if schedule.hushed_on and last < schedule.hushed_on:
                    self.decided[row.pk] = _ends(Delivery.State.SUPPRESSED, Delivery.Reason.SILENT)
                    continue
                since = max(last + DAY, schedule.heard_on or date.min)
                if sum(since <= day < row.local_date for day in calls[schedule.pk]) >= SILENT_DATES:
                    self.last_words.add(row.pk)

    def address(self, rows: list[Delivery]) -> None:
        if not rows:
            return
        channel = channels.get(rows[0].channel)
        if channel is None:
            self.decided |= {row.pk: _ends(Delivery.State.SUPPRESSED, Delivery.Reason.CLOSED) for row in rows}
            return
        found = channel.addresses([row.person for row in rows])
        for row in rows:
            self.decided[row.pk] = self._letter(row, channel.no_address, found.get(row.person_id))

    def _letter(self, row: Delivery, no_address: Delivery.Reason, found: tuple[object, int | None] | None) -> Decision:
        if found is None:
            return _ends(Delivery.State.SUPPRESSED, no_address)
        address, address_id = found
        if address_id is not None and address_id == row.schedule.dead_address and not row.was_asked_for:
            # Writing day after day to what is not there makes a mail service take us for somebody who sends to anybody.
            return _ends(Delivery.State.SUPPRESSED, Delivery.Reason.NO_MAILBOX)
        kind = kinds.get(row.schedule.kind)
        assert kind
        return Letter(row, kind, address, address_id, is_last_word=row.pk in self.last_words)


def _by_kind(rows: Iterable[Delivery]) -> list[tuple[kinds.Kind, list[Delivery]]]:
    groups: dict[str, list[Delivery]] = defaultdict(list)
    for row in rows:
        groups[row.schedule.kind].append(row)
    return [(kind, own) for slug, own in groups.items() if (kind := kinds.get(slug))]


def _dates_called(rows: list[Delivery]) -> dict[UUID, set[date]]:
    """Return for each schedule the dates on which a message went out."""
    sent = Delivery.objects.filter(
        schedule__in={row.schedule_id for row in rows}, state=Delivery.State.SENT, slot__range=(0, AGAIN - 1)
    )
    dates: dict[UUID, set[date]] = defaultdict(set)
    for schedule_id, day in sent.values_list("schedule_id", "local_date"):
        dates[schedule_id].add(day)
    return dates
