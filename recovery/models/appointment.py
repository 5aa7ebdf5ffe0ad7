"""Appointments and meetings: planned by the clock on the wall, and afterwards whether they helped."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class AppointmentQuerySet(OwnedQuerySet["Appointment"]):
    def unanswered(self) -> Self:
        return self.filter(went=None)

    def nearest_first(self) -> Self:
        return self.order_by("day", "at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-day", "-at", "pk")


class Appointment(OwnedModel):
    """One appointment.

    Day and time are what the wall shows where it takes place, so they stay as they are when the person's time zone
    changes.
    """

    class Kind(models.TextChoices):
        COUNSELING = "counseling", _("Counseling")
        MEDICAL = "medical", _("Medical")
        MEETING = "meeting", _("Meeting")
        OTHER = "other", _("Something else")

    class Reminds(models.TextChoices):
        NO = "", _("No message")
        EVE = "eve", _("The evening before, at 6")
        MORNING = "morning", _("That morning, at 8")

    class Helped(models.TextChoices):
        NOT = "not", _("Not really")
        SOME = "some", _("Some")
        A_LOT = "a_lot", _("A lot")

    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    at = models.TimeField()
    words = PrivateTextField(blank=True)  # where, or with whom
    listing = PrivateTextField(blank=True)  # slug of an entry in the directory; it would say as much as the words
    reminds = models.CharField(max_length=8, choices=Reminds, blank=True)
    went = models.BooleanField(null=True, blank=True)
    helped = models.CharField(max_length=5, choices=Helped, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "day"], name="recovery_appointment_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["counseling", "medical", "meeting", "other"]),
                name="recovery_appointment_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reminds__in=["", "eve", "morning"]), name="recovery_appointment_reminds_is_known"
            ),
            models.CheckConstraint(
                condition=Q(helped="") | Q(went=True, helped__in=["not", "some", "a_lot"]),
                name="recovery_appointment_helped_who_went",
            ),
        ]

    def __str__(self) -> str:
        return f"Appointment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:appointment-edit", args=[self.pk])

    def has_begun(self, here: datetime) -> bool:
        """Return whether it is over or under way on the person's wall clock."""
        return (self.day, self.at) <= (here.date(), here.time())
