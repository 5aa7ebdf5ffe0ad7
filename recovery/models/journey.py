"""Journeys: what somebody is working toward, in their own words and since when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet

# Codes a form may offer; anything else in `substance` is the person's own word for it.
SUBSTANCES = {
    "alcohol": _("Alcohol"),
    "opioids": _("Opioids"),
    "stimulants": _("Stimulants"),
    "benzodiazepines": _("Benzodiazepines"),
    "ghb": _("GHB"),
    "cannabis": _("Cannabis"),
    "tobacco": _("Tobacco or nicotine"),
}


class JourneyQuerySet(OwnedQuerySet["Journey"]):
    def oldest_first(self) -> Self:
        # Those without a start date last, then in the order they were written down.
        return self.order_by(F("started_on").asc(nulls_last=True), "created_at")


class Journey(OwnedModel):
    """One recovery; a person may walk several at once, and none has to name a substance."""

    class Aim(models.TextChoices):
        ABSTAIN = "abstain", _("Not using")
        CUT_DOWN = "cut_down", _("Cutting down")
        ON_MEDICATION = "on_medication", _("Staying on my medication")
        UNDECIDED = "undecided", _("Not decided yet")

    substance = PrivateTextField(blank=True)  # a code of SUBSTANCES, the person's own word, or nothing
    aim = models.CharField(max_length=13, choices=Aim)
    started_on = models.DateField(null=True, blank=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "started_on"], name="recovery_journey_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(aim__in=["abstain", "cut_down", "on_medication", "undecided"]),
                name="recovery_journey_aim_known",
            )
        ]

    def __str__(self) -> str:
        return f"Journey {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:journey-edit", args=[self.pk])

    @property
    def substance_name(self) -> str:
        """The substance as the person reads it; empty when they left it open."""
        return str(SUBSTANCES.get(self.substance, self.substance))

    def has_begun(self, today: date) -> bool:
        return self.started_on is not None and self.started_on <= today
