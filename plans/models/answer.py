"""If-then answers: when this trigger comes, I do that."""

from django.db import models
from django.db.models import Q

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet
from plans.models.strategy import Strategy
from plans.models.trigger import Trigger


class AnswerQuerySet(PlacedQuerySet["Answer"]):
    pass


class Answer(Placed):
    """What the person will do about one trigger: one of their strategies, their own words, or both."""

    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="answers")
    # CASCADE, because an account goes in one sweep; `remove_strategy` first keeps the answers that have own words.
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    words = PrivateTextField(blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trigger", "strategy"], name="plans_one_answer_a_strategy"),
            models.CheckConstraint(
                condition=Q(strategy__isnull=False) | ~Q(words=""), name="plans_answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"

    @property
    def text(self) -> str:
        """The answer as one line."""
        return " – ".join(part for part in (self.strategy.name if self.strategy else "", self.words) if part)
