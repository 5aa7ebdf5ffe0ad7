"""Reasons: why the person is doing this, in their own words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet


class ReasonQuerySet(PlacedQuerySet["Reason"]):
    pass


class Reason(Placed):
    """One reason, the kind of sentence that is worth reading at 2 am."""

    text = PrivateTextField()

    objects = ReasonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "position"], name="plans_reason_order")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="plans_reason_says_something")]

    def __str__(self) -> str:
        return f"Reason {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:reason-edit", args=[self.pk])
