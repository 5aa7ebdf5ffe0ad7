"""Triggers: what sets an urge off, how strong the pull is, and how that has moved."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet

LOWEST, HIGHEST = 1, 10


class TriggerQuerySet(OwnedQuerySet["Trigger"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def put_away(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def strongest_first(self) -> Self:
        return self.order_by("-impact", "created_at", "pk")

    def by_kind(self) -> Self:
        return self.order_by("category", "-impact", "created_at", "pk")

    def with_first_rating(self) -> Self:
        """Add `first_impact` and `first_at`: where the pull began."""
        first = TriggerRating.objects.filter(trigger=OuterRef("pk")).order_by("rated_at", "pk")
        return self.annotate(
            first_impact=Subquery(first.values("impact")[:1]), first_at=Subquery(first.values("rated_at")[:1])
        )


class Trigger(OwnedModel):
    """One thing that sets it off, in the person's own words, with how strong the pull is now."""

    class Category(models.TextChoices):
        # The kinds of clinical.md §5; a starter word list for each is in plans/starters.py.
        STRESS = "stress", _("Stress")
        EMOTIONAL = "emotional", _("Emotional pain")
        SOCIAL = "social", _("People")
        PLACE = "place", _("Place, smell or sound")
        PHYSICAL = "physical", _("Body: pain, hunger, tired")
        POSITIVE = "positive", _("Good news or a party")
        MONEY = "money", _("Money or payday")
        CONFLICT = "conflict", _("Conflict")
        BOREDOM = "boredom", _("Boredom")
        ANNIVERSARY = "anniversary", _("A date or season")
        ONLINE = "online", _("Something seen online")

    class Avoidable(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    name = PrivateTextField()
    category = models.CharField(max_length=12, choices=Category)
    impact = models.PositiveSmallIntegerField()  # 1–10, how strong the pull is; each earlier value is a TriggerRating
    avoidable = models.CharField(max_length=6, choices=Avoidable, blank=True)
    note = PrivateTextField(blank=True)
    version = models.PositiveIntegerField(default=1)  # counts each change of its words
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TriggerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "archived_at", "-impact"], name="plans_trigger_strongest")]
        constraints = [
            models.CheckConstraint(condition=Q(impact__range=(LOWEST, HIGHEST)), name="plans_trigger_impact_1_to_10"),
            models.CheckConstraint(
                condition=Q(
                    category__in=[
                        "stress", "emotional", "social", "place", "physical", "positive",
                        "money", "conflict", "boredom", "anniversary", "online",
                    ]
                ),
                name="plans_trigger_category_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="plans_trigger_has_a_name"),
            models.CheckConstraint(
                condition=Q(avoidable__in=["", "yes", "partly", "no"]), name="plans_trigger_avoidable_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Trigger {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:trigger-edit", args=[self.pk])


class TriggerRatingQuerySet(OwnedQuerySet["TriggerRating"]):
    def oldest_first(self) -> Self:
        return self.order_by("rated_at", "pk")


class TriggerRating(OwnedModel):
    """How strong the pull was said to be at one moment; the first and every later one is kept."""

    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="ratings")
    impact = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()

    objects = TriggerRatingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["trigger", "rated_at"], name="plans_rating_of_trigger")]
        constraints = [
            models.CheckConstraint(condition=Q(impact__range=(LOWEST, HIGHEST)), name="plans_rating_impact_1_to_10"),
        ]

    def __str__(self) -> str:
        return f"Rating {self.pk}"
