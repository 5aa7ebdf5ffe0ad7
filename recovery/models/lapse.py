"""Returns to use: dated events. Nothing is ever reset by one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet


class LapseQuerySet(OwnedQuerySet["Lapse"]):
    def between(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def newest_first(self) -> Self:
        return self.order_by("-day", "source")

    def days(self) -> set[date]:
        """The days with noted use, however often and wherever each was noted."""
        return set(self.values_list("day", flat=True))


class Lapse(OwnedModel):
    """That there was use on a day, and where it was noted, so that a changed check-in takes back only its own word."""

    class Source(models.TextChoices):
        CHECKIN = "checkin", _("Check-in")
        NOTED = "noted", _("Noted by itself")

    day = models.DateField()
    source = models.CharField(max_length=7, choices=Source)
    over_limit = models.BooleanField(null=True, blank=True)  # cutting down: more than the person meant to

    objects = LapseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "source"], name="recovery_one_lapse_a_day_and_source"),
            models.CheckConstraint(condition=Q(source__in=["checkin", "noted"]), name="recovery_lapse_source_known"),
        ]

    def __str__(self) -> str:
        return f"Return to use {self.pk}"
