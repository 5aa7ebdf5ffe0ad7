"""What a person does not want anybody's attention drawn to."""

from __future__ import annotations

from django.db import models

from accounts.models import OwnedModel, OwnedQuerySet


class QuietRuleQuerySet(OwnedQuerySet["QuietRule"]):
    def slugs(self) -> set[str]:
        return set(self.values_list("rule", flat=True))


class QuietRule(OwnedModel):
    """A rule of support.attention that its owner switched off, for everybody they let in."""

    rule = models.CharField(max_length=12)

    objects = QuietRuleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rule"], name="support_a_rule_is_quiet_once")]

    def __str__(self) -> str:
        return f"Quiet rule {self.pk}"
