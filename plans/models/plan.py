"""The plan as a whole: when it last changed, and what it said after each change."""

from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet, User


class PlanQuerySet(OwnedQuerySet["Plan"]):
    pass


class Plan(OwnedModel):
    """The one relapse-prevention plan of a person; its parts are rows of their own."""

    changed_at = models.DateTimeField()
    revisions_made = models.PositiveIntegerField(default=0)  # the number of the latest revision
    # 0–10: how sure the person is that they could act on it.
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)  # when to look at it next

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="plans_one_plan_a_person"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__range=(0, 10)), name="plans_confidence_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class PlanRevisionQuerySet(OwnedQuerySet["PlanRevision"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class PlanRevision(OwnedModel):
    """What the whole plan said after one change."""

    class Deed(models.TextChoices):
        ADDED = "added", _("Added to")
        CHANGED = "changed", _("Changed")
        RATED = "rated", _("Rated again")
        ARCHIVED = "archived", _("Put away from")
        RESTORED = "restored", _("Brought back to")
        MOVED = "moved", _("Put in another order")
        REMOVED = "removed", _("Removed from")
        REVIEWED = "reviewed", _("Looked over")
        BROUGHT = "brought", _("Brought back an earlier version of")

    class Part(models.TextChoices):
        TRIGGERS = "triggers", _("What sets it off")
        STRATEGIES = "strategies", _("What I can do on my own")
        ANSWERS = "answers", _("What I'll do about it")
        ACTIVITIES = "activities", _("What takes my mind off it")
        CONTACTS = "contacts", _("People I can tell")
        REASONS = "reasons", _("Why I'm doing this")
        SIGNS = "signs", _("How I notice it starting")
        PLACES = "places", _("Places and people that take my mind off it")
        SAFER = "safer", _("Making things safer")
        SUPPORT = "support", _("My support, week by week")
        HELP_ME = "help_me", _("How to help me")
        PLAN = "plan", _("My plan")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed)
    part = models.CharField(max_length=10, choices=Part)
    content = PrivateTextField()  # JSON: each part's rows as they stood

    objects = PlanRevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_revisions_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_revision_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:revision-detail", args=[self.pk])

    @property
    def parts(self) -> dict[str, list[dict[str, Any]]]:
        """The plan as it stood: for each part its rows, empty for a reader without the key."""
        try:
            return dict(json.loads(self.content))
        except ValueError:
            return {}
