"""What somebody wants each week to hold, and a stage that somebody else thinks could fit."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from recovery.models.stage import Stage


class StageProposalQuerySet(OwnedQuerySet["StageProposal"]):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-proposed_at")


class StageProposal(OwnedModel):
    """That a counselor thinks another stage fits; nothing moves before the person says so."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="+")
    by_name = PrivateTextField(blank=True)  # who proposed it, by the name the person knows them by
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    objects = StageProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at=None), name="recovery_one_open_stage_proposal"
            ),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(answered_at__isnull=False), name="recovery_accepted_is_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"Stage proposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:proposal", args=[self.pk])


class WeekThingQuerySet(OwnedQuerySet["WeekThing"]):
    def current(self) -> Self:
        return self.filter(ended_at=None).order_by("position", "created_at")


class WeekThing(OwnedModel):
    """One of the few things that a week should hold."""

    position = models.PositiveSmallIntegerField(default=0)
    text = PrivateTextField()
    ended_at = models.DateTimeField(null=True, blank=True)  # no longer among them; its weeks stay

    objects = WeekThingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="recovery_weekthing_says_something")]

    def __str__(self) -> str:
        return f"Thing of the week {self.pk}"


class WeekTick(OwnedModel):
    """That a week held it."""

    thing = models.ForeignKey(WeekThing, on_delete=models.CASCADE, related_name="ticks")
    week_on = models.DateField()  # the Monday of the person's local week

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "week_on"], name="recovery_one_tick_a_week")]

    def __str__(self) -> str:
        return f"Week tick {self.pk}"
