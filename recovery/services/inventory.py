"""Keeping what makes the road harder and what holds, and taking a suggestion over into the plan."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Activity, Reason, Strategy, Trigger
from plans.services import add_activity, add_reason, add_strategy, add_trigger
from recovery.inventory import STATEMENTS, SUGGESTIONS, Part, Statement, Suggestion
from recovery.models import Inventory


class NoSuchSuggestion(Refusal):
    """It is not among what can be suggested."""


class PullMissing(Refusal):
    """A trigger goes into the plan with how strong its pull is."""


class Suggested(NamedTuple):
    """One sentence that was ticked, with each of its suggestions and whether the plan has it already."""

    statement: Statement
    suggestions: list[tuple[Suggestion, bool]]


@transaction.atomic
def keep_inventory(*, person: User, ticked: Sequence[str], now: datetime, note: str = "") -> Inventory:
    """Keep what was ticked today; looking again today replaces it, earlier days stay.

    :param ticked: slugs of `recovery.inventory`; others are left out
    """
    kept, _made = Inventory.objects.get_or_create(person=person, looked_on=local_day(person, now))
    kept.ticked = " ".join(slug for slug in STATEMENTS if slug in ticked)
    kept.note = note.strip()
    kept.save(update_fields=["ticked", "note"])
    return kept


@transaction.atomic
def forget_inventories(*, person: User) -> None:
    """Delete every look for good; what went into the plan stays there."""
    Inventory.objects.of(person).delete()


def remove_inventory(*, inventory: Inventory) -> None:
    inventory.delete()


def suggested(person: User, ticked: Collection[str]) -> list[Suggested]:
    """Return what was ticked, in order, with its suggestions. Four queries, however much the plan holds."""
    in_plan = {part: _words_of(person, part) for part in Part}
    return [
        Suggested(statement, [(each, _plain(each.words) in in_plan[each.part]) for each in statement.suggests])
        for statement in STATEMENTS.values()
        if statement.slug in ticked
    ]


@transaction.atomic
def take_over(*, person: User, suggestion: str, now: datetime, pull: int | None = None) -> bool:
    """Write a suggestion into the plan, in its own words; return whether it was not there already.

    :param pull: how strong a trigger is, 1–10
    :raises NoSuchSuggestion: when there is none of this name
    :raises PullMissing: for a trigger without its pull
    """
    if suggestion not in SUGGESTIONS:
        raise NoSuchSuggestion(_("This is not on the list any more. Look at it again."))
    found = SUGGESTIONS[suggestion]
    if _plain(found.words) in _words_of(person, found.part):
        return False
    words = str(found.words)
    match found.part:
        case Part.TRIGGER:
            if pull is None:
                raise PullMissing(_("Say how strong the pull is."))
            add_trigger(person=person, name=words, category=found.category, impact=pull, now=now)
        case Part.STRATEGY:
            add_strategy(person=person, name=words, now=now)
        case Part.ACTIVITY:
            add_activity(person=person, name=words, now=now)
        case Part.REASON:
            add_reason(person=person, text=words, now=now)
    return True


def _words_of(person: User, part: Part) -> set[str]:
    match part:
        case Part.TRIGGER:
            return {_plain(row.name) for row in Trigger.objects.of(person)}
        case Part.STRATEGY:
            return {_plain(row.name) for row in Strategy.objects.of(person)}
        case Part.ACTIVITY:
            return {_plain(row.name) for row in Activity.objects.of(person)}
        case Part.REASON:
            return {_plain(row.text) for row in Reason.objects.of(person)}


def _plain(words: object) -> str:
    return " ".join(str(words).casefold().split())
