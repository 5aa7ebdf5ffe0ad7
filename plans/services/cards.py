"""The plan as it is read: triggers with their answers, strategies with how they did, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.prepared import Prepared
from plans import gaps
from plans.models import Activity, Answer, Contact, Plan, Reason, Strategy, Trigger
from plans.services import readers

_plan: Prepared[Plan] = Prepared(lambda person: Plan.objects.of(person))
_triggers: Prepared[Trigger] = Prepared(
    lambda person: Trigger.objects.of(person).in_use().with_first_rating().strongest_first()
)
_answers: Prepared[Answer] = Prepared(lambda person: Answer.objects.of(person).select_related("strategy").in_order())

# More than this is not read at 2 am; the rest is on the list's further pages.
MOST_SHOWN = 12

ICONS = {
    Trigger.Category.STRESS: "wind",
    Trigger.Category.EMOTIONAL: "heart",
    Trigger.Category.SOCIAL: "people",
    Trigger.Category.PLACE: "pin",
    Trigger.Category.PHYSICAL: "body",
    Trigger.Category.POSITIVE: "sun",
    Trigger.Category.MONEY: "clock",
    Trigger.Category.CONFLICT: "comment",
    Trigger.Category.BOREDOM: "moon",
    Trigger.Category.ANNIVERSARY: "calendar",
    Trigger.Category.ONLINE: "globe",
}


@dataclass(frozen=True)
class TriggerCard:
    """One trigger with what the person will do about it, and where its pull began."""

    trigger: Trigger
    answers: list[Answer]
    first_impact: int
    first_at: datetime

    @property
    def icon(self) -> str:
        return ICONS[Trigger.Category(self.trigger.category)]

    @property
    def is_gap(self) -> bool:
        return bool(gaps.unanswered([(self.trigger, self.answers)]))


@dataclass(frozen=True)
class StrategyCard:
    """One strategy with how often it eased things, of how many times the person said."""

    strategy: Strategy
    eased: int
    said: int


@dataclass(frozen=True)
class WholePlan:
    """Everything on the plan page; the strongest triggers only, with how many there are."""

    plan: Plan | None
    reasons: list[Reason]
    triggers: list[TriggerCard]
    trigger_count: int
    strategies: list[StrategyCard]
    activities: list[Activity]
    contacts: list[Contact]

    @property
    def unanswered(self) -> list[Trigger]:
        return gaps.unanswered([(card.trigger, card.answers) for card in self.triggers])

    @property
    def fullness(self) -> gaps.Fullness:
        return gaps.fullness(
            {
                "reasons": len(self.reasons),
                "triggers": self.trigger_count,
                "strategies": len(self.strategies),
                "activities": len(self.activities),
                "contacts": len(self.contacts),
            }
        )


def trigger_cards(person: User, triggers: Sequence[Trigger]) -> list[TriggerCard]:
    """Return triggers that came `with_first_rating()`, with their answers, in the order given; one query."""
    answers: dict[object, list[Answer]] = {}
    for answer in _answers(person=person.pk):
        answers.setdefault(answer.trigger_id, []).append(answer)
    return [
        TriggerCard(
            trigger,
            answers.get(trigger.pk, []),
            getattr(trigger, "first_impact", None) or trigger.impact,
            getattr(trigger, "first_at", None) or trigger.created_at,
        )
        for trigger in triggers
    ]


def strategy_cards(person: User) -> list[StrategyCard]:
    """Return the strategies in their order, each with how it did; two queries."""
    helped = readers.helped(person)
    return [StrategyCard(row, *helped.get(row.pk, (0, 0))) for row in readers.strategies(person)]


def what_has_worked(person: User, most: int = 3) -> list[StrategyCard]:
    """Return the strategies that eased things most often, then the person's own order."""
    return sorted(strategy_cards(person), key=lambda card: -card.eased)[:most]


def whole_plan(person: User, *, most_triggers: int = MOST_SHOWN) -> WholePlan:
    """Return the person's plan in a fixed number of queries."""
    triggers = _triggers(person=person.pk)
    return WholePlan(
        plan=next(iter(_plan(person=person.pk)), None),
        reasons=readers.reasons(person),
        triggers=trigger_cards(person, triggers[:most_triggers]),
        trigger_count=len(triggers),
        strategies=strategy_cards(person),
        activities=readers.activities(person),
        contacts=readers.contacts(person),
    )
