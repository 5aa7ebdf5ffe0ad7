"""Look-backs: one day with use, thought over afterwards, for nobody but the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from recovery.look_back import FIELDS, STEPS, Step

ANSWER_LENGTH = 2000


class LookBackQuerySet(OwnedQuerySet["LookBack"]):
    pass


class LookBack(OwnedModel):
    """Answers to the questions of `recovery.look_back`, kept after each step; every one of them may stay empty.

    It names its day and no row, so that its words outlive a use that is taken back or moves with its check-in.
    """

    day = models.DateField()
    situation = PrivateTextField(blank=True)
    vulnerability = PrivateTextField(blank=True)
    trigger = PrivateTextField(blank=True)
    thought = PrivateTextField(blank=True)
    feeling = PrivateTextField(blank=True)
    craving = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, how strong the pull was
    used = PrivateTextField(blank=True)
    gave = PrivateTextField(blank=True)
    cost = PrivateTextField(blank=True)
    turning = PrivateTextField(blank=True)
    stopped = PrivateTextField(blank=True)
    change = PrivateTextField(blank=True)
    step = models.PositiveSmallIntegerField(default=1)  # where to go on
    planned_at = models.DateTimeField(null=True, blank=True)  # the change went into the plan
    finished_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)  # not wanted: it is not offered again

    objects = LookBackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="recovery_one_look_back_a_day"),
            models.CheckConstraint(condition=Q(craving__range=(0, 10)), name="recovery_look_back_craving_0_to_10"),
            models.CheckConstraint(condition=Q(step__range=(1, len(STEPS))), name="recovery_look_back_step_known"),
        ]

    def __str__(self) -> str:
        return f"Look-back {self.pk}"

    @property
    def answers(self) -> list[tuple[Step, str]]:
        """What was answered, in order, with the question."""
        return [(step, getattr(self, step.field)) for step in STEPS if getattr(self, step.field)]

    @property
    def is_empty(self) -> bool:
        return self.craving is None and not any(getattr(self, name) for name in FIELDS)
