"""Versions of the plan in words: what a column is called and what its values mean."""

from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.compare import called, differences
from plans.models import Activity, Contact, PlanRevision, Strategy, Trigger
from plans.models.item import KINDS
from plans.phones import for_reading
from plans.services.content import SHAPES, read

LABELS = {
    "name": _("Name"),
    "text": _("Words"),
    "kind": _("Kind"),
    "detail": _("More"),
    "steps": _("Steps"),
    "minutes": _("Minutes"),
    "where": _("Where"),
    "category": _("Kind"),
    "impact": _("Pull"),
    "avoidable": _("Can be avoided"),
    "note": _("Note"),
    "answers": _("Answers"),
    "when": _("When"),
    "company": _("With whom"),
    "cost": _("Cost"),
    "relation": _("Who they are"),
    "number": _("Number"),
    "may_know": _("May know"),
    "has_agreed": _("Was asked"),
    "hours": _("When to reach them"),
    "script": _("What to say"),
    "tested_on": _("Number tried on"),
    "confidence": _("How sure"),
    "review_on": _("Next look"),
}
VALUES: dict[str, dict[str, Any]] = {
    "category": dict(Trigger.Category.choices),
    "avoidable": dict(Trigger.Avoidable.choices),
    "where": dict(Strategy.Where.choices),
    "company": dict(Activity.Company.choices),
    "cost": dict(Activity.Cost.choices),
}
KIND_VALUES: dict[str, dict[str, Any]] = {"contacts": dict(Contact.Kind.choices), **KINDS}
DEEDS = {"added": _("Added"), "removed": _("Taken out"), "changed": _("Changed"), "moved": _("Moved")}


class ToldRow(NamedTuple):
    name: str
    lines: list[tuple[Any, str]]  # label and value of whatever else it says


class ToldPart(NamedTuple):
    title: Any
    rows: list[ToldRow]


class ToldChange(NamedTuple):
    deed: Any
    name: str
    fields: list[tuple[Any, str, str]]  # label, before, after


def title_of(part: str) -> Any:
    return PlanRevision.Part(part).label


def told_parts(revision: PlanRevision) -> list[ToldPart]:
    """Return every part of a version with its rows in words, in the order of the page."""
    content = read(revision)
    return [ToldPart(title_of(part), [_row(part, row) for row in content.get(part, [])]) for part in SHAPES]


def told_changes(older: PlanRevision, newer: PlanRevision) -> list[tuple[Any, list[ToldChange]]]:
    """Return what differs between two versions, part by part, in words."""
    return [
        (
            title_of(found.part),
            [
                ToldChange(
                    DEEDS[change.kind],
                    change.name,
                    [(LABELS.get(name, name), _value(found.part, name, was), _value(found.part, name, now))
                     for name, was, now in change.fields],
                )
                for change in found.changes
            ],
        )
        for found in differences(read(older), read(newer))
    ]  # fmt: skip


def _row(part: str, row: dict[str, Any]) -> ToldRow:
    rest = [(name, value) for name, value in row.items() if name in LABELS and name not in {"name", "text"}]
    lines = [(LABELS[name], _value(part, name, value)) for name, value in rest]
    return ToldRow(called(row), [(label, said) for label, said in lines if said])


def _value(part: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else ""
    if isinstance(value, list):
        return "; ".join(str(each["text"] if isinstance(each, dict) else each) for each in value)
    if name == "kind":
        return str(KIND_VALUES.get(part, {}).get(value, value or ""))
    if name == "number" and value:
        return for_reading(value)
    return "" if value is None else str(VALUES.get(name, {}).get(value, value))
