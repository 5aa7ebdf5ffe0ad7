"""What other rooms ask of the plan; each answer is one query."""

from accounts.models import User
from plans.models import Contact, LitDay, Plan, Reason, Ride, Strategy, StrategyUse, Trigger


def days_lit(person: User) -> int:
    """Return how many days are lit: it falls only when the person deletes what lit them."""
    return LitDay.objects.of(person).values("day").distinct().count()


def has_begun(person: User) -> bool:
    """Return whether any day is lit or anything stands in the plan."""
    return LitDay.objects.of(person).exists() or Plan.objects.of(person).exists()


def top_triggers(person: User, most: int = 6) -> list[Trigger]:
    """Return the triggers in use with the strongest pull."""
    return list(Trigger.objects.of(person).in_use().strongest_first()[:most])


def reasons(person: User) -> list[Reason]:
    """Return the person's reasons in their order."""
    return list(Reason.objects.of(person).in_order())


def contacts(person: User, most: int | None = None) -> list[Contact]:
    """Return the people to call, in the order to call them."""
    return list(Contact.objects.of(person).in_order()[:most])


def strategies(person: User, most: int | None = None) -> list[Strategy]:
    """Return the person's strategies in their order."""
    return list(Strategy.objects.of(person).in_order()[:most])


def helped(person: User) -> dict[object, tuple[int, int]]:
    """Return for each strategy's key how often it eased things, of how many times the person said."""
    return StrategyUse.objects.of(person).by_strategy()


def rides_eased(person: User) -> int:
    """Return how many urges the person has said eased."""
    return Ride.objects.of(person).eased().count()
