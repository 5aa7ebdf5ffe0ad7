"""Stories that people tell of themselves, under a name of their choosing; no page and no answer says who it was."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet


class Pathway(models.TextChoices):
    """A way that somebody goes. Medication is one like any other."""

    MEDICATION = "medication", _("Medication")
    MEETINGS = "meetings", _("Meetings and groups")
    COUNSELING = "counseling", _("Counseling")
    TREATMENT = "treatment", _("A treatment program")
    HOUSING = "housing", _("Recovery housing")
    CUTTING_DOWN = "cutting-down", _("Cutting down")
    FAITH = "faith", _("Faith or community")
    OWN = "own", _("In my own way")


class ContentNote(models.TextChoices):
    """What a reader may want to know before reading."""

    OVERDOSE = "overdose", _("an overdose")
    SUICIDE = "suicide", _("thoughts of suicide")
    VIOLENCE = "violence", _("violence")
    LOSS = "loss", _("somebody's death")
    RETURN = "return", _("a return to use")


class DeclineReason(models.TextChoices):
    """Why a story was not published; each is told to its author, who may change it and offer it again."""

    AMOUNTS = "amounts", _("It says how much, how strong or what it cost.")
    METHODS = "methods", _("It says how something was taken, got or hidden.")
    COMPARING = "comparing", _("It compares before and after in numbers or looks.")
    BRANDS = "brands", _("It names a brand.")
    RECOGNIZED = "recognized", _("Somebody could be recognized in it, you or another person.")
    ADVICE = "advice", _("It tells others what to do, or speaks against a path such as medication.")
    OTHER_KIND = "other-kind", _("It is something else than a story of one's own.")


class StoryQuerySet(OwnedQuerySet["Story"]):
    def published(self) -> Self:
        return self.filter(state=Story.State.PUBLISHED)

    def not_withdrawn(self) -> Self:
        return self.exclude(state=Story.State.WITHDRAWN)

    def tagged(self, *, stage: str = "", pathway: str = "") -> Self:
        """Narrow to one stage and one pathway; an empty one narrows nothing."""
        found = self.filter(stage=stage) if stage else self
        return found.filter(pathway_slugs__contains=f" {pathway} ") if pathway else found

    def with_helpful(self) -> Self:
        return self.annotate(helpful_count=Count("helpful_marks"))

    def newest_first(self) -> Self:
        return self.order_by("-decided_at", "pk")


def words_in(slugs: str) -> list[str]:
    return slugs.split()


def as_words(slugs: object) -> str:
    """Write slugs as words between spaces, so that both databases find one of them in the same way."""
    kept = [str(slug) for slug in slugs]  # type: ignore[attr-defined]  # any iterable of slugs
    return f" {' '.join(dict.fromkeys(kept))} " if kept else ""


class Story(OwnedModel):
    """One story: waiting for a curator, published, declined, or taken back, which leaves no word of it.

    Its text is no private text: its author offers it to be read. Who the author is stays with the row alone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Not published")
        WITHDRAWN = "withdrawn", _("Taken back")

    submission = models.UUIDField(default=uuid.uuid4, editable=False)  # the form that it came with
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    pseudonym = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80, blank=True)
    body = models.TextField(max_length=6000, blank=True)
    stage = models.SlugField(max_length=40, blank=True)  # a stage of the room above; a slug, so that nothing points up
    pathway_slugs = models.CharField(max_length=160, blank=True)
    note_slugs = models.CharField(max_length=80, blank=True)
    reason_slugs = models.CharField(max_length=120, blank=True)  # why it was declined
    changed_at = models.DateTimeField()  # a decision is about the words as they stood then
    consent_version = models.CharField(max_length=8)
    consent_text = models.TextField()
    consented_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["changed_at"]
        verbose_name_plural = _("stories")
        indexes = [models.Index(fields=["state", "-decided_at"], name="resources_story_newest")]
        constraints = [
            models.UniqueConstraint(fields=["person", "submission"], name="resources_story_told_once"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, body="", title="", pseudonym="")
                | (
                    Q(state__in=["waiting", "published", "declined"], withdrawn_at=None)
                    & ~Q(body="")
                    & ~Q(title="")
                    & ~Q(pseudonym="")
                ),
                name="resources_story_withdrawn_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(decided_at__isnull=False),
                name="resources_story_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Story {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("resources:story-detail", args=[self.pk])

    @property
    def pathways(self) -> list[str]:
        return words_in(self.pathway_slugs)

    @property
    def pathway_names(self) -> list[str]:
        return [str(Pathway(slug).label) for slug in self.pathways if slug in Pathway.values]

    @property
    def notes(self) -> list[str]:
        return words_in(self.note_slugs)

    @property
    def note_names(self) -> list[str]:
        return [str(ContentNote(slug).label) for slug in self.notes if slug in ContentNote.values]

    @property
    def reasons(self) -> list[str]:
        return [str(DeclineReason(slug).label) for slug in words_in(self.reason_slugs) if slug in DeclineReason.values]

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN


class HelpfulMark(OwnedModel):
    """A reader found a story helpful; who they are is shown to nobody."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="helpful_marks")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "story"], name="resources_helpful_once_a_person")]

    def __str__(self) -> str:
        return f"Helpful mark {self.pk}"


class StoryReportQuerySet(models.QuerySet["StoryReport"]):
    def waiting(self) -> Self:
        return self.filter(handled_at=None)


class StoryReport(models.Model):
    """Somebody says that a story should be looked at again. Who it was is not kept."""

    class What(models.TextChoices):
        HARM = "harm", _("It could harm somebody: amounts, methods, or pushing others")
        RECOGNIZED = "recognized", _("Somebody can be recognized in it")
        FALSE = "false", _("It doesn't seem to be a story of one's own")
        OTHER = "other", _("Something else")

    class Result(models.TextChoices):
        TAKEN_DOWN = "taken_down", _("The story was taken down")
        FINE = "fine", _("Looked at; the story stays")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(max_length=10, choices=What)
    text = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)
    result = models.CharField(max_length=10, choices=Result, blank=True, editable=False)

    objects = StoryReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None, result="") | (Q(handled_at__isnull=False) & ~Q(result="")),
                name="resources_story_report_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"Story report {self.pk}"
