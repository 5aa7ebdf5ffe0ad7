"""Strategies, activities and reasons."""

from datetime import datetime

from accounts.models import User
from plans.models import Activity, Answer, PlanRevision, Reason, Strategy
from plans.services import lists
from plans.services.revisions import changing_plan


def add_strategy(*, person: User, name: str, now: datetime, steps: str = "", minutes: int | None = None) -> Strategy:
    """Add a strategy, last in the order."""
    return lists.put_last(Strategy, person=person, now=now, name=name, steps=steps, minutes=minutes)


def change_strategy(*, strategy: Strategy, name: str, steps: str, minutes: int | None, now: datetime) -> Strategy:
    """Change a strategy; how often it helped stays with it."""
    return lists.change(strategy, now=now, name=name, steps=steps, minutes=minutes)


def remove_strategy(*, strategy: Strategy, now: datetime) -> None:
    """Delete a strategy for good; an answer that also has own words keeps those."""
    with changing_plan(strategy.person, PlanRevision.Deed.REMOVED, PlanRevision.Part.STRATEGIES, now=now):
        Answer.objects.of(strategy.person).filter(strategy=strategy).exclude(words="").update(strategy=None)
        strategy.delete()


def add_activity(*, person: User, name: str, now: datetime, when: str = "") -> Activity:
    """Add something good to do, last in the order."""
    return lists.put_last(Activity, person=person, now=now, name=name, when=when)


def change_activity(*, activity: Activity, name: str, when: str, now: datetime) -> Activity:
    return lists.change(activity, now=now, name=name, when=when)


def add_reason(*, person: User, text: str, now: datetime) -> Reason:
    """Add a reason, last in the order; the first one is shown at 2 am."""
    return lists.put_last(Reason, person=person, now=now, text=text)


def change_reason(*, reason: Reason, text: str, now: datetime) -> Reason:
    return lists.change(reason, now=now, text=text)
