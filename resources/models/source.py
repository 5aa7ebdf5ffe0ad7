"""Where entries come from, what each one said when it was last read, and what every reading did."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, now: datetime) -> Self:
        """Keep the feeds whose turn it is."""
        fetched = self.filter(kind=Source.Kind.FEED, every_hours__gt=0).exclude(url="")
        turn = [source.pk for source in fetched if source.is_due(now)]
        return self.filter(pk__in=turn)


class Source(models.Model):
    """A place that entries are read from: a file of our own, a feed, or a curator's hand."""

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        FEED = "feed", _("Feed")
        MANUAL = "manual", _("By hand")

    class Format(models.TextChoices):
        DIRECTORY = "directory", _("Our own directory file")
        MEETING_GUIDE = "meeting_guide", _("Meeting Guide (JSON)")
        BMLT = "bmlt", _("BMLT search results (JSON)")
        TABLE = "table", _("Table (CSV)")
        FIND_TREATMENT = "find_treatment", _("FindTreatment (JSON)")
        HSDS = "hsds", _("Open Referral HSDS (JSON)")
        NONE = "", _("None")

    class Trust(models.TextChoices):
        DRAFTS = "drafts", _("New entries wait as drafts")
        SHOWN = "shown", _("New entries are shown, as not yet checked by this site")

    class Secrets(models.TextChoices):
        HIDE = "hide", _("Only curators see meeting passwords")
        SHOW = "show", _("Meeting passwords are shown on the entry’s page")

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    format = models.CharField(max_length=32, choices=Format, blank=True, default=Format.NONE)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    program = models.ForeignKey("resources.Program", on_delete=models.PROTECT, null=True, blank=True)
    default_country = models.CharField(max_length=2, blank=True)
    default_tz = models.CharField(max_length=64, blank=True)
    default_language = models.CharField(max_length=12, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # for tables: our name of a column → theirs
    trust = models.CharField(max_length=8, choices=Trust, default=Trust.DRAFTS)
    secrets = models.CharField(max_length=8, choices=Secrets, default=Secrets.HIDE)
    every_hours = models.PositiveSmallIntegerField(default=0)  # how often it is fetched; 0: never by itself
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=64, blank=True, editable=False)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def is_due(self, now: datetime) -> bool:
        """Whether it has waited long enough since it was last asked."""
        return self.last_attempt_at is None or self.last_attempt_at + timedelta(hours=self.every_hours) <= now


class SourceRecord(models.Model):
    """One entry as its source last had it; what a curator has locked stays as the curator wants it."""

    class Match(models.TextChoices):
        KEY = "key", _("By its name in the source")
        EARLIER = "earlier", _("By an earlier name in the source")
        NATURAL = "natural", _("By name, day, time and place")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records")
    external_id = models.CharField(max_length=255)
    earlier_ids = models.JSONField(default=list, blank=True)
    match_method = models.CharField(max_length=8, choices=Match, default=Match.KEY)
    listing = models.ForeignKey("resources.Listing", on_delete=models.CASCADE, related_name="records")
    raw = models.JSONField()  # what it means, in our words; `importing` says how
    fingerprint = models.CharField(max_length=64, blank=True)  # of `raw`, so that what is unchanged costs nothing
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
