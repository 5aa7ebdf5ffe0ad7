"""Activities: places, people and things that fill the time and lift the day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet


class ActivityQuerySet(PlacedQuerySet["Activity"]):
    pass


class Activity(Placed):
    """Something good to do, when, with whom, and whether it costs."""

    class Company(models.TextChoices):
        ALONE = "alone", _("On my own")
        WITH = "with", _("With others")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        MONEY = "money", _("Costs something")

    name = PrivateTextField()
    when = PrivateTextField(blank=True)
    company = models.CharField(max_length=5, choices=Company, blank=True)
    cost = models.CharField(max_length=5, choices=Cost, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["person", "position"], name="plans_activity_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="plans_activity_has_a_name"),
            models.CheckConstraint(condition=Q(company__in=["", "alone", "with"]), name="plans_activity_company_known"),
            models.CheckConstraint(condition=Q(cost__in=["", "free", "money"]), name="plans_activity_cost_known"),
        ]

    def __str__(self) -> str:
        return f"Activity {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:activity-edit", args=[self.pk])
