"""Rides: urges ridden out in Help now."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet
from plans.models.strategy import Strategy
from plans.models.trigger import Trigger


class RideQuerySet(OwnedQuerySet["Ride"]):
    def eased(self) -> Self:
        return self.filter(outcome=Ride.Outcome.EASED)


class Ride(OwnedModel):
    """One craving being ridden out: when it began, how long, and how it went."""

    class Outcome(models.TextChoices):
        EASED = "eased", _("It eased")
        STILL_STRONG = "still_strong", _("Still strong")
        USED = "used", _("I used")

    day = models.DateField()
    started_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()  # 0–1440
    strongest = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, where it was said
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)  # empty: still being ridden
    # [[minute, strength], …]: how strong it was at 0, 5, 10, 15, 20 … minutes, 0–10, once each.
    ratings = models.JSONField(default=list, blank=True)
    trigger = models.ForeignKey(Trigger, on_delete=models.SET_NULL, null=True, blank=True, related_name="rides")
    strategy = models.ForeignKey(Strategy, on_delete=models.SET_NULL, null=True, blank=True, related_name="rides")
    submission = models.UUIDField()  # made with the form, so that a form sent twice is one ride

    objects = RideQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "day"], name="plans_ride_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["person", "submission"], name="plans_a_ride_is_saved_once"),
            models.CheckConstraint(condition=Q(minutes__range=(0, 1440)), name="plans_ride_minutes_0_to_1440"),
            models.CheckConstraint(
                condition=Q(strongest=None) | Q(strongest__range=(0, 10)), name="plans_ride_strongest_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "eased", "still_strong", "used"]), name="plans_ride_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Ride {self.pk}"
