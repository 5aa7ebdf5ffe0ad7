"""What somebody's days are meant to hold: a routine that comes back, three things of one day, and some movement."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from plans.models.medication import TimeOfDay
from reminders.models import EVERY_DAY

THINGS_A_DAY = 3
# Half an hour of movement, ten minutes at a time.
MOST_TENS = 3


class RoutineItem(OwnedModel):
    """One thing that a day of the week holds, from morning to bedtime."""

    slot = models.CharField(max_length=8, choices=TimeOfDay)
    text = PrivateTextField()
    # One bit a weekday, Monday the lowest.
    days = models.PositiveSmallIntegerField(
        default=EVERY_DAY, validators=[MinValueValidator(1), MaxValueValidator(EVERY_DAY)]
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recovery_routine_says_something"),
            models.CheckConstraint(condition=Q(days__range=(1, EVERY_DAY)), name="recovery_routine_days_are_a_week"),
            models.CheckConstraint(
                condition=Q(slot__in=["morning", "midday", "evening", "bedtime"]), name="recovery_routine_slot_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Routine item {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:routine-edit", args=[self.pk])


class RoutineTickQuerySet(OwnedQuerySet["RoutineTick"]):
    def counted(self) -> models.QuerySet[RoutineTick, tuple[date, int]]:
        """Give each day with how much of the routine it held."""
        return self.order_by().values_list("day").annotate(done=Count("pk"))


class RoutineTick(OwnedModel):
    """Something of the routine was done on a day; it stays when the thing is taken out, so the day still counts."""

    item = models.ForeignKey(RoutineItem, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField()

    objects = RoutineTickQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "day"], name="recovery_routine_by_day")]
        constraints = [models.UniqueConstraint(fields=["item", "day"], name="recovery_routine_one_tick_a_day")]

    def __str__(self) -> str:
        return f"Routine tick {self.pk}"


class DayThingQuerySet(OwnedQuerySet["DayThing"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def on(self, day: date) -> Self:
        return self.filter(day=day).order_by("position")


class DayThing(OwnedModel):
    """One of the three things of a day."""

    day = models.DateField()
    position = models.PositiveSmallIntegerField()  # 1–3
    text = PrivateTextField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DayThingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "position"], name="recovery_daything_one_a_place"),
            models.CheckConstraint(condition=Q(position__range=(1, THINGS_A_DAY)), name="recovery_daything_1_to_3"),
            models.CheckConstraint(condition=~Q(text=""), name="recovery_daything_says_something"),
        ]

    def __str__(self) -> str:
        return f"Day thing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:thing-edit", args=[self.pk])


class Movement(OwnedModel):
    """How often somebody moved for ten minutes on a day; no row where it was not said."""

    day = models.DateField()
    tens = models.PositiveSmallIntegerField()  # 1–3

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="recovery_one_movement_a_day"),
            models.CheckConstraint(condition=Q(tens__range=(1, MOST_TENS)), name="recovery_movement_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"Movement {self.pk}"

    @property
    def minutes(self) -> int:
        return self.tens * 10
