"""Care episodes: a time in care with its days, and what is ready for when it ends."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from recovery.handover import FIELDS, PARTS, Part, open_parts


class CareQuerySet(OwnedQuerySet["CareEpisode"]):
    def newest_first(self) -> Self:
        return self.order_by("-started_on", "-created_at")

    def ending(self, first: date, last: date) -> Self:
        """Keep those whose last day lies between these, after which the body handles less; the latest first."""
        return (
            self.filter(ended_on__range=(first, last)).exclude(kind=CareEpisode.Kind.OUTPATIENT).order_by("-ended_on")
        )


class CareEpisode(OwnedModel):
    """One time in care, or away from everything, and the plan for the way home, in the person's words."""

    class Kind(models.TextChoices):
        DETOX = "detox", _("Detox")
        INPATIENT = "inpatient", _("A stay in treatment")
        OUTPATIENT = "outpatient", _("Outpatient treatment")
        MEDICATION = "medication", _("Starting medication")
        CUSTODY = "custody", _("Jail or prison")

    kind = models.CharField(max_length=10, choices=Kind)
    place = PrivateTextField(blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # also one that still lies ahead
    first_visit_on = models.DateField(null=True, blank=True)
    # The parts of recovery/handover.py.
    first_visit = PrivateTextField(blank=True)
    who_to_call = PrivateTextField(blank=True)
    medication = PrivateTextField(blank=True)
    naloxone = PrivateTextField(blank=True)
    safe_place = PrivateTextField(blank=True)
    first_hours = PrivateTextField(blank=True)

    objects = CareQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "ended_on"], name="recovery_care_ends")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["detox", "inpatient", "outpatient", "medication", "custody"]),
                name="recovery_care_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="recovery_care_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Care episode {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:care-detail", args=[self.pk])

    @property
    def lowers_tolerance(self) -> bool:
        """Whether the body handles less once it is over: outpatient treatment alone changes nothing about that."""
        return self.kind != self.Kind.OUTPATIENT

    @property
    def hands_over(self) -> bool:
        """Whether there is a way home to plan; medication goes on at home."""
        return self.kind != self.Kind.MEDICATION

    @property
    def handover(self) -> list[tuple[Part, str]]:
        return [(part, getattr(self, part.field)) for part in PARTS]

    @property
    def open_parts(self) -> list[Part]:
        return open_parts({name: getattr(self, name) for name in FIELDS})

    @property
    def ready(self) -> int:
        """How many parts of the handover have words."""
        return len(PARTS) - len(self.open_parts)
