"""What the ordered lists of the plan have in common: adding at the end, moving, removing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Activity, Contact, Item, Placed, PlanRevision, Reason, Strategy
from plans.services.revisions import changing_plan, take

R = TypeVar("R", Activity, Contact, Item, Reason, Strategy)
Direction = Literal["up", "down"]

# A plan is for reading at 2 am; more than this is a mistake or a script.
MOST_ROWS = 300

PARTS: dict[type[Placed], PlanRevision.Part] = {
    Activity: PlanRevision.Part.ACTIVITIES,
    Contact: PlanRevision.Part.CONTACTS,
    Reason: PlanRevision.Part.REASONS,
    Strategy: PlanRevision.Part.STRATEGIES,
}


def part_of(row: Placed) -> PlanRevision.Part:
    """Return which part of the plan a row stands in."""
    return PlanRevision.Part(row.part) if isinstance(row, Item) else PARTS[type(row)]


class ListFull(Refusal):
    """The list has as many rows as it may."""


def put_last(model: type[R], *, person: User, now: datetime, author: User | None = None, **fields: Any) -> R:
    """Add a row at the end of its list.

    :raises ListFull: when there are 300 already
    """
    row = model(person=person, created_at=now, **fields)
    with changing_plan(person, PlanRevision.Deed.ADDED, part_of(row), now=now, author=author):
        row.position = free_place(model, person, **_list_of(row))
        row.save(force_insert=True)
    return row


def put_all(model: type[R], *, person: User, rows: Sequence[dict[str, Any]], column: str, now: datetime) -> list[R]:
    """Add rows at the end of their list in one change; those whose words (`column`) stand there already are left out.

    :raises ListFull: when there would be more than 300
    """
    blank = model(person=person, **(rows[0] if rows else {}))
    same = model.objects.of(person).filter(**_list_of(blank))
    with changing_plan(person, PlanRevision.Deed.ADDED, part_of(blank), now=now):
        here = {getattr(row, column) for row in same}
        new = {row[column]: row for row in rows if row[column] not in here}
        if len(here) + len(new) > MOST_ROWS:
            raise ListFull(gettext("This list is full. Take something out first."))
        place = free_place(model, person, **_list_of(blank)) if new else 0
        made = [
            model(person=person, created_at=now, position=place + offset, **row)
            for offset, row in enumerate(new.values())
        ]
        for each in made:
            each.save(force_insert=True)
    return made


def free_place(model: type[Placed], person: User, **scope: Any) -> int:
    """Return the place after the last one, with the plan's row held."""
    places = list(model._default_manager.filter(person=person, **scope).values_list("position", flat=True))
    if len(places) >= MOST_ROWS:
        raise ListFull(gettext("This list is full. Take something out first."))
    return max(places, default=-1) + 1


def change(row: R, *, now: datetime, version: int | None = None, author: User | None = None, **fields: Any) -> R:
    """Give a row other words, and return it as it then stands.

    :param version: the version that these words were written against
    :raises ChangedMeanwhile: when it had another change since
    :raises RemovedMeanwhile: when it is gone
    """
    with changing_plan(row.person, PlanRevision.Deed.CHANGED, part_of(row), now=now, author=author):
        current = take(row, version)
        for name, value in fields.items():
            setattr(current, name, value)
        current.save(force_update=True)
    return current


def move(row: R, direction: Direction, *, now: datetime) -> None:
    """Move a row one place; at the end of the list nothing happens."""
    model = type(row)
    same = model.objects.of(row.person).filter(**_list_of(row)).in_order()
    ends = list(same.values_list("pk", flat=True))
    if ends[0 if direction == "up" else -1] == row.pk:
        return
    with changing_plan(row.person, PlanRevision.Deed.MOVED, part_of(row), now=now):
        rows = list(same.all())
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


def remove(row: R, *, now: datetime, version: int | None = None) -> None:
    """Delete a row for good; versions of the plan from before still show it until they are removed too.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    with changing_plan(row.person, PlanRevision.Deed.REMOVED, part_of(row), now=now):
        take(row, version).delete()


def _list_of(row: Placed) -> dict[str, Any]:
    """Return what a row's own list is narrowed by: each part of the items is a list of its own."""
    if isinstance(row, Item):
        return {"part": row.part}
    # What is out of the plan keeps its place without standing in anybody's way.
    return {"archived_at": None} if isinstance(row, Strategy) else {}
