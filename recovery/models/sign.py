"""What somebody decided about an early sign: that its rule is off, or that they have seen it."""

from __future__ import annotations

from django.db import models

from accounts.models import OwnedModel, OwnedQuerySet


class SignChoiceQuerySet(OwnedQuerySet["SignChoice"]):
    pass


class SignChoice(OwnedModel):
    """One person's choice about one rule; without a row the rule is on."""

    rule = models.SlugField(max_length=20)
    is_off = models.BooleanField(default=False)
    dismissed_on = models.DateField(null=True, blank=True)  # what rests on days up to this one is put aside

    objects = SignChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rule"], name="recovery_one_choice_a_sign")]

    def __str__(self) -> str:
        return f"Choice about a sign {self.pk}"
