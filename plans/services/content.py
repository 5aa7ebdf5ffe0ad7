"""What the whole plan says, as plain values: the columns of each part, for a revision and back from one."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models

from accounts.models import User
from plans.models import Activity, Answer, Contact, Item, Plan, PlanRevision, Reason, Strategy, Trigger

Row = dict[str, Any]
Content = dict[str, list[Row]]


class Shape(NamedTuple):
    """How one part of the plan lies in the database: its rows in the order they are read, and its own columns."""

    rows: Callable[[User], "models.QuerySet[Any]"]
    make: Callable[[User], Any]
    fields: tuple[str, ...]


def _items(part: Item.Part) -> Shape:
    return Shape(
        lambda person: Item.objects.of(person).filter(part=part).in_order(),
        lambda person: Item(person=person, part=part),
        ("kind", "text", "detail"),
    )


# In the order of the plan page. Triggers come after strategies, since their answers name them.
SHAPES: dict[str, Shape] = {
    "reasons": Shape(lambda who: Reason.objects.of(who).in_order(), lambda who: Reason(person=who), ("text",)),
    "signs": _items(Item.Part.SIGNS),
    "strategies": Shape(
        lambda who: Strategy.objects.of(who).in_use().in_order(),
        lambda who: Strategy(person=who),
        ("name", "steps", "minutes", "where"),
    ),
    "triggers": Shape(
        lambda who: Trigger.objects.of(who).in_use().strongest_first(),
        lambda who: Trigger(person=who),
        ("name", "category", "impact", "avoidable", "note"),
    ),
    "activities": Shape(
        lambda who: Activity.objects.of(who).in_order(),
        lambda who: Activity(person=who),
        ("name", "when", "company", "cost"),
    ),
    "places": _items(Item.Part.PLACES),
    "contacts": Shape(
        lambda who: Contact.objects.of(who).in_order(),
        lambda who: Contact(person=who),
        ("name", "kind", "relation", "number", "number_type", "may_know", "has_agreed", "hours", "script", "tested_on"),
    ),
    "safer": _items(Item.Part.SAFER),
    "support": _items(Item.Part.SUPPORT),
    "help_me": _items(Item.Part.HELP_ME),
}
ABOUT = ("confidence", "review_on")


def snapshot(person: User, plan: Plan) -> Content:
    """Return the plan as it stands; every row with its key, so that two versions can be laid side by side."""
    content = {part: [_as_values(row, shape.fields) for row in shape.rows(person)] for part, shape in SHAPES.items()}
    names = {row["id"]: row["name"] for row in content["strategies"]}
    answers: dict[str, list[Row]] = {}
    for answer in Answer.objects.of(person).in_order():
        strategy = str(answer.strategy_id or "")
        said = {"id": str(answer.pk), "strategy": strategy, "words": answer.words}
        text = " – ".join(part for part in (names.get(strategy, ""), answer.words) if part)
        answers.setdefault(str(answer.trigger_id), []).append({**said, "text": text})
    for row in content["triggers"]:
        row["answers"] = answers.get(row["id"], [])
    content["plan"] = [_as_values(plan, ABOUT)]
    return content


def read(revision: PlanRevision) -> Content:
    """Return what a revision says, in today's shape: those of the first releases had no keys and answers as lines."""
    content = {part: [dict(row) for row in rows] for part, rows in revision.parts.items()}
    for row in content.get("triggers", []):
        row["answers"] = [
            {"id": "", "strategy": "", "words": said, "text": said} if isinstance(said, str) else said
            for said in row.get("answers", [])
        ]
    return content


def _as_values(row: Any, fields: tuple[str, ...]) -> Row:
    return {"id": str(row.pk), **{name: _plain(getattr(row, name)) for name in fields}}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
