"""How ready somebody feels, in their own numbers, and what they have made ready."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class ReadinessQuerySet(OwnedQuerySet["Readiness"]):
    def newest_first(self) -> Self:
        return self.order_by("-said_on")


class Readiness(OwnedModel):
    """How much a change matters and how sure somebody is of it, on one day; the two are never added."""

    said_on = models.DateField()
    importance = models.PositiveSmallIntegerField()  # 0–10
    confidence = models.PositiveSmallIntegerField()  # 0–10
    why_not_lower = PrivateTextField(blank=True)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "said_on"], name="recovery_one_readiness_a_day"),
            models.CheckConstraint(
                condition=Q(importance__range=(0, 10), confidence__range=(0, 10)), name="recovery_readiness_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return f"Readiness {self.pk}"


class PreparedThing(OwnedModel):
    """One thing of the preparation list that is ready."""

    item = models.SlugField(max_length=40)  # of recovery/preparation.py
    done_on = models.DateField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "item"], name="recovery_one_prepared_an_item")]

    def __str__(self) -> str:
        return f"Prepared thing {self.pk}"
