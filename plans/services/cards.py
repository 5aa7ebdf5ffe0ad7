"""The plan as it is read: triggers with their answers, strategies with how they did, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from accounts.models import User
from accounts.prepared import Prepared
from plans import gaps
from plans.models import Activity, Answer, Contact, Item, Medication, Plan, Reason, Strategy, Trigger
from plans.models.day import PartOfDay
from plans.ordering import NOTHING_SAID, Tally, most_helpful_first
from plans.services import readers
from plans.services.reviews import next_review

_plan: Prepared[Plan] = Prepared(lambda person: Plan.objects.of(person))
_triggers: Prepared[Trigger] = Prepared(
    lambda person: Trigger.objects.of(person).in_use().with_first_rating().strongest_first()
)
_answers: Prepared[Answer] = Prepared(lambda person: Answer.objects.of(person).select_related("strategy").in_order())

_medications: Prepared[Medication] = Prepared(lambda person: Medication.objects.of(person).in_use().in_order())
# How far back “how often” looks.
OFTEN = timedelta(days=30)
WHEN = timedelta(days=90)

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
    days_met: int = 0  # of the last 30
    last_met: date | None = None

    @property
    def icon(self) -> str:
        return ICONS[Trigger.Category(self.trigger.category)]

    @property
    def heat(self) -> int:
        """How strong × how often: the pull, 1–10, times the days of the last 30 on which it was met."""
        return self.trigger.impact * self.days_met

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
    contacts: list[Contact]  # those who are not paid for it
    professionals: list[Contact]
    items: dict[str, list[Item]]
    medications: list[Medication]
    unanswered: list[Trigger]  # strong ones without an answer, also those that are not shown
    review_on: date | None

    @property
    def has_naloxone(self) -> bool:
        return any(item.kind == "naloxone" for item in self.items["safer"])

    @property
    def around(self) -> list[gaps.Around]:
        people = [contact.kind for contact in [*self.contacts, *self.professionals]]
        return gaps.support_map(people, [item.kind for item in self.items["support"]])

    @property
    def gap_count(self) -> int:
        """Return how many things are named as missing."""
        missing = [*self.fullness.empty, *self.unanswered, *(side for side in self.around if side.is_gap)]
        return len(missing) + (not self.has_naloxone)

    @property
    def fullness(self) -> gaps.Fullness:
        return gaps.fullness(
            {
                "signs": len(self.items["signs"]),
                "triggers": self.trigger_count,
                "strategies": len(self.strategies),
                "activities": len(self.activities) + len(self.items["places"]),
                "contacts": len(self.contacts),
                "professionals": len(self.professionals),
                "safer": len(self.items["safer"]),
                "support": len(self.items["support"]),
                "reasons": len(self.reasons),
            }
        )


def trigger_cards(person: User, triggers: Sequence[Trigger], today: date) -> list[TriggerCard]:
    """Return triggers that came `with_first_rating()`, with answers and how often they were met; two queries."""
    met = readers.met_often(person, today - OFTEN)
    answers: dict[object, list[Answer]] = {}
    for answer in _answers(person=person.pk):
        answers.setdefault(answer.trigger_id, []).append(answer)
    return [
        TriggerCard(
            trigger,
            answers.get(trigger.pk, []),
            getattr(trigger, "first_impact", None) or trigger.impact,
            getattr(trigger, "first_at", None) or trigger.created_at,
            *met.get(trigger.pk, (0, None)),
        )
        for trigger in triggers
    ]


def strategy_cards(person: User) -> list[StrategyCard]:
    """Return the strategies in their order, each with how it did; one query."""
    return [StrategyCard(row, *tally) for row, tally in readers.tallied_strategies(person)]


def what_has_worked(person: User, most: int = 3, *, trigger: UUID | None = None) -> list[StrategyCard]:
    """Return the strategies from the most promising on, for one trigger where one is given (plans/ordering.py).

    A card says how often its strategy eased things overall, or with this trigger where that was ever said.
    """
    cards = strategy_cards(person)
    here = readers.helped_with(person, trigger) if trigger else {}
    own = (
        {answer.strategy_id for answer in _answers(person=person.pk) if answer.trigger_id == trigger} if trigger else ()
    )
    rows = []
    for card in cards:
        with_it = here.get(card.strategy.pk, NOTHING_SAID)
        shown = StrategyCard(card.strategy, *with_it) if with_it.said else card
        rows.append((shown, Tally(card.eased, card.said), with_it, card.strategy.pk in own))
    return most_helpful_first(rows)[:most]


def answers_to(person: User, trigger: UUID) -> list[Answer]:
    """Return what the person meant to do about a trigger."""
    return [answer for answer in _answers(person=person.pk) if answer.trigger_id == trigger and answer.text]


def heat_list(person: User, today: date) -> list[TriggerCard]:
    """Return the triggers in use by how strong × how often, the hottest first."""
    cards = trigger_cards(person, _triggers(person=person.pk), today)
    return sorted(cards, key=lambda card: (-card.heat, -card.trigger.impact))


def times_of_day(person: User, today: date) -> list[tuple[Trigger, list[int]]]:
    """Return the triggers with a known hour in the last 90 days, and on how many days in each part of the day."""
    met = readers.met_when(person, today - WHEN)
    rows = [(trigger, met[trigger.pk]) for trigger in _triggers(person=person.pk) if trigger.pk in met]
    return [(trigger, [parts.get(part, 0) for part in PartOfDay.values]) for trigger, parts in rows]


def whole_plan(person: User, *, today: date, most_triggers: int = MOST_SHOWN) -> WholePlan:
    """Return the person's plan in a fixed number of queries."""
    triggers = _triggers(person=person.pk)
    cards = trigger_cards(person, triggers, today)
    plan = next(iter(_plan(person=person.pk)), None)
    contacts = readers.contacts(person)
    return WholePlan(
        plan=plan,
        reasons=readers.reasons(person),
        triggers=cards[:most_triggers],
        trigger_count=len(triggers),
        strategies=strategy_cards(person),
        activities=readers.activities(person),
        contacts=[contact for contact in contacts if not contact.is_professional],
        professionals=[contact for contact in contacts if contact.is_professional],
        items=readers.items(person),
        medications=_medications(person=person.pk),
        unanswered=gaps.unanswered([(card.trigger, card.answers) for card in cards]),
        review_on=next_review(person, plan),
    )
