"""What happened on the safety screen: shown, tapped, answered, gone on from. Only ever added to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class SafetyEventQuerySet(OwnedQuerySet["SafetyEvent"]):
    def in_order(self) -> Self:
        return self.order_by("at", "created_at")


class SafetyEvent(OwnedModel):
    """One moment of one safety screen; `screen` holds together what belongs to one."""

    class Kind(models.TextChoices):
        SHOWN = "shown", _("Shown")
        TAPPED = "tapped", _("Tapped")
        ANSWERED = "answered", _("Answered")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")

    class Source(models.TextChoices):
        MEASURE = "measure", _("An answer")
        BUTTON = "button", _("The person's own tap")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        UNSURE = "unsure", _("I'm not sure")
        NO = "no", _("No")

    screen = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=7, choices=Source)
    country = models.CharField(max_length=2, blank=True)  # whose numbers were shown
    answer = PrivateTextField(blank=True)  # one of Answer
    tapped = models.CharField(max_length=40, blank=True)  # which way out, such as “call-988”
    acknowledged_by = models.UUIDField(null=True, blank=True)  # a plain id: it outlives that account
    at = models.DateTimeField()

    objects = SafetyEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "screen"], name="recovery_safety_screen")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "screen"], condition=Q(kind="shown"), name="recovery_one_showing_a_screen"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["shown", "tapped", "answered", "acknowledged"]), name="recovery_safety_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Safety event {self.pk}"
