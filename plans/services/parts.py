"""Strategies, activities, reasons, and the plain lists of items."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Activity, Answer, Item, PlanRevision, Reason, Strategy
from plans.models.item import KINDS
from plans.services import lists
from plans.services.revisions import changing_plan, take


class KindUnknown(Refusal):
    """A kind that the list does not have."""


def add_strategy(
    *, person: User, name: str, now: datetime, steps: str = "", minutes: int | None = None, where: str = ""
) -> Strategy:
    """Add a strategy, last in the order."""
    return lists.put_last(Strategy, person=person, now=now, name=name, steps=steps, minutes=minutes, where=where)


def change_strategy(*, strategy: Strategy, now: datetime, version: int | None = None, **fields: Any) -> Strategy:
    """Change a strategy; how often it helped stays with it.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    return lists.change(strategy, now=now, version=version, **fields)


def remove_strategy(*, strategy: Strategy, now: datetime, version: int | None = None) -> None:
    """Delete a strategy for good; an answer that also has own words keeps those."""
    with changing_plan(strategy.person, PlanRevision.Deed.REMOVED, PlanRevision.Part.STRATEGIES, now=now):
        current = take(strategy, version)
        Answer.objects.of(strategy.person).filter(strategy=strategy).exclude(words="").update(strategy=None)
        current.delete()


def add_activity(
    *, person: User, name: str, now: datetime, when: str = "", company: str = "", cost: str = ""
) -> Activity:
    """Add something good to do, last in the order."""
    return lists.put_last(Activity, person=person, now=now, name=name, when=when, company=company, cost=cost)


def change_activity(*, activity: Activity, now: datetime, version: int | None = None, **fields: Any) -> Activity:
    """Change an activity.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    return lists.change(activity, now=now, version=version, **fields)


def add_reason(*, person: User, text: str, now: datetime) -> Reason:
    """Add a reason, last in the order; the first one is shown at 2 am."""
    return lists.put_last(Reason, person=person, now=now, text=text)


def change_reason(*, reason: Reason, text: str, now: datetime, version: int | None = None) -> Reason:
    """Change a reason.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    return lists.change(reason, now=now, version=version, text=text)


def add_item(*, person: User, part: str, kind: str, text: str, now: datetime, detail: str = "") -> Item:
    """Add a line to one of the plain lists, last in its order; the kind is one of `KINDS[part]`.

    :raises KindUnknown: for a kind of another part
    """
    _check_kind(part, kind)
    return lists.put_last(Item, person=person, now=now, part=part, kind=kind, text=text, detail=detail)


def change_item(*, item: Item, kind: str, text: str, detail: str, now: datetime, version: int | None = None) -> Item:
    """Change a line; it stays in its list.

    :raises KindUnknown: for a kind of another part
    :raises ChangedMeanwhile: when it had another change since `version`
    """
    _check_kind(item.part, kind)
    return lists.change(item, now=now, version=version, kind=kind, text=text, detail=detail)


def _check_kind(part: str, kind: str) -> None:
    if kind not in KINDS.get(part, {}):
        raise KindUnknown(gettext("That kind does not belong to this list. Pick one of those shown."))
