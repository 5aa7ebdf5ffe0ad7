"""Journeys: what somebody is working toward, in their own words and since when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
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

    class Per(models.TextChoices):
        DAY = "day", _("A day")
        WEEK = "week", _("A week")

    substance = PrivateTextField(blank=True)  # a code of SUBSTANCES, the person's own word, or nothing
    aim = models.CharField(max_length=13, choices=Aim)
    started_on = models.DateField(null=True, blank=True)
    show_run = models.BooleanField(default=True)  # some would rather not see unbroken days counted
    on_today = models.BooleanField(default=False)
    # The person's own figures, numbers as they read: 12 or 12.50. Empty where they did not want any.
    limit_amount = PrivateTextField(blank=True)
    limit_unit = PrivateTextField(blank=True)
    limit_per = models.CharField(max_length=4, choices=Per, blank=True)
    spent_a_week = PrivateTextField(blank=True)
    currency = PrivateTextField(blank=True)
    hours_a_week = PrivateTextField(blank=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "started_on"], name="recovery_journey_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(aim__in=["abstain", "cut_down", "on_medication", "undecided"]),
                name="recovery_journey_aim_known",
            ),
            models.CheckConstraint(condition=Q(limit_per__in=["", "day", "week"]), name="recovery_journey_limit_known"),
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

    def number(self, name: str) -> Decimal | None:
        """One of the person's own figures; None where there is none, or for a reader without the key."""
        try:
            return Decimal(getattr(self, name) or "")
        except InvalidOperation:
            return None

    @property
    def limit_words(self) -> str:
        """The own limit as the person reads it; empty without one."""
        amount = self.number("limit_amount")
        if self.aim != self.Aim.CUT_DOWN or amount is None:
            return ""
        words = (
            gettext("%(amount)s %(unit)s a week") if self.limit_per == "week" else gettext("%(amount)s %(unit)s a day")
        )
        return words % {"amount": f"{amount.normalize():f}", "unit": self.limit_unit}
