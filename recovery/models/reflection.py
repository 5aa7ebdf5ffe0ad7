"""Weekly reflection: what worked, what was hard, what is next, in the person's own words."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet

# The longest answer, in characters.
REFLECTION_LENGTH = 2000


class ReflectionQuerySet(OwnedQuerySet["Reflection"]):
    def newest_first(self) -> ReflectionQuerySet:
        return self.order_by("-ends_on")


class Reflection(OwnedModel):
    """A look back at one week, from Sunday to Saturday."""

    ends_on = models.DateField()
    worked = PrivateTextField(blank=True)
    hard = PrivateTextField(blank=True)
    ahead = PrivateTextField(blank=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ends_on"], name="recovery_one_reflection_a_week")]

    def __str__(self) -> str:
        return f"Reflection {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:reflection-edit", args=[self.ends_on])
