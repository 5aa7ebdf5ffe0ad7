"""What somebody noticed about themselves, and whom they mean to call: for them alone."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from recovery.models.stage import Stage


class SelfCheckQuerySet(OwnedQuerySet["SelfCheck"]):
    def newest_first(self) -> Self:
        return self.order_by("-looked_on")


class SelfCheck(OwnedModel):
    """Which signs of a stage somebody saw in themselves on one day. Nothing is added up from it."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="+")
    looked_on = models.DateField()
    signs = PrivateTextField(blank=True)  # slugs with spaces between them; empty where none was theirs

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "stage", "looked_on"], name="recovery_one_selfcheck_a_day")
        ]

    def __str__(self) -> str:
        return f"Self-check {self.pk}"

    @property
    def slugs(self) -> list[str]:
        return self.signs.split()


class CallTaskQuerySet(OwnedQuerySet["CallTask"]):
    def open(self) -> Self:
        return self.filter(done_on=None)

    def done(self) -> Self:
        return self.exclude(done_on=None).order_by("-done_on", "-by_on", "pk")

    def nearest_first(self) -> Self:
        return self.order_by("by_on", "created_at")


class CallTask(OwnedModel):
    """Somebody or some place to call by a day."""

    what = PrivateTextField()
    by_on = models.DateField()
    reminds = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)

    objects = CallTaskQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "by_on"], name="recovery_call_nearest")]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="recovery_call_says_something")]

    def __str__(self) -> str:
        return f"Call {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:call-edit", args=[self.pk])
