"""Stages of recovery: editable text for everybody, and each person's own way through it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedModel, OwnedQuerySet, User


class StageSetQuerySet(models.QuerySet["StageSet"]):
    def open_to(self, person: User) -> Self:
        """Keep what is offered, and the one that the person is on even if it no longer is."""
        here = StageMove.objects.of(person).newest_first().values("stage__stage_set")[:1]
        return self.filter(Q(is_offered=True) | Q(pk=Subquery(here)))


class StageSet(models.Model):
    """One way to divide the road into stages; administrators write further ones. It has no owner.

    Somebody is on the set of the stage that they moved to last, and before that on the first one offered.
    """

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    is_offered = models.BooleanField(default=False)

    objects = StageSetQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class StageQuerySet(models.QuerySet["Stage"]):
    def open_to(self, person: User) -> Self:
        return self.filter(stage_set__in=StageSet.objects.open_to(person))


class Stage(models.Model):
    """One stretch of ground of a set.

    It has no owner: the text is the same for everybody, and administrators edit it.
    """

    class Guide(models.TextChoices):
        """The page of its own that a stage leads to."""

        NONE = "", _("None")
        CHECK = "check", _("Look at the signs, for yourself")
        HELP = "help", _("What kind of help?")
        GOALS = "goals", _("Small goals")
        WEEK = "week", _("The week")

    # Null only until the release after this one: the version before it makes stages without a set.
    stage_set = models.ForeignKey(StageSet, on_delete=models.PROTECT, null=True, related_name="stages")
    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    alias = models.CharField(max_length=60)  # what the person reads on Today
    summary = models.TextField()
    icon = models.CharField(max_length=20, default="steps")
    typical_length = models.CharField(max_length=160, blank=True)  # in words: no number of days makes or ends a stage
    guide = models.CharField(max_length=8, choices=Guide, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["stage_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage_set", "position"], name="recovery_one_stage_a_position"),
            models.CheckConstraint(
                condition=Q(guide__in=["", "check", "help", "goals", "week"]), name="recovery_stage_guide_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StageTask(models.Model):
    """One small thing to do in a stage. It has no owner, for the same reason."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="tasks")
    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="recovery_one_task_a_position"),
        ]

    def __str__(self) -> str:
        return self.text


class StageLine(models.Model):
    """A line of a stage's page; it has no owner either. The slug stays when the words change."""

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)

    class Meta:
        abstract = True
        ordering = ["stage", "position"]

    def __str__(self) -> str:
        return self.text


class StageSign(StageLine):
    """Something by which people know this stretch; what it may suggest is a goal, never a finding."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="signs")
    goal = models.CharField(max_length=160, blank=True)

    class Meta(StageLine.Meta):
        constraints = [models.UniqueConstraint(fields=["stage", "position"], name="recovery_one_sign_a_position")]


class StageStrategy(StageLine):
    """Something that helps in this stretch, and the page where it can be done."""

    class Page(models.TextChoices):
        # URL names: an address typed by hand would break when one moves.
        NONE = "", _("None")
        HELP_NOW = "help-now", _("Help now")
        SAFETY = "recovery:right-now", _("Right now")
        CHECK_IN = "recovery:checkin", _("Check in")
        INSIGHTS = "recovery:insights", _("Insights")
        PLAN = "plan", _("My plan")
        TRIGGERS = "plans:trigger-list", _("What sets it off")
        STRATEGIES = "plans:strategy-list", _("What helps")
        CONTACTS = "plans:contact-list", _("People to call")
        REASONS = "plans:reason-list", _("Why I'm doing this")
        FIND = "resources:listing-list", _("Find support")

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="strategies")
    leads_to = models.CharField(max_length=40, choices=Page, blank=True)

    class Meta(StageLine.Meta):
        verbose_name_plural = "stage strategies"
        constraints = [models.UniqueConstraint(fields=["stage", "position"], name="recovery_one_way_a_position")]


class StageComponent(StageLine):
    """A part that this stretch is made of, and the small goal it may become."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="components")
    goal = models.CharField(max_length=160, blank=True)

    class Meta(StageLine.Meta):
        constraints = [models.UniqueConstraint(fields=["stage", "position"], name="recovery_one_part_a_position")]


class StageMoveQuerySet(OwnedQuerySet["StageMove"]):
    def newest_first(self) -> Self:
        return self.order_by("-moved_at", "-created_at")


class StageMove(OwnedModel):
    """That the person moved to a stage, forward or back; the newest one says where they are."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-moved_at"], name="recovery_stagemove_newest")]

    def __str__(self) -> str:
        return f"Move {self.pk}"


class TaskDoneQuerySet(OwnedQuerySet["TaskDone"]):
    pass


class TaskDone(OwnedModel):
    """That the person did one small thing."""

    task = models.ForeignKey(StageTask, on_delete=models.CASCADE, related_name="+")
    done_on = models.DateField()

    objects = TaskDoneQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="recovery_one_done_a_task")]

    def __str__(self) -> str:
        return f"Task done {self.pk}"
