"""Goals: something small to reach, by a day of one's own choosing, in steps, and what comes after it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class GoalQuerySet(OwnedQuerySet["Goal"]):
    def open(self) -> Self:
        return self.filter(done_on=None, put_away_at=None)

    def closed(self) -> Self:
        return self.exclude(done_on=None, put_away_at=None)

    def nearest_first(self) -> Self:
        # Those without a day last, then in the order they were written down.
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at")


class Goal(OwnedModel):
    """One goal in the person's own words; open, reached, or put away, which is no worse than reached."""

    text = PrivateTextField()
    reward = PrivateTextField(blank=True)  # what they have promised themselves
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "due_on"], name="recovery_goal_nearest")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recovery_goal_says_something"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(put_away_at=None), name="recovery_goal_is_done_or_put_away"
            ),
        ]

    def __str__(self) -> str:
        return f"Goal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:goal-edit", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.put_away_at is None


class GoalStepQuerySet(OwnedQuerySet["GoalStep"]):
    def left(self) -> Self:
        return self.filter(done_on=None)


class GoalStep(OwnedModel):
    """One step of a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    text = PrivateTextField()
    done_on = models.DateField(null=True, blank=True)

    objects = GoalStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="recovery_goalstep_says_something")]

    def __str__(self) -> str:
        return f"Goal step {self.pk}"
