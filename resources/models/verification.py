"""How we know: every check that was made, and every “this is wrong” that came in."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.exceptions import AppendOnly
from resources.models.listing import Listing

WRITTEN_ONCE = _("A check that was made stays as it was written. Add a new one instead.")


class VerificationQuerySet(models.QuerySet["Verification"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(WRITTEN_ONCE)

    def delete(self) -> NoReturn:
        raise AppendOnly(WRITTEN_ONCE)


class Verification(models.Model):
    """One check of one listing: written once, never changed."""

    class Method(models.TextChoices):
        PHONE = "phone", _("Called or texted it")
        SITE = "site", _("Read its own page")
        VISIT = "visit", _("Went there")
        EMAIL = "email", _("Wrote to them")
        SOURCE = "source", _("Asked where it came from")

    class Outcome(models.TextChoices):
        OK = "ok", _("Everything is right")
        CHANGED = "changed", _("Something was wrong and is right now")
        UNREACHABLE = "unreachable", _("Nobody could be reached")
        CLOSED = "closed", _("It has closed for good")

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="verifications")
    verified_on = models.DateField()
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    method = models.CharField(max_length=8, choices=Method)
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.CharField(max_length=400, blank=True)
    next_due = models.DateField(null=True)  # empty where the check settled nothing

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["ok", "changed"], next_due__isnull=False)
                | Q(outcome__in=["unreachable", "closed"], next_due=None),
                name="resources_due_only_after_a_good_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verified_on} {self.get_outcome_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(WRITTEN_ONCE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(WRITTEN_ONCE)


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        return self.filter(handled_at=None)


class Report(models.Model):
    """Somebody says that an entry is wrong. Who it was is not kept, so that anybody dares to."""

    class What(models.TextChoices):
        NUMBER = "number", _("The number is wrong, or nobody answers")
        LINK = "link", _("The link leads nowhere, or somewhere else")
        HOURS = "hours", _("The hours are wrong")
        CLOSED = "closed", _("It has closed")
        WORDS = "words", _("What it says here is wrong")
        HARM = "harm", _("It was not safe for me")
        OTHER = "other", _("Something else")

    class Result(models.TextChoices):
        FIXED = "fixed", _("Right, and put right")
        FINE = "fine", _("Looked at; the entry is fine")
        NOISE = "noise", _("Not about this entry")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(max_length=8, choices=What)
    text = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    result = models.CharField(max_length=8, choices=Result, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None, result="") | (Q(handled_at__isnull=False) & ~Q(result="")),
                name="resources_handled_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"
