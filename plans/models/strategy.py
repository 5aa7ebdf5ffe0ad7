"""Strategies: what the person does when an urge comes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet


class StrategyQuerySet(PlacedQuerySet["Strategy"]):
    pass


class Strategy(Placed):
    """One thing that helps, with its steps and about how long it takes."""

    name = PrivateTextField()
    steps = PrivateTextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # 1–240, about how long it takes

    objects = StrategyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "position"], name="plans_strategy_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, 240)), name="plans_strategy_minutes_1_to_240"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="plans_strategy_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"Strategy {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:strategy-edit", args=[self.pk])
