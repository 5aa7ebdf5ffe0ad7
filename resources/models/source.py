"""Where entries come from, and what each one said when it was last read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A place that entries are read from: a file of our own, a feed, or a curator's hand."""

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        FEED = "feed", _("Feed")
        MANUAL = "manual", _("By hand")

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    format = models.CharField(max_length=32, blank=True)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    default_country = models.CharField(max_length=2, blank=True)
    default_tz = models.CharField(max_length=64, blank=True)
    default_language = models.CharField(max_length=12, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """One entry as its source last had it; what a curator has locked stays as the curator wants it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records")
    external_id = models.CharField(max_length=255)
    listing = models.ForeignKey("resources.Listing", on_delete=models.CASCADE, related_name="records")
    raw = models.JSONField()
    locked_fields = models.JSONField(default=list, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="resources_one_record_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.external_id}"


class ChangeProposalQuerySet(models.QuerySet["ChangeProposal"]):
    def waiting(self) -> ChangeProposalQuerySet:
        return self.filter(decided_at=None)


class ChangeProposal(models.Model):
    """A source says something new about an entry; a curator decides."""

    class Decision(models.TextChoices):
        TAKEN = "taken", _("Taken over")
        LEFT = "left", _("Left as it was")

    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=32)
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field"], condition=Q(decided_at=None), name="resources_one_open_proposal_a_field"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="") | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="resources_decided_with_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.field}"
