"""Schedules (what is said to me, and when), deliveries (each message, once), and the engine's own heartbeat."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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

_OFF = signing.Signer(sep=".", salt="reminders.off")


class ScheduleQuerySet(OwnedQuerySet["Schedule"]):
    def unplanned(self, until: datetime) -> Self:
        """Those with an occurrence before this instant that has no delivery yet."""
        return self.filter(is_active=True, next_at__lte=until)


class Schedule(OwnedModel):
    """One kind of reminder at one time of the local day; it knows its next occurrence, so that nobody else is read."""

    kind = models.SlugField(max_length=40)  # a room above registers what it means
    local_time = models.TimeField()
    days = models.PositiveSmallIntegerField(
        default=EVERY_DAY, validators=[MinValueValidator(1), MaxValueValidator(EVERY_DAY)]
    )
    is_active = models.BooleanField(default=True)
    resumes_on = models.DateField(null=True, blank=True)  # paused before this local date
    bounced_at = models.DateTimeField(null=True, blank=True)  # the last message was refused for good
    # Key of the address (allauth's row) that the mail service says is not there: a changed address is another row.
    dead_address = models.PositiveBigIntegerField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)  # local date of the first occurrence without a delivery
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

    def speaks_on(self, day: date) -> bool:
        return self.is_active and (self.resumes_on is None or day >= self.resumes_on)


class DeliveryQuerySet(OwnedQuerySet["Delivery"]):
    def claimable(self, now: datetime) -> Self:
        """Due now, or taken by a worker that has not been heard of since its lease ended."""
        return self.filter(
            Q(state=Delivery.State.DUE, attempt_at__lte=now) | Q(state=Delivery.State.LEASED, leased_until__lte=now)
        )

    def held_by(self, lease: object) -> Self:
        return self.filter(state=Delivery.State.LEASED, lease=lease)

    def planned(self) -> Self:
        """Without those somebody asked for with “send me one now”."""
        return self.filter(slot__gte=0)

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
        QUIET = "quiet", _("It was between 11 pm and 7 am.")
        NEWER = "newer", _("A newer one was sent instead.")
        REFUSED = "refused", _("Your mail service did not take it.")
        NO_MAILBOX = "no_mailbox", _("Your mail service says that this address is not there.")
        UNKNOWN = "unknown", _("This kind of reminder is no longer there.")

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="deliveries")
    local_date = models.DateField()  # the date on the person's wall that it is meant for, whatever the instant
    slot = models.SmallIntegerField(default=0)  # which one of that date; below 0: asked for with “send me one now”
    due_at = models.DateTimeField()  # the instant it is meant for; how late it is counts from here
    attempt_at = models.DateTimeField()  # when to try next; later than due_at after a refusal
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.NONE, blank=True)
    lease = models.UUIDField(null=True, blank=True)  # which claim holds it
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
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
            models.Index(fields=["attempt_at"], condition=Q(state="due"), name="reminders_due"),
            models.Index(fields=["leased_until"], condition=Q(state="leased"), name="reminders_leased"),
            models.Index(fields=["person", "due_at"], name="reminders_of_person"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

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
