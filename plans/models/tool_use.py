"""Tool uses: exercises done, with how it was before and after."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import OwnedModel, OwnedQuerySet


class ToolUseQuerySet(OwnedQuerySet["ToolUse"]):
    def newest_first(self) -> Self:
        return self.order_by("-done_at", "-pk")


class ToolUse(OwnedModel):
    """One exercise on one day; what it is made of stands in resources, under the same slug."""

    day = models.DateField()
    done_at = models.DateTimeField()
    tool = models.SlugField(max_length=40)
    way = models.SlugField(max_length=20, blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, how strong it was
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    finished = models.BooleanField(default=True)  # at least half of it; lights the day
    submission = models.UUIDField()  # made with the form, so that a form sent twice is one use

    objects = ToolUseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-done_at"], name="plans_tool_use_newest"),
            models.Index(fields=["person", "tool"], name="plans_tool_use_by_tool"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "submission"], name="plans_a_tool_use_is_saved_once"),
            models.CheckConstraint(
                condition=Q(before=None) | Q(before__range=(0, 10)), name="plans_tool_before_0_to_10"
            ),
            models.CheckConstraint(condition=Q(after=None) | Q(after__range=(0, 10)), name="plans_tool_after_0_to_10"),
        ]

    def __str__(self) -> str:
        return f"Tool use {self.pk}"
