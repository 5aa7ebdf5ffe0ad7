"""Consents: what one recipient may see, for what purpose, until when; taken back at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet, User
from accounts.models import Role as AccountRole

# How long a consent holds where the person does not say otherwise, and the longest it may.
DEFAULT_LENGTH = timedelta(days=180)
LONGEST = timedelta(days=730)


class Role(models.TextChoices):
    """As what somebody is let in."""

    COUNSELOR = "counselor", _("Counselor")
    SUPPORTER = "supporter", _("Supporter")


class Scope(models.TextChoices):
    """One kind of data that a consent may open. Notes are not among them and cannot be."""

    CHECKED_IN = "checked_in", _("That a check-in was done")
    CHARTS = "charts", _("Check-in trends")
    CHECKINS = "checkins", _("Single days")
    TRIGGERS = "triggers", _("Triggers")
    PLAN = "plan", _("Plan")
    HELPS = "helps", _("What helps")
    HELP_CARD = "help_card", _("How to help me")
    STAGE = "stage", _("Place on the path")
    LAPSES = "lapses", _("Noted use")
    MEDICATION = "medication", _("Medication")
    MEASURES = "measures", _("Measures")


_SCOPES = {scope.value: scope for scope in Scope}


class ConsentQuerySet(OwnedQuerySet["Consent"]):
    def open(self) -> Self:
        """Not taken back; may have run out."""
        return self.filter(revoked_at=None)

    def in_force(self, now: datetime) -> Self:
        """What holds at this moment: begun, not run out, not taken back, and the recipient still is what they were."""
        counselor = AccountRole.objects.in_force().filter(
            user=OuterRef("recipient"), kind=AccountRole.Kind.COUNSELOR, granted_at__lte=now
        )
        return self.filter(
            Q(role=Role.SUPPORTER) | Exists(counselor),
            revoked_at=None,
            starts_at__lte=now,
            expires_at__gt=now,
            recipient__is_active=True,
            person__is_active=True,
        )

    def to(self, recipient: User) -> Self:
        return self.filter(recipient=recipient)

    def newest_first(self) -> Self:
        return self.order_by("-signed_at", "pk")


class Consent(OwnedModel):
    """One signed consent: its text as it was shown, and the moments it began, ends and was taken back."""

    class Purpose(models.TextChoices):
        CARE = "care", _("My care")
        SUPPORT = "support", _("Support from somebody close to me")
        REQUEST = "request", _("At my request")

    recipient = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    recipient_name = PrivateTextField()  # as the recipient gave it when the consent was signed
    role = models.CharField(max_length=9, choices=Role)
    purpose = models.CharField(max_length=7, choices=Purpose)
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField()  # with the password typed again
    signed_text = PrivateTextField()  # exactly what was on the screen
    text_hash = models.CharField(max_length=64)  # SHA-256 of it

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "role", "revoked_at"], name="support_consent_desk")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "recipient"], condition=Q(revoked_at=None), name="support_one_open_consent_each"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("starts_at")), name="support_consent_ends_after_start"),
            models.CheckConstraint(
                condition=Q(recipient=None) | ~Q(recipient=F("person")), name="support_consent_not_to_oneself"
            ),
            models.CheckConstraint(condition=Q(role__in=["counselor", "supporter"]), name="support_consent_role_known"),
            models.CheckConstraint(
                condition=Q(purpose__in=["care", "support", "request"]), name="support_consent_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("support:consent-detail", args=[self.pk])

    @property
    def last_moment(self) -> datetime:
        """The end of its last day, for pages: `expires_at` is midnight, which reads as the day after."""
        return self.expires_at - timedelta(seconds=1)

    @property
    def scopes(self) -> frozenset[Scope]:
        """What it opens now, without what was switched off since; prefetch `scope_rows` for many."""
        return frozenset(Scope(row.kind) for row in self.scope_rows.all() if row.ended_at is None)


class ConsentScopeQuerySet(OwnedQuerySet["ConsentScope"]):
    def by_consent(self) -> dict[UUID, frozenset[Scope]]:
        """Return what each consent opens now, without a row's object for every kind; one query."""
        kinds: dict[UUID, list[Scope]] = {}
        for consent, kind in self.filter(ended_at=None).values_list("consent_id", "kind"):
            kinds.setdefault(consent, []).append(_SCOPES[kind])
        return {consent: frozenset(found) for consent, found in kinds.items()}


class ConsentScope(OwnedModel):
    """One kind of data inside a consent; switching it off needs no new signature."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="scope_rows")
    kind = models.CharField(max_length=10, choices=Scope)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentScopeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "kind"], name="support_one_scope_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=Scope.values), name="support_scope_known"),
        ]

    def __str__(self) -> str:
        return f"Scope {self.pk}"
