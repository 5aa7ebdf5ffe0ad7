"""Questionnaires with a score: what was loaded, what somebody answered and when, how often they want it."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def newest_first(self) -> Self:
        return self.order_by("-loaded_at", "-pk")


class Instrument(models.Model):
    """One version of a questionnaire, as it was loaded. The database lets nobody change it.

    It has no owner: the questions are the same for everybody, and hold nothing about anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40)  # names the recipe
    version = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    copyright = models.TextField()
    questionnaire = models.JSONField()  # FHIR R4
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="recovery_one_instrument_a_version")]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:measure-about", args=[self.pk])


class MeasureDraftQuerySet(OwnedQuerySet["MeasureDraft"]):
    def by(self, slug: str) -> Self:
        """Keep one questionnaire's, whatever the version."""
        return self.filter(instrument__slug=slug).select_related("instrument")


class MeasureDraft(OwnedModel):
    """A questionnaire half filled in; its key becomes the submission of what is kept."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    answers = PrivateTextField(default="{}")  # JSON: question → number, or null for “rather not”

    objects = MeasureDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "instrument"], name="recovery_one_draft_an_instrument")
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class MeasureQuerySet(OwnedQuerySet["Measure"]):
    def newest_first(self) -> Self:
        return self.order_by("-taken_at", "-pk")

    def by(self, slug: str) -> Self:
        """Keep one questionnaire's, whatever the version."""
        return self.filter(instrument__slug=slug)


class Measure(OwnedModel):
    """One questionnaire as it was filled in. The database lets nobody change it; it goes with the account."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField()
    day = models.DateField()
    taken_at = models.DateTimeField()
    answers = PrivateTextField()  # JSON, as in the draft
    scores = models.JSONField()  # scale → number, or null where an answer was left out
    band = models.CharField(max_length=20, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-taken_at"], name="recovery_measure_newest")]
        constraints = [
            models.UniqueConstraint(fields=["person", "submission"], name="recovery_one_measure_a_submission")
        ]

    def __str__(self) -> str:
        return f"Measure {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:measure-result", args=[self.pk])


class CadenceQuerySet(OwnedQuerySet["Cadence"]):
    pass


class Cadence(OwnedModel):
    """How often somebody wants a questionnaire."""

    slug = models.SlugField(max_length=40)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)  # null: only when they feel like it
    since = models.DateField()  # the day they chose it

    objects = CadenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "slug"], name="recovery_one_cadence_an_instrument"),
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__range=(1, 366)), name="recovery_cadence_1_to_366_days"
            ),
        ]

    def __str__(self) -> str:
        return f"Cadence {self.pk}"


class CadenceProposalQuerySet(OwnedQuerySet["CadenceProposal"]):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-proposed_at")


class CadenceProposal(OwnedModel):
    """That a counselor thinks a questionnaire could come round so often; nothing is set before the person says so."""

    slug = models.SlugField(max_length=40)
    every_days = models.PositiveSmallIntegerField()  # 1–366
    by_name = PrivateTextField(blank=True)  # who proposed it, by the name the person knows them by
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    objects = CadenceProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "slug"], condition=Q(answered_at=None), name="recovery_one_open_cadence_proposal"
            ),
            models.CheckConstraint(condition=Q(every_days__range=(1, 366)), name="recovery_proposed_1_to_366_days"),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(answered_at__isnull=False), name="recovery_agreed_is_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"Cadence proposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:measure-list")
