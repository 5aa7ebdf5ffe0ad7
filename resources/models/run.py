"""Every reading of a source: what it found, what it did, and how to take that back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.source import Source, SourceRecord


class ImportRun(models.Model):
    """One reading of one source. `rows` = every row of the file = entries it stands for + rejected rows."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("Read; nothing done yet")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        HELD = "held", _("Held: somebody has to look")
        FAILED = "failed", _("Could not be read; nothing has changed")
        DROPPED = "dropped", _("Thrown away; nothing has changed")
        UNDONE = "undone", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)  # rows dealt with so far, for the bar that shows progress
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    rematched = models.PositiveIntegerField(default=0)  # of `changed` and `same`: found again under another name
    returned = models.PositiveIntegerField(default=0)  # of `changed` and `same`: had been missing
    missing = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    proposals = models.PositiveIntegerField(default=0)
    issues = models.JSONField(default=list)  # [{"at": "[12]", "says": "…", "rejected": true}]
    reason = models.TextField(blank=True)  # why it is held, or why it could not be read
    payload = models.BinaryField(null=True, editable=False)  # the file, compressed, while somebody still has to decide

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="running"), name="resources_one_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "failed"]) | ~Q(reason=""), name="resources_run_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.started_at:%Y-%m-%d %H:%M} {self.state}"


class RunChange(models.Model):
    """What a run did to one entry, with what was there before."""

    class What(models.TextChoices):
        ADDED = "added", _("New")
        CHANGED = "changed", _("Changed")
        MISSING = "missing", _("No longer in the source")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=8, choices=What)
    fields = models.JSONField(default=dict)  # field → [what stood here before, what stands here now]
    before = models.JSONField(default=dict)  # the record's own raw, external_id, earlier_ids, missing_since

    def __str__(self) -> str:
        return f"{self.run_id}: {self.what}"
