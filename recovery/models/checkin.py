"""Check-ins: one short self-report per person per local day."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from plans.models.day import PartOfDay as PartOfDay  # the same parts of the day as the plan knows

# From this craving up, the page offers the plan and the people, not a chart.
STRONG_CRAVING = 7
# The longest note, in characters.
NOTE_LENGTH = 4000
HALT_WORDS = {"h": _("Hungry"), "a": _("Angry"), "l": _("Lonely"), "t": _("Tired")}
# Any set of these, by first letters.
HALT_SETS = ["".join(letters) for size in range(5) for letters in combinations(HALT_WORDS, size)]


class Mood(models.IntegerChoices):
    ROUGH = 1, _("Rough")
    LOW = 2, _("Low")
    OKAY = 3, _("Okay")
    GOOD = 4, _("Good")
    BRIGHT = 5, _("Bright")


class Used(models.TextChoices):
    NO = "no", _("No")
    YES = "yes", _("Yes")
    SKIP = "skip", _("Skip")


class Medication(models.TextChoices):
    TAKEN = "taken", _("Taken")
    MISSED = "missed", _("Missed")
    NONE = "none", _("I take none")


class Connection(models.TextChoices):
    MEETING = "meeting", _("A meeting")
    TALKED = "talked", _("Talked to someone")
    NONE = "none", _("Not today")


class SleepQuality(models.IntegerChoices):
    POOR = 1, _("Poor")
    OKAY = 2, _("Okay")
    GOOD = 3, _("Good")


class Answers(models.Model):
    """What a check-in may say. All of it may be left out but the mood; empty means “not answered”, never zero."""

    craving = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10 at its strongest
    sleep_half_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    used = models.CharField(max_length=4, choices=Used, blank=True)
    over_limit = models.BooleanField(null=True, blank=True)  # cutting down: more than the person meant to
    something_else = models.BooleanField(null=True, blank=True)  # around today, and not on the list of triggers
    met = models.JSONField(default=list, blank=True)  # [[trigger id, intensity 1–10 or null], …]
    strategies = models.JSONField(default=list, blank=True)  # [[strategy id, outcome or ""], …]
    note = PrivateTextField(blank=True)  # never shared, with anyone
    medication = models.CharField(max_length=6, choices=Medication, blank=True)
    connection = models.CharField(max_length=7, choices=Connection, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–10 for tomorrow
    halt = models.CharField(max_length=4, blank=True)  # letters of hungry, angry, lonely, tired
    risky_ahead = models.BooleanField(null=True, blank=True)
    sleep_quality = models.PositiveSmallIntegerField(choices=SleepQuality, null=True, blank=True)
    craving_when = models.CharField(max_length=9, choices=PartOfDay, blank=True)
    good_things = PrivateTextField(blank=True)  # up to three lines, never shared
    answered_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(mood__range=(1, 5)) | Q(mood=None), name="recovery_%(class)s_mood"),
            models.CheckConstraint(
                condition=Q(craving__range=(0, 10)) | Q(craving=None), name="recovery_%(class)s_craving"
            ),
            models.CheckConstraint(
                condition=Q(sleep_half_hours__range=(0, 48)) | Q(sleep_half_hours=None),
                name="recovery_%(class)s_sleep",
            ),
            models.CheckConstraint(
                condition=Q(confidence__range=(0, 10)) | Q(confidence=None), name="recovery_%(class)s_confidence"
            ),
            models.CheckConstraint(
                condition=Q(sleep_quality__range=(1, 3)) | Q(sleep_quality=None), name="recovery_%(class)s_quality"
            ),
            models.CheckConstraint(condition=Q(used__in=["", *Used.values]), name="recovery_%(class)s_used"),
            models.CheckConstraint(
                condition=Q(medication__in=["", *Medication.values]), name="recovery_%(class)s_medication"
            ),
            models.CheckConstraint(
                condition=Q(connection__in=["", *Connection.values]), name="recovery_%(class)s_connection"
            ),
            models.CheckConstraint(
                condition=Q(craving_when__in=["", *PartOfDay.values]), name="recovery_%(class)s_when"
            ),
            models.CheckConstraint(condition=Q(halt__in=HALT_SETS), name="recovery_%(class)s_halt"),
        ]

    @property
    def sleep_hours(self) -> float | None:
        return None if self.sleep_half_hours is None else self.sleep_half_hours / 2

    @property
    def sleep_text(self) -> str:
        """Hours of sleep as people write them: 7 or 6.5."""
        return "" if self.sleep_hours is None else f"{self.sleep_hours:g}"

    def answers(self) -> dict[str, Any]:
        """Everything that was said, by name; private text opened where the viewer may."""
        return {name: getattr(self, name) for name in ANSWER_NAMES}


class CheckInQuerySet(OwnedQuerySet["CheckIn"]):
    def between(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def newest_first(self) -> Self:
        return self.order_by("-day")

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)


class CheckIn(OwnedModel, Answers):
    """How one day went: what all submissions for that day say together."""

    day = models.DateField()
    mood = models.PositiveSmallIntegerField(choices=Mood)
    late = models.BooleanField(default=False)  # answered on a later day than the one it is about

    objects = CheckInQuerySet.as_manager()

    class Meta(Answers.Meta):
        constraints = [
            *Answers.Meta.constraints,
            models.UniqueConstraint(fields=["person", "day"], name="recovery_one_checkin_a_day"),
        ]

    def __str__(self) -> str:
        return f"Check-in {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recovery:checkin-day", args=[self.day])

    @property
    def is_strong(self) -> bool:
        """A craving, or a rough day with use, that deserves company before numbers."""
        strong = self.craving is not None and self.craving >= STRONG_CRAVING
        return strong or (self.mood == Mood.ROUGH and self.used == Used.YES)

    @property
    def is_hard(self) -> bool:
        """A day on which it may help to read what was good on others."""
        return self.is_strong or self.mood == Mood.ROUGH


class CheckInVersionQuerySet(OwnedQuerySet["CheckInVersion"]):
    def in_order(self) -> Self:
        """From the earliest answer to the latest."""
        return self.order_by("answered_at", "created_at")


class CheckInVersion(OwnedModel, Answers):
    """One submission as it arrived. The check-in is what its versions say together, whatever order they came in."""

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="versions")
    submission = models.UUIDField()  # made by the form or the client; names this one submission
    mood = models.PositiveSmallIntegerField(choices=Mood, null=True, blank=True)
    whole = models.BooleanField(default=False)  # an edit: what it leaves empty is meant to be empty

    objects = CheckInVersionQuerySet.as_manager()

    class Meta(Answers.Meta):
        constraints = [
            *Answers.Meta.constraints,
            models.UniqueConstraint(fields=["person", "submission"], name="recovery_one_version_a_submission"),
        ]

    def __str__(self) -> str:
        return f"Version {self.pk}"


# The answers by name, mood first; `answered_at` is when, not what.
ANSWER_NAMES = (
    "mood",
    *(field.name for field in Answers._meta.local_fields if field.name != "answered_at"),
)
