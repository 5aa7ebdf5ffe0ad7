"""The engine: claims what is due, asks everything again, sends, marks.

Rows are the truth. A claim is a lease: a worker that dies leaves its rows to whoever looks after the lease has ended.
A row is marked sent after the channel has taken the message and never before, so a message is doubled only where a
worker dies between the two. All times come from the database's clock, whatever the machines think.
"""

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from accounts.unlocking import acting_for
from reminders import channels
from reminders.clock import Clock, database_now
from reminders.deciding import Verdict, decide
from reminders.letters import Dropped, Letter, Refused, Unreachable
from reminders.marking import again_later, mark_sent, put_back, refused, write
from reminders.models import ChannelPause, Delivery, Tick
from reminders.planning import plan_some

log = logging.getLogger(__name__)

# How many rows one claim takes, where they go out one by one; a channel that takes more at once claims as many.
CLAIM = 100
# A worker that has been busy for so long hands over to the next message in its queue.
WORK_FOR = timedelta(minutes=4)
# How old the answers may be on which a message goes out, in seconds; then everything is asked again.
FRESH = 1.0
# So many in a row that the other side hung up on: it is away.
STUMBLES = 2
# Then it is left alone for so long. A slow line costs 10 s a try, so nobody else's mail waits a minute.
LEFT_ALONE = timedelta(seconds=30)
KEEP_FINISHED = timedelta(days=30)
# The engine looks twice a minute; when nobody has for this long, operators and people are told.
STALE = timedelta(minutes=3)
PRUNE_BATCH = 5000


class Nudge(NamedTuple):
    """What a worker is asked to look at: one channel, and some shards of the people."""

    channel: str
    shards: list[int]


def tick(now: datetime) -> list[Nudge]:
    """Plan what is near and return where something is due. Two at once do no harm."""
    plan_some(now)
    Tick.objects.update_or_create(pk=1, defaults={"at": now})
    return nudges(now)


def nudges(now: datetime) -> list[Nudge]:
    """Return the shards with something due, in as many parts a channel as there may be senders."""
    parts: dict[tuple[str, int], list[int]] = defaultdict(list)
    paused = ChannelPause.objects.filter(until__gt=now).values("channel")
    due = Delivery.objects.claimable(now).exclude(channel__in=paused).order_by()
    for channel, shard in due.values_list("channel", "shard").distinct():
        parts[channel, shard % settings.REMINDERS_SENDERS].append(shard)
    return [Nudge(channel, sorted(shards)) for (channel, _part), shards in sorted(parts.items())]


# Claiming


def claim(channel: str, shards: Collection[int], now: datetime, most: int = CLAIM) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """Lease rows that nobody holds, and return the lease with what it holds, newest first."""
    lease = uuid.uuid4()
    with transaction.atomic():
        rows = Delivery.objects.of_shards(channel, shards).claimable(now)
        # Rows that another worker is claiming at this moment are skipped. SQLite has one writer at a time instead:
        # there the guard in the UPDATE is what counts.
        free = list(
            rows.select_for_update(skip_locked=True).order_by("-due_at", "pk").values_list("pk", flat=True)[:most]
        )
        taken = (
            Delivery.objects.claimable(now)
            .filter(pk__in=free)
            .update(state=Delivery.State.LEASED, lease=lease, leased_until=now + lease_time())
        )
    if taken != len(free):
        held = set(Delivery.objects.held_by(lease).values_list("pk", flat=True))
        free = [pk for pk in free if pk in held]
    return lease, free


def lease_time() -> timedelta:
    return timedelta(seconds=settings.REMINDERS_LEASE_SECONDS)


def is_paused(channel: str, now: datetime) -> bool:
    return ChannelPause.objects.filter(channel=channel, until__gt=now).exists()


# Sending


def deliver(channel: str, shards: Collection[int], clock: Clock = database_now) -> None:
    """Claim and send what is due in these shards, batch by batch, until none is left or the time is up."""
    began = now = clock()
    way = channels.get(channel)
    most = max(CLAIM, way.takes_at_once) if way else CLAIM
    while now - began < WORK_FOR and not is_paused(channel, now):
        lease, held = claim(channel, shards, now, most)
        if not held:
            return
        _Batch(lease, held, clock, now).send(way)
        now = clock()


class _Batch:
    """Some leased rows on their way out."""

    def __init__(self, lease: uuid.UUID, held: list[uuid.UUID], clock: Clock, claimed_at: datetime) -> None:
        self.lease, self.waiting, self.clock = lease, held, clock
        self.now = self.renewed_at = claimed_at
        self.in_hand: list[uuid.UUID] = []  # what an error would be about
        self.part = len(held)
        self.stumbles = 0

    def send(self, way: channels.Channel | None) -> None:
        again_at = None
        try:
            if way is None:
                while self.waiting:
                    self._look()
                return
            with way.open() as sender:
                while self.waiting:
                    self._send_while_fresh(sender, way.takes_at_once)
        except Unreachable as error:
            again_at = self._pause(way.slug if way else "", error.wait or LEFT_ALONE)
        finally:
            # What is left goes back at once. A row that broke something keeps its lease, and holds up no other.
            put_back(self.lease, again_at or self.now, now=self.now, but=self.in_hand)

    def _look(self) -> list[Letter]:
        """Ask everything again about the next rows, write down what ends here, and return the rest as letters."""
        self.now = self.clock()
        if self.now - self.renewed_at > lease_time() / 4:
            Delivery.objects.held_by(self.lease).filter(leased_until__gt=self.now).update(
                leased_until=self.now + lease_time()
            )
            self.renewed_at = self.now
        part, self.waiting = self.waiting[: self.part], self.waiting[self.part :]
        self.in_hand = part if len(part) == 1 else []
        # Rows whose lease has ended while this process slept are somebody else's now.
        held = Delivery.objects.held_by(self.lease).filter(pk__in=part, leased_until__gt=self.now)
        rows = sorted(held.select_related("schedule", "person"), key=lambda row: row.due_at, reverse=True)
        try:
            decided = decide(rows, self.now, acting_for)
        except Exception:
            if len(part) > 1:  # one of them breaks something: find out which, one by one
                self.waiting, self.part = part + self.waiting, 1
                return []
            raise
        write({row: verdict for row in rows if isinstance(verdict := decided[row.pk], Verdict)})
        self.in_hand = []
        return [letter for row in rows if isinstance(letter := decided[row.pk], Letter)]

    def _send_while_fresh(self, sender: channels.Sender, at_once: int) -> None:
        letters = self._look()
        # From when the answers were there: however long asking took, something goes out before it is asked again.
        looked = time.monotonic()
        while letters and (time.monotonic() - looked < FRESH):
            now, letters = letters[:at_once], letters[at_once:]
            self._hand_over(sender, now)
        # Too long ago: asked again before they go.
        self.waiting = [letter.delivery.pk for letter in letters] + self.waiting

    def _hand_over(self, sender: channels.Sender, letters: Sequence[Letter]) -> None:
        self.in_hand = [letter.delivery.pk for letter in letters]
        try:
            sender.send(letters)
        except Refused as error:
            refused(letters[0], self.clock(), error)
            self.stumbles = self.stumbles + 1 if isinstance(error, Dropped) else 0
            if self.stumbles >= STUMBLES:
                raise Unreachable from error
        except Unreachable:
            for letter in letters:
                again_later(letter.delivery, self.clock(), "unreachable")
            raise
        else:
            self.stumbles = 0
            mark_sent(letters, self.clock())
        self.in_hand = []

    def _pause(self, channel: str, wait: timedelta) -> datetime:
        """Leave the other side alone for a while, all workers together."""
        until = self.clock() + wait
        log.warning("channel %s is away for %d s", channel, wait.total_seconds())
        ChannelPause.objects.update_or_create(pk=channel, defaults={"until": until})
        self.in_hand = []
        return until


def replay(now: datetime, back: timedelta) -> int:
    """Make due again what a channel refused in the last hours; return how many. Each is asked first, like any other."""
    refused = Delivery.objects.filter(state=Delivery.State.FAILED, reason=Delivery.Reason.REFUSED)
    return refused.filter(due_at__gt=now - back).update(
        state=Delivery.State.DUE, reason=Delivery.Reason.NONE, attempts=0, attempt_at=now
    )


def prune(now: datetime) -> int:
    """Delete finished deliveries that are older than 30 days, some thousand at a time, and return how many."""
    old = Delivery.objects.finished().filter(due_at__lt=now - KEEP_FINISHED)
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:PRUNE_BATCH]):
        gone += Delivery.objects.filter(pk__in=keys).delete()[0]
    return gone
