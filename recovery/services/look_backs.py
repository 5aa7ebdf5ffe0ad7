"""Looking back at a day with use: step by step, kept in between, and one change taken into the plan."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Trigger
from plans.services import add_answer, add_strategy
from recovery.look_back import FIELDS, LAST, STEPS
from recovery.models import Lapse, LookBack

STRATEGY_NAME_LENGTH = 120


class NothingNoted(Refusal):
    """There is no use on that day to look back at."""


class NoChange(Refusal):
    """There is no change yet that could go into the plan."""


class PlannedAlready(Refusal):
    """The change stands in the plan; it is edited there."""


@transaction.atomic
def begin_look_back(*, person: User, day: date) -> LookBack:
    """Begin a look-back at a day, or go on with the one there is, put away or not.

    :raises NothingNoted: when no use is noted on the day
    """
    kept = LookBack.objects.of(person).select_for_update().filter(day=day).first()
    if kept is None and not Lapse.objects.of(person).filter(day=day).exists():
        raise NothingNoted(_("No use is noted on that day."))
    kept = kept or LookBack.objects.create(person=person, day=day)
    if kept.put_away_at:
        kept.put_away_at = None
        kept.save(update_fields=["put_away_at"])
    return kept


@transaction.atomic
def keep_look_back(
    *, look_back: LookBack, step: int, answers: dict[str, object], now: datetime, skipped: bool = False
) -> LookBack:
    """Keep what a step was answered with, and remember where to go on; after the last step it is finished.

    A step that is skipped leaves what it held before.
    """
    look_back = LookBack.objects.of(look_back.person).select_for_update().get(pk=look_back.pk)
    changed = [] if skipped else [name for name in (STEPS[step - 1].field, "craving") if name in answers]
    for name in changed:
        setattr(look_back, name, answers[name])
    look_back.step = min(step + 1, LAST)
    if step == LAST:
        look_back.finished_at = look_back.finished_at or now
    look_back.save(update_fields=[*changed, "step", "finished_at"])
    return look_back


@transaction.atomic
def change_look_back(*, look_back: LookBack, answers: dict[str, object], now: datetime, finished: bool) -> LookBack:
    """Keep several answers at once, over the API."""
    look_back = LookBack.objects.of(look_back.person).select_for_update().get(pk=look_back.pk)
    changed = [name for name in (*FIELDS, "craving") if name in answers]
    for name in changed:
        setattr(look_back, name, answers[name])
    look_back.finished_at = (look_back.finished_at or now) if finished else None
    look_back.save(update_fields=[*changed, "finished_at"])
    return look_back


@transaction.atomic
def put_away_look_back(*, person: User, day: date, now: datetime) -> LookBack:
    """Say that this day is not to be offered again; what was written stays, and it can be gone on with.

    :raises NothingNoted: when no use is noted on the day
    """
    look_back = begin_look_back(person=person, day=day)
    look_back.put_away_at = now
    look_back.save(update_fields=["put_away_at"])
    return look_back


@transaction.atomic
def plan_change(*, look_back: LookBack, trigger: Trigger | None, now: datetime) -> LookBack:
    """Write the change into the plan, once: as the answer to a trigger, or as something to do.

    :raises NoChange: when none was written down
    :raises PlannedAlready: when it stands there already
    """
    look_back = LookBack.objects.of(look_back.person).select_for_update().get(pk=look_back.pk)
    if look_back.planned_at:
        raise PlannedAlready(_("It stands in your plan already. You can change it there."))
    words = " ".join(look_back.change.split())
    if not words:
        raise NoChange(_("Write the change down first."))
    if trigger is None:
        name, rest = words[:STRATEGY_NAME_LENGTH], words[STRATEGY_NAME_LENGTH:]
        add_strategy(person=look_back.person, name=name, steps=rest, now=now)
    else:
        add_answer(trigger=trigger, words=words, now=now)
    look_back.planned_at = now
    look_back.save(update_fields=["planned_at"])
    return look_back


def remove_look_back(*, look_back: LookBack) -> None:
    """Delete a look-back for good; the use and what went into the plan stay."""
    look_back.delete()
