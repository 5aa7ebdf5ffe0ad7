"""Two versions of the plan side by side: what was added, taken out and worded anew, line by line."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

Row = Mapping[str, Any]
Content = Mapping[str, Sequence[Row]]
# What a row is called; whatever else it holds is told as a change of that.
NAMES = ("name", "text")
# Tell nothing by themselves: keys, and how a number is dialled.
SILENT = {"id", "number_type", "strategy"}


class Change(NamedTuple):
    """One line that differs: kind is added, removed, changed or moved; fields are (column, before, after)."""

    kind: str
    name: str
    fields: list[tuple[str, Any, Any]]


class PartChanges(NamedTuple):
    part: str
    changes: list[Change]


def differences(before: Content, after: Content) -> list[PartChanges]:
    """Return what differs, part by part in the order of `after`; a part without a difference is left out."""
    parts = list(dict.fromkeys([*after, *before]))
    found = [PartChanges(part, _of_part(before.get(part, []), after.get(part, []))) for part in parts]
    return [each for each in found if each.changes]


def called(row: Row) -> str:
    return next((str(row[name]) for name in NAMES if row.get(name)), "")


def _of_part(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    old, new = _by_key(before), _by_key(after)
    # Triggers lie by their pull, so that one which is rated anew would seem to move all the others.
    is_sorted = any("impact" in row for row in after)
    changes = [Change("removed", called(row), []) for key, row in old.items() if key not in new]
    stayed = [key for key in old if key in new]
    place = {key: number for number, key in enumerate(stayed)}
    order = iter(sorted(place[key] for key in new if key in place))
    for key, row in new.items():
        if key not in old:
            changes.append(Change("added", called(row), []))
            continue
        moved = place[key] != next(order) and not is_sorted
        fields = _fields(old[key], row)
        if fields:
            changes.append(Change("changed", called(row), fields))
        elif moved:
            changes.append(Change("moved", called(row), []))
    return changes


def _by_key(rows: Sequence[Row]) -> dict[str, Row]:
    """Return rows by their key; versions of the first releases had none, there the words stand in for it."""
    spare = count()
    keyed: dict[str, Row] = {}
    for row in rows:
        key = str(row.get("id") or f"words {called(row)}")
        keyed[key if key not in keyed else f"{key} {next(spare)}"] = row
    return keyed


def _fields(old: Row, new: Row) -> list[tuple[str, Any, Any]]:
    names = [name for name in dict.fromkeys([*new, *old]) if name not in SILENT]
    pairs = [(name, _said(old.get(name)), _said(new.get(name))) for name in names]
    # A column that the older version did not have yet is no change while it is empty.
    return [(name, was, now) for name, was, now in pairs if was != now and not (_empty(was) and _empty(now))]


def _said(value: Any) -> Any:
    """Return a value as it is told: answers as their lines."""
    if isinstance(value, list):
        return [str(each.get("text", "")) if isinstance(each, Mapping) else str(each) for each in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value is False
