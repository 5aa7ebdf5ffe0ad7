"""What the ordered lists of the plan have in common: adding at the end, moving, removing."""

from datetime import datetime
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Activity, Contact, Placed, PlanRevision, Reason, Strategy
from plans.services.revisions import changing_plan

R = TypeVar("R", Activity, Contact, Reason, Strategy)
Direction = Literal["up", "down"]

# A plan is for reading at 2 am; more than this is a mistake or a script.
MOST_ROWS = 300

PARTS: dict[type[Placed], PlanRevision.Part] = {
    Activity: PlanRevision.Part.ACTIVITIES,
    Contact: PlanRevision.Part.CONTACTS,
    Reason: PlanRevision.Part.REASONS,
    Strategy: PlanRevision.Part.STRATEGIES,
}


class ListFull(Refusal):
    """The list has as many rows as it may."""


def put_last(model: type[R], *, person: User, now: datetime, **fields: Any) -> R:
    """Add a row at the end of its list.

    :raises ListFull: when there are 300 already
    """
    with changing_plan(person, PlanRevision.Deed.ADDED, PARTS[model], now=now):
        row = model(person=person, created_at=now, **fields)
        row.position = free_place(model, person)
        row.save(force_insert=True)
    return row


def free_place(model: type[Placed], person: User, **scope: Any) -> int:
    """Return the place after the last one, with the plan's row held."""
    places = list(model._default_manager.filter(person=person, **scope).values_list("position", flat=True))
    if len(places) >= MOST_ROWS:
        raise ListFull(gettext("This list is full. Take something out first."))
    return max(places, default=-1) + 1


def change(row: R, *, now: datetime, **fields: Any) -> R:
    """Give a row other words."""
    with changing_plan(row.person, PlanRevision.Deed.CHANGED, PARTS[type(row)], now=now):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(force_update=True)
    return row


def move(row: R, direction: Direction, *, now: datetime) -> None:
    """Move a row one place; at the end of the list nothing happens."""
    model = type(row)
    ends = list(model.objects.of(row.person).in_order().values_list("pk", flat=True))
    if ends[0 if direction == "up" else -1] == row.pk:
        return
    with changing_plan(row.person, PlanRevision.Deed.MOVED, PARTS[model], now=now):
        rows = list(model.objects.of(row.person).in_order())
        here = [other.pk for other in rows].index(row.pk)
        there = here + (-1 if direction == "up" else 1)
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        number(model, rows)


def reorder(model: type[R], *, person: User, order: list[Any], now: datetime) -> None:
    """Put a list in this order of keys; rows that it does not name keep their order after them."""
    with changing_plan(person, PlanRevision.Deed.MOVED, PARTS[model], now=now):
        wanted = {key: place for place, key in enumerate(order)}
        rows = list(model.objects.of(person).in_order())
        number(model, sorted(rows, key=lambda row: wanted.get(row.pk, len(wanted))))


def number(model: type[R], rows: list[R]) -> None:
    """Number rows from 0 in the order given."""
    moved = []
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            moved.append(row)
    model.objects.bulk_update(moved, ["position"])


def remove(row: R, *, now: datetime) -> None:
    """Delete a row for good; versions of the plan from before still show it until they are removed too."""
    with changing_plan(row.person, PlanRevision.Deed.REMOVED, PARTS[type(row)], now=now):
        row.delete()
