"""An earlier version of the plan brought back: its rows as they were, whatever came since put away or taken out."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import User
from plans import phones
from plans.compare import called
from plans.models import Answer, Plan, PlanRevision, Strategy, Trigger, TriggerRating
from plans.services.content import ABOUT, SHAPES, Row, Shape, read
from plans.services.revisions import changing_plan

Deed, Part = PlanRevision.Deed, PlanRevision.Part


class NothingInIt(Refusal):
    """A version that says nothing, which would empty the plan."""


def restore_revision(*, person: User, revision: PlanRevision, now: datetime) -> None:
    """Make the plan say again what this version says, as one change that leaves a version of its own.

    Triggers and strategies that came later are put away with their history; what was removed since stands there again
    under its own key. Rows that the version does not know are taken out, and stay in the version before this change.

    :raises NothingInIt: when the version cannot be read or holds nothing
    """
    content = read(revision)
    if not any(content.get(part) for part in SHAPES):
        raise NothingInIt(gettext("There is nothing in that version. Your plan stays as it is."))
    with changing_plan(person, Deed.BROUGHT, Part.PLAN, now=now) as plan:
        for part, shape in SHAPES.items():
            if part in content:
                _bring_back(person, shape, content[part], now)
        for row in content.get("plan", []):
            _write(plan, row, ABOUT)


def _bring_back(person: User, shape: Shape, wanted: list[Row], now: datetime) -> None:
    blank = shape.make(person)
    known = list(_all_rows(blank, person))
    by_key = {str(row.pk): row for row in known}
    by_name = {called(vars_of(row, shape.fields)): row for row in known}
    kept = set()
    for position, said in enumerate(wanted):
        row = by_key.get(said.get("id", "")) or (None if said.get("id") else by_name.get(called(said)))
        row = _revive(row or _anew(shape.make(person), said, now), said, shape.fields, position, now)
        if isinstance(row, Trigger):
            _set_answers(row, said.get("answers", []))
        kept.add(row.pk)
    for row in known:
        if row.pk not in kept:
            _take_out(row, now)


def _all_rows(blank: Any, person: User) -> Any:
    rows = type(blank)._default_manager.filter(person=person)
    return rows.filter(part=blank.part) if hasattr(blank, "part") else rows


def vars_of(row: Any, fields: tuple[str, ...]) -> Row:
    return {name: getattr(row, name) for name in fields}


def _anew(row: Any, said: Row, now: datetime) -> Any:
    if said.get("id"):
        row.pk = uuid.UUID(said["id"])
    row.created_at = now
    return row


def _revive(row: Any, said: Row, fields: tuple[str, ...], position: int, now: datetime) -> Any:
    was = None if row._state.adding else getattr(row, "impact", None)
    _write(row, said, fields)
    if "number" in said and "number_type" not in said:
        row.number_type = phones.E164 if said["number"].startswith("+") else phones.SHORT_CODE
    if hasattr(row, "position"):
        row.position = position
    if hasattr(row, "archived_at"):
        row.archived_at = None
    row.version += 0 if row._state.adding else 1
    row.save()
    if isinstance(row, Trigger) and row.impact != was:
        TriggerRating.objects.create(person=row.person, trigger=row, impact=row.impact, rated_at=now, created_at=now)
    return row


def _write(row: Any, said: Row, fields: tuple[str, ...]) -> None:
    for name in fields:
        if name in said:
            setattr(row, name, row._meta.get_field(name).to_python(said[name]))


def _set_answers(trigger: Trigger, wanted: list[Row]) -> None:
    Answer.objects.of(trigger.person).filter(trigger=trigger).delete()
    strategies = {str(row.pk): row for row in Strategy.objects.of(trigger.person)}
    for position, said in enumerate(wanted):
        strategy = strategies.get(said["strategy"])
        if strategy or said["words"]:
            key = {"pk": uuid.UUID(said["id"])} if said["id"] else {}
            Answer(
                person=trigger.person, trigger=trigger, strategy=strategy, words=said["words"], position=position, **key
            ).save(force_insert=True)


def _take_out(row: Any, now: datetime) -> None:
    if isinstance(row, Trigger | Strategy):
        row.archived_at = row.archived_at or now
        row.save(update_fields=["archived_at"])
    elif not isinstance(row, Plan):
        row.delete()
