"""What a person writes for themselves: a journal, thoughts looked at, two sides weighed; nobody else reads it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet

W = TypeVar("W", bound="Written")


class WrittenQuerySet(OwnedQuerySet[W]):
    def newest_first(self) -> Self:
        return self.order_by("-day", "-created_at", "-pk")


class Written(OwnedModel):
    """A private page with its day, kept once however often its form was sent."""

    day = models.DateField()
    submission = models.UUIDField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["person", "-day"], name="plans_%(class)s_newest")]
        constraints = [models.UniqueConstraint(fields=["person", "submission"], name="plans_%(class)s_saved_once")]


class JournalEntryQuerySet(WrittenQuerySet["JournalEntry"]):
    pass


class JournalEntry(Written):
    """One page of the journal, with the question that it started from."""

    prompt = PrivateTextField(blank=True)
    text = PrivateTextField()
    mood = models.PositiveSmallIntegerField(null=True, blank=True)  # 1–5, as in the check-in

    objects = JournalEntryQuerySet.as_manager()

    class Meta(Written.Meta):
        verbose_name_plural = "journal entries"
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="plans_entry_says_something"),
            models.CheckConstraint(condition=Q(mood=None) | Q(mood__range=(1, 5)), name="plans_entry_mood_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:entry-edit", args=[self.pk])


class ThoughtRecordQuerySet(WrittenQuerySet["ThoughtRecord"]):
    pass


class ThoughtRecord(Written):
    """One thought, what speaks for it and against it, and another way to see it."""

    situation = PrivateTextField(blank=True)
    thought = PrivateTextField()
    feeling = PrivateTextField(blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10, how strong the feeling was
    speaks_for = PrivateTextField(blank=True)
    speaks_against = PrivateTextField(blank=True)
    instead = PrivateTextField(blank=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ThoughtRecordQuerySet.as_manager()

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(thought=""), name="plans_thought_says_something"),
            models.CheckConstraint(
                condition=Q(before=None) | Q(before__range=(0, 10)), name="plans_thought_before_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(after=None) | Q(after__range=(0, 10)), name="plans_thought_after_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return f"Thought record {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:thought-edit", args=[self.pk])


class WeighingQuerySet(WrittenQuerySet["Weighing"]):
    pass


class Weighing(Written):
    """Four answers: what using gives and costs, what changing gives and costs. The newest is quoted in Help now."""

    use_gives = PrivateTextField(blank=True)
    use_costs = PrivateTextField(blank=True)
    change_gives = PrivateTextField(blank=True)
    change_costs = PrivateTextField(blank=True)

    objects = WeighingQuerySet.as_manager()

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(use_gives="", use_costs="", change_gives="", change_costs=""),
                name="plans_weighing_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Weighing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:weighing-edit", args=[self.pk])
