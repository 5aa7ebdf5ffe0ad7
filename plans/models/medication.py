"""Medications: what is taken and when, and whether it was taken on a day. Never how much, and never for how long."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class TimeOfDay(models.TextChoices):
    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    EVENING = "evening", _("Evening")
    BEDTIME = "bedtime", _("Bedtime")


class MedicationQuerySet(OwnedQuerySet["Medication"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def put_away(self) -> Self:
        return self.exclude(archived_at=None)

    def in_order(self) -> Self:
        return self.order_by("created_at", "pk")


class Medication(OwnedModel):
    """One medication in the person's own words; there is no end date, because none is ours to set."""

    name = PrivateTextField()
    times = models.JSONField(default=list, blank=True)  # values of TimeOfDay, in the order of the day
    prescriber = PrivateTextField(blank=True)
    since = models.DateField()  # the day it was written down here
    archived_at = models.DateTimeField(null=True, blank=True)  # no longer taken; its days are kept

    objects = MedicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "created_at"], name="plans_medication_order")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="plans_medication_has_a_name")]

    def __str__(self) -> str:
        return f"Medication {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:medication-edit", args=[self.pk])

    @property
    def times_words(self) -> list[str]:
        return [str(TimeOfDay(each).label) for each in self.times]


class MedicationDayQuerySet(OwnedQuerySet["MedicationDay"]):
    def between(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def newest_first(self) -> Self:
        return self.order_by("-day", "medication_id")


class MedicationDay(OwnedModel):
    """Whether a medication was taken on a day. No row means that nothing was said, never that it was missed."""

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        MISSED = "missed", _("Missed")

    medication = models.ForeignKey(Medication, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    state = models.CharField(max_length=6, choices=State)
    source = models.UUIDField(null=True, blank=True, db_index=True)  # the check-in that told it; empty: said by itself

    objects = MedicationDayQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-day"], name="plans_medication_days")]
        constraints = [
            models.UniqueConstraint(fields=["medication", "day"], name="plans_one_mark_a_medication_a_day"),
            models.CheckConstraint(condition=Q(state__in=["taken", "missed"]), name="plans_medication_state_known"),
        ]

    def __str__(self) -> str:
        return f"Medication day {self.pk}"
