"""Stages of recovery: editable text for everybody, and each person's own way through it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone

from accounts.models import OwnedModel, OwnedQuerySet


class Stage(models.Model):
    """One of the four stretches of ground.

    It has no owner: the text is the same for everybody, and administrators edit it.
    """

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=60)
    alias = models.CharField(max_length=60)  # what the person reads on Today
    summary = models.TextField()
    icon = models.CharField(max_length=20, default="steps")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class StageTask(models.Model):
    """One small thing to do in a stage. It has no owner, for the same reason."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="tasks")
    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="recovery_one_task_a_position"),
        ]

    def __str__(self) -> str:
        return self.text


class StageMoveQuerySet(OwnedQuerySet["StageMove"]):
    def newest_first(self) -> Self:
        return self.order_by("-moved_at", "-created_at")


class StageMove(OwnedModel):
    """That the person moved to a stage, forward or back; the newest one says where they are."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-moved_at"], name="recovery_stagemove_newest")]

    def __str__(self) -> str:
        return f"Move {self.pk}"


class TaskDoneQuerySet(OwnedQuerySet["TaskDone"]):
    pass


class TaskDone(OwnedModel):
    """That the person did one small thing."""

    task = models.ForeignKey(StageTask, on_delete=models.CASCADE, related_name="+")
    done_on = models.DateField()

    objects = TaskDoneQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="recovery_one_done_a_task")]

    def __str__(self) -> str:
        return f"Task done {self.pk}"
