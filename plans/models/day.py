"""What a day held: triggers met, strategies used, and whether its light is on."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet
from plans.models.strategy import Strategy
from plans.models.trigger import Trigger


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Late night")


def part_of_day(at: time) -> PartOfDay:
    """Return which part of the day a local time is in: night is 22:00 to 5:00, then morning, from noon, from 18:00."""
    if at.hour < 5 or at.hour >= 22:
        return PartOfDay.NIGHT
    return PartOfDay.MORNING if at.hour < 12 else PartOfDay.AFTERNOON if at.hour < 18 else PartOfDay.EVENING


class TriggerMetQuerySet(OwnedQuerySet["TriggerMet"]):
    pass


class TriggerMet(OwnedModel):
    """A trigger that was around on one day, as one check-in or ride told it."""

    day = models.DateField()
    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="met")
    intensity = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, where it was said
    part_of_day = models.CharField(max_length=9, choices=PartOfDay, blank=True)  # empty: not said
    source = models.UUIDField(db_index=True)  # key of the row that told it

    objects = TriggerMetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "day"], name="plans_met_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["source", "trigger"], name="plans_a_source_tells_a_trigger_once"),
            models.CheckConstraint(
                condition=Q(intensity=None) | Q(intensity__range=(0, 10)), name="plans_met_intensity_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(part_of_day__in=["", "morning", "afternoon", "evening", "night"]),
                name="plans_met_part_of_day_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Trigger met {self.pk}"


class StrategyUseQuerySet(OwnedQuerySet["StrategyUse"]):
    def by_strategy(self) -> Any:
        """Give each strategy's key, how often it eased things, and of how many times the person said."""
        return (
            self.exclude(outcome="")
            .values_list("strategy_id")
            .annotate(eased=Count("pk", filter=Q(outcome__in=StrategyUse.EASED)), said=Count("pk"))
            .order_by()
        )


class StrategyUse(OwnedModel):
    """A strategy tried on one day, and whether it helped."""

    class Outcome(models.TextChoices):
        NONE = "none", _("Didn't help")
        SOME = "some", _("Helped some")
        A_LOT = "a_lot", _("Helped a lot")

    # What counts when the plan says “eased 11 of 14”.
    EASED = ["some", "a_lot"]

    day = models.DateField()
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="uses")
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True)  # empty: not said
    source = models.UUIDField(db_index=True)

    objects = StrategyUseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "strategy"], name="plans_use_by_strategy")]
        constraints = [
            models.UniqueConstraint(fields=["source", "strategy"], name="plans_a_source_tells_a_strategy_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "none", "some", "a_lot"]), name="plans_use_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Strategy use {self.pk}"


class LitDayQuerySet(OwnedQuerySet["LitDay"]):
    pass


class LitDay(OwnedModel):
    """A light on the path: the person did something for themselves that day. It goes out only when they delete it."""

    day = models.DateField()
    source = models.UUIDField(db_index=True)  # key of the check-in, ride or finished tool that lit it

    objects = LitDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "source"], name="plans_a_source_lights_a_day_once"),
        ]

    def __str__(self) -> str:
        return f"Lit day {self.pk}"
