"""Returns to use: dated events. Nothing is ever reset by one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import Locked, PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from recovery.models.journey import SUBSTANCES

# What can be said about a use; anything else is the person's own word.
USED = {**SUBSTANCES, "pills": _("Pills or powder not from a pharmacy")}
AMOUNT_LENGTH = 200
MOST_SUBSTANCES = 20


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
    substances = PrivateTextField(blank=True)  # codes of USED or own words, one a line; empty: not said
    amount = PrivateTextField(blank=True)

    objects = LapseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "source"], name="recovery_one_lapse_a_day_and_source"),
            models.CheckConstraint(condition=Q(source__in=["checkin", "noted"]), name="recovery_lapse_source_known"),
        ]

    def __str__(self) -> str:
        return f"Return to use {self.pk}"

    @property
    def named(self) -> list[str]:
        """What it was, as codes and own words; empty where it was not said, or for a reader without the key."""
        return [] if isinstance(self.substances, Locked) else self.substances.splitlines()

    @property
    def names(self) -> str:
        """What it was, as the person reads it."""
        return ", ".join(str(USED.get(word, word)) for word in self.named)
