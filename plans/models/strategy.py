"""Strategies: what the person does when an urge comes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet


class StrategyQuerySet(PlacedQuerySet["Strategy"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def with_tally(self) -> Self:
        """Add `eased` and `said`: how often it eased things, of how many times the person said."""
        told = ~Q(uses__outcome="")
        return self.annotate(
            eased=Count("uses", filter=Q(uses__outcome__in=["some", "a_lot"])), said=Count("uses", filter=told)
        )


class Strategy(Placed):
    """One thing that helps, with its steps, about how long it takes and where it can be done."""

    class Where(models.TextChoices):
        ANYWHERE = "any", _("Anywhere")
        HOME = "home", _("At home")
        OUT = "out", _("Out and about")

    name = PrivateTextField()
    steps = PrivateTextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # 1–240, about how long it takes
    where = models.CharField(max_length=4, choices=Where, blank=True)
    # Out of the plan because an earlier version was brought back; how often it helped stays with it.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "position"], name="plans_strategy_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, 240)), name="plans_strategy_minutes_1_to_240"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="plans_strategy_has_a_name"),
            models.CheckConstraint(
                condition=Q(where__in=["", "any", "home", "out"]), name="plans_strategy_where_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Strategy {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:strategy-edit", args=[self.pk])
