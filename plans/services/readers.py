"""What other rooms ask of the plan; each answer is one query."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Subquery

from accounts.models import User
from accounts.prepared import Prepared
from plans.models import (
    Activity,
    Contact,
    Item,
    LitDay,
    Plan,
    Reason,
    Ride,
    Strategy,
    StrategyUse,
    Trigger,
    TriggerMet,
)
from plans.ordering import Tally

_lit: Prepared[int] = Prepared(
    lambda person: (
        LitDay.objects.of(person)
        .values("person")
        .annotate(days=Count("day", distinct=True))
        .values_list("days", flat=True)
    )
)
_lit_days: Prepared[date] = Prepared(
    lambda person, first, last: LitDay.objects.of(person).filter(day__range=(first, last)).values_list("day", flat=True)
)
_lit_lately: Prepared[tuple[date, int]] = Prepared(
    lambda person, first, last: (
        LitDay.objects.of(person)
        .filter(day__range=(first, last))
        .annotate(
            days=Subquery(
                LitDay.objects.of(person).values("person").annotate(days=Count("day", distinct=True)).values("days")
            )
        )
        .values_list("day", "days")
    )
)
_reasons: Prepared[Reason] = Prepared(lambda person: Reason.objects.of(person).in_order())
_contacts: Prepared[Contact] = Prepared(lambda person: Contact.objects.of(person).in_order())
_strategies: Prepared[Strategy] = Prepared(lambda person: Strategy.objects.of(person).in_use().in_order())
_activities: Prepared[Activity] = Prepared(lambda person: Activity.objects.of(person).in_order())
_helped = Prepared(lambda person: StrategyUse.objects.of(person).by_strategy())
_tallied: Prepared[Strategy] = Prepared(lambda person: Strategy.objects.of(person).in_use().with_tally().in_order())
_items: Prepared[Item] = Prepared(
    lambda person: Item.objects.of(person).order_by("part", "position", "created_at", "pk")
)
# A day on which a trigger was met and a strategy tried, told by the same check-in or ride.
_helped_here: Prepared[tuple[UUID, int, int]] = Prepared(
    lambda person, trigger: (
        StrategyUse.objects.of(person)
        .filter(source__in=TriggerMet.objects.of(person).filter(trigger=trigger).values("source"))
        .by_strategy()
    )
)
_met_often: Prepared[tuple[UUID, int, date]] = Prepared(
    lambda person, first: (
        TriggerMet.objects.of(person)
        .filter(day__gte=first)
        .values_list("trigger_id")
        .annotate(days=Count("day", distinct=True), last=Max("day"))
        .order_by()
    )
)
_met_when: Prepared[tuple[UUID, str, int]] = Prepared(
    lambda person, first: (
        TriggerMet.objects.of(person)
        .filter(day__gte=first)
        .exclude(part_of_day="")
        .values_list("trigger_id", "part_of_day")
        .annotate(days=Count("day", distinct=True))
        .order_by()
    )
)
_rides: Prepared[tuple[datetime, int | None]] = Prepared(
    lambda person, first, last: (
        Ride.objects.of(person)
        .filter(day__range=(first, last), strongest__isnull=False)
        .values_list("started_at", "strongest")
    )
)
_met: Prepared[tuple[UUID, date]] = Prepared(
    lambda person, first, last: (
        TriggerMet.objects.of(person).filter(day__range=(first, last)).values_list("trigger_id", "day")
    )
)
_triggers: Prepared[Trigger] = Prepared(lambda person: Trigger.objects.of(person).strongest_first())
_rides_eased: Prepared[int] = Prepared(
    lambda person: (
        Ride.objects.of(person).eased().values("person").annotate(rides=Count("pk")).values_list("rides", flat=True)
    )
)


def days_lit(person: User) -> int:
    """Return how many days are lit: it falls only when the person deletes what lit them."""
    return sum(_lit(person=person.pk))


def lit_days(person: User, first: date, last: date) -> set[date]:
    """Return the days from first to last that are lit, by whatever lit them."""
    return set(_lit_days(person=person.pk, first=first, last=last))


def lit_lately(person: User, first: date, last: date) -> tuple[int, set[date]]:
    """Return how many days are lit in all, and which from first to last. One query for whoever was here lately."""
    found = _lit_lately(person=person.pk, first=first, last=last)
    if not found:
        return days_lit(person), set()
    return found[0][1], {day for day, _all in found}


def has_begun(person: User) -> bool:
    """Return whether any day is lit or anything stands in the plan."""
    return LitDay.objects.of(person).exists() or Plan.objects.of(person).exists()


def has_plan(person: User) -> bool:
    """Return whether anything was ever written into the plan."""
    return Plan.objects.of(person).exists()


def rides_taken(person: User) -> int:
    """Return how many urges were ridden out, however they went."""
    return Ride.objects.of(person).count()


def top_triggers(person: User, most: int = 6) -> list[Trigger]:
    """Return the triggers in use with the strongest pull."""
    return list(Trigger.objects.of(person).in_use().strongest_first()[:most])


def trigger_names(person: User) -> dict[UUID, Trigger]:
    """Return every trigger by its key, those put away too."""
    return {each.pk: each for each in _triggers(person=person.pk)}


def triggers_met(person: User, first: date, last: date) -> list[tuple[UUID, date]]:
    """Return each trigger's key with each day on which it was met."""
    return _met(person=person.pk, first=first, last=last)


def rides_rated(person: User, first: date, last: date) -> list[tuple[datetime, int]]:
    """Return when each urge began that was ridden out, and how strong it was said to be."""
    found = _rides(person=person.pk, first=first, last=last)
    return [(at, strongest) for at, strongest in found if strongest is not None]


def reasons(person: User) -> list[Reason]:
    """Return the person's reasons in their order."""
    return _reasons(person=person.pk)


def contacts(person: User, most: int | None = None) -> list[Contact]:
    """Return the people to call, in the order to call them."""
    return _contacts(person=person.pk)[:most]


def strategies(person: User, most: int | None = None) -> list[Strategy]:
    """Return the person's strategies in their order."""
    return _strategies(person=person.pk)[:most]


def tallied_strategies(person: User) -> list[tuple[Strategy, Tally]]:
    """Return the person's strategies in their order, each with how often it eased things."""
    rows: list[Any] = list(_tallied(person=person.pk))
    return [(row, Tally(row.eased, row.said)) for row in rows]


def activities(person: User) -> list[Activity]:
    """Return what the person wants to do instead, in their order."""
    return _activities(person=person.pk)


def items(person: User) -> dict[str, list[Item]]:
    """Return the plain lists by part, each in its order."""
    found: dict[str, list[Item]] = {part: [] for part in Item.Part.values}
    for item in _items(person=person.pk):
        found[item.part].append(item)
    return found


def helped_with(person: User, trigger: UUID) -> dict[object, Tally]:
    """Return for each strategy's key how often it eased things when this trigger was around."""
    return {strategy: Tally(eased, said) for strategy, eased, said in _helped_here(person=person.pk, trigger=trigger)}


def met_often(person: User, first: date) -> dict[UUID, tuple[int, date]]:
    """Return for each trigger's key on how many days since `first` it was met, and on which last."""
    return {trigger: (days, last) for trigger, days, last in _met_often(person=person.pk, first=first)}


def met_when(person: User, first: date) -> dict[UUID, dict[str, int]]:
    """Return for each trigger's key on how many days since `first` it was met in each part of the day."""
    found: dict[UUID, dict[str, int]] = {}
    for trigger, part, days in _met_when(person=person.pk, first=first):
        found.setdefault(trigger, {})[part] = days
    return found


def helped(person: User) -> dict[object, tuple[int, int]]:
    """Return for each strategy's key how often it eased things, of how many times the person said."""
    return {strategy: (eased, said) for strategy, eased, said in _helped(person=person.pk)}


def rides_eased(person: User) -> int:
    """Return how many urges the person has said eased."""
    return sum(_rides_eased(person=person.pk))
