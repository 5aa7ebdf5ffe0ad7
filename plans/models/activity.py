"""Activities: places, people and things that fill the time and lift the day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet


class ActivityQuerySet(PlacedQuerySet["Activity"]):
    pass


class Activity(Placed):
    """Something good to do, and when."""

    name = PrivateTextField()
    when = PrivateTextField(blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["person", "position"], name="plans_activity_order")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="plans_activity_has_a_name")]

    def __str__(self) -> str:
        return f"Activity {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:activity-edit", args=[self.pk])
