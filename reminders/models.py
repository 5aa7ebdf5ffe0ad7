"""Schedules (what is said to me, and when), quiet hours, deliveries (each message, once), the engine's heartbeat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID

from django.core import signing
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet

EVERY_DAY = 0b111_1111  # Monday is the lowest bit

# “Send me one now” counts down from -1, so the key of a delivery itself limits how many can be asked for in a day.
ASKED_A_DAY = 3
# More than this in a day is noise; a medication taken four times a day fits in.
TIMES_A_DAY = 4
# The second call for slot 0 is slot 100, and so on.
AGAIN = 100
# People are spread over so many shards by their key, so that each worker claims where no other does.
SHARDS = 64

_OFF = signing.Signer(sep=".", salt="reminders.off")


def shard_of(person_id: UUID) -> int:
    """Return the shard that a person is in, from 0 to 63; it never changes."""
    return person_id.int % SHARDS


class Channel(models.TextChoices):
    """How a message reaches somebody."""

    EMAIL = "email", _("By e-mail")
    PUSH = "push", _("As a notification on my devices")
    INBOX = "inbox", _("Only in here, under You, Messages")


class QuietHours(OwnedModel):
    """When the person wants to hear nothing; 11 pm to 7 am until they say otherwise."""

    begins = models.TimeField(default=time(23))
    ends = models.TimeField(default=time(7))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="reminders_one_quiet_hours_a_person"),
            models.CheckConstraint(condition=~Q(begins=models.F("ends")), name="reminders_quiet_hours_end"),
        ]

    def __str__(self) -> str:
        return f"Quiet hours {self.pk}"


class ScheduleQuerySet(OwnedQuerySet["Schedule"]):
    def unplanned(self, until: datetime) -> Self:
        """Those with an occurrence before this instant that has no delivery yet."""
        return self.filter(is_active=True, next_at__lte=until)


class Schedule(OwnedModel):
    """One kind of reminder at one time of the local day; it knows its next occurrence, so that nobody else is read."""

    kind = models.SlugField(max_length=40)  # a room above registers what it means
    local_time = models.TimeField()  # the first of the day
    more_times = models.JSONField(default=list, blank=True)  # the others as "HH:MM", in order
    days = models.PositiveSmallIntegerField(
        default=EVERY_DAY, validators=[MinValueValidator(1), MaxValueValidator(EVERY_DAY)]
    )
    is_active = models.BooleanField(default=True)
    resumes_on = models.DateField(null=True, blank=True)  # paused before this local date
    bounced_at = models.DateTimeField(null=True, blank=True)  # the last message was refused for good
    # Key of the address (allauth's row) that the mail service says is not there: a changed address is another row.
    dead_address = models.PositiveBigIntegerField(null=True, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(default=0)  # came back for a while, since one last arrived
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    says_more = models.BooleanField(default=False)  # may say what it is about; off again when the channel changes
    asks_again = models.BooleanField(default=False)  # once more, two hours later, if it is not done by then
    heard_on = models.DateField(null=True, blank=True)  # silence counts from here, at the earliest
    hushed_on = models.DateField(null=True, blank=True)  # the last word was for this date; none until it is done again
    next_on = models.DateField(null=True, blank=True)  # local date of the first occurrence without a delivery
    next_slot = models.SmallIntegerField(default=0)  # which one of that date
    next_at = models.DateTimeField(null=True, blank=True)  # the instant it is meant for

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="reminders_one_schedule_a_kind"),
            models.CheckConstraint(condition=Q(days__range=(1, EVERY_DAY)), name="reminders_days_are_a_week"),
            models.CheckConstraint(
                condition=Q(next_on=None, next_at=None)
                | Q(is_active=True, next_on__isnull=False, next_at__isnull=False),
                name="reminders_next_is_a_date_and_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="reminders_unplanned"),
        ]

    def __str__(self) -> str:
        return f"Schedule {self.pk}"

    @property
    def off_token(self) -> str:
        """What the off-link carries. It is signed, not kept, so nothing in the database can turn a reminder off."""
        return _OFF.sign(self.pk.hex)

    @staticmethod
    def id_from_off_token(token: str) -> UUID | None:
        """Return which schedule an off-link is for, or None where it is not one of ours."""
        try:
            return UUID(_OFF.unsign(token))
        except signing.BadSignature:
            return None

    @property
    def times(self) -> list[time]:
        """The wall times of a day, in order; a slot is a place in this list."""
        return [self.local_time, *(time.fromisoformat(each) for each in self.more_times)]

    def speaks_on(self, day: date) -> bool:
        return self.is_active and (self.resumes_on is None or day >= self.resumes_on)


class DeliveryQuerySet(OwnedQuerySet["Delivery"]):
    def claimable(self, now: datetime) -> Self:
        """Due now, or taken by a worker that has not been heard of since its lease ended."""
        return self.filter(
            Q(state=Delivery.State.DUE, attempt_at__lte=now) | Q(state=Delivery.State.LEASED, leased_until__lte=now)
        )

    def of_shards(self, channel: str, shards: Collection[int]) -> Self:
        return self.filter(channel=channel, shard__in=shards)

    def held_by(self, lease: object) -> Self:
        return self.filter(state=Delivery.State.LEASED, lease=lease)

    def planned(self) -> Self:
        """Without those somebody asked for with “send me one now”."""
        return self.filter(slot__gte=0)

    def first_calls(self) -> Self:
        """Without second calls either: one for each time of each date."""
        return self.filter(slot__range=(0, AGAIN - 1))

    def finished(self) -> Self:
        return self.exclude(state__in=[Delivery.State.DUE, Delivery.State.LEASED])


class Delivery(OwnedModel):
    """One message for one local date: due, leased, then sent, failed, expired or suppressed, and never back.

    Finished rows are kept for 30 days, so that a person can see what happened, then pruned.
    """

    class State(models.TextChoices):
        DUE = "due", _("Waiting")
        LEASED = "leased", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        EXPIRED = "expired", _("Too late to be of use")
        SUPPRESSED = "suppressed", _("Not needed")

    class Reason(models.TextChoices):
        NONE = "", ""
        DONE = "done", _("You had already done it.")
        OFF = "off", _("This reminder was off.")
        PAUSED = "paused", _("This reminder was paused.")
        UNVERIFIED = "unverified", _("Your e-mail address was not confirmed.")
        LATE = "late", _("We could not send it in time.")
        QUIET = "quiet", _("It was in your quiet hours.")
        NEWER = "newer", _("A newer one was sent instead.")
        REFUSED = "refused", _("Your mail service did not take it.")
        NO_MAILBOX = "no_mailbox", _("Your mail service says that this address is not there.")
        UNKNOWN = "unknown", _("This kind of reminder is no longer there.")
        SILENT = "silent", _("You were left in peace.")
        NO_DEVICE = "no_device", _("No device of yours takes notifications.")
        HELD = "held", _("Something else mattered more just then.")
        CLOSED = "closed", _("We cannot send this way at present.")

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="deliveries")
    local_date = models.DateField()  # the date on the person's wall that it is meant for, whatever the instant
    # Which one of that date; below 0: asked for with “send me one now”; from 100 on: the second call for slot - 100.
    slot = models.SmallIntegerField(default=0)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    shard = models.PositiveSmallIntegerField()  # of the person; see shard_of
    due_at = models.DateTimeField()  # the instant it is meant for; how late it is counts from here
    attempt_at = models.DateTimeField()  # when to try next; later than due_at after a refusal
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.NONE, blank=True)
    lease = models.UUIDField(null=True, blank=True)  # which claim holds it
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)  # why the last try did not get through: a word for counting
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            # What makes any number of ticks, beats and workers harmless.
            models.UniqueConstraint(fields=["schedule", "local_date", "slot"], name="reminders_one_delivery_a_slot"),
            models.CheckConstraint(condition=Q(slot__gte=-ASKED_A_DAY), name="reminders_asked_for_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=["due", "leased", "sent", "failed", "expired", "suppressed"]),
                name="reminders_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="leased", lease__isnull=False, leased_until__isnull=False)
                | (~Q(state="leased") & Q(lease=None, leased_until=None)),
                name="reminders_leased_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="reminders_sent_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "shard", "attempt_at"], condition=Q(state="due"), name="reminders_due"),
            models.Index(fields=["leased_until"], condition=Q(state="leased"), name="reminders_leased"),
            models.Index(fields=["person", "due_at"], name="reminders_of_person"),
            models.Index(fields=["due_at"], name="reminders_delivery_age"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

    @property
    def is_second_call(self) -> bool:
        return self.slot >= AGAIN

    @property
    def was_asked_for(self) -> bool:
        return self.slot < 0

    def lateness(self, now: datetime) -> timedelta:
        return now - self.due_at


class Tick(models.Model):
    """When the engine last looked: one row. It belongs to nobody, so it is no OwnedModel."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="reminders_one_tick")]

    def __str__(self) -> str:
        return "Last tick"


class ChannelPause(models.Model):
    """That a channel takes nothing before an instant: one row a channel. It belongs to nobody."""

    channel = models.CharField(primary_key=True, max_length=8, choices=Channel, editable=False)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"Pause of {self.channel}"


class PushDevice(OwnedModel):
    """A browser that takes notifications for the person: where its push service is, and the keys to seal with."""

    endpoint = models.CharField(max_length=600)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    label = models.CharField(max_length=60, blank=True)  # family such as “Chrome on Android”
    refused = models.PositiveSmallIntegerField(default=0)  # odd answers in a row

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "endpoint"], name="reminders_one_row_a_browser")]

    def __str__(self) -> str:
        return f"Push device {self.pk}"


class CalendarFeed(OwnedModel):
    """That a calendar may read when the person's reminders come; the address itself is not kept."""

    token_hash = models.CharField(max_length=64, unique=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="reminders_one_feed_a_person")]

    def __str__(self) -> str:
        return f"Calendar feed {self.pk}"
