"""What a week should hold, and answering a proposed stage."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Stage, StageProposal, WeekThing, WeekTick
from recovery.services.stages import move_stage

MOST_THINGS = 3


class TooManyThings(Refusal):
    """More than a week can be sure to hold."""


class AlreadyAnswered(Refusal):
    """The proposal has had its answer."""


def week_of(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def set_week(*, person: User, things: Sequence[str], now: datetime) -> list[WeekThing]:
    """Choose what the week should hold; what reads as before keeps its weeks, what is left out keeps them unseen.

    :raises TooManyThings: for more than 3
    """
    lines = list(dict.fromkeys(line.strip() for line in things if line.strip()))
    if len(lines) > MOST_THINGS:
        raise TooManyThings(_("Three things are enough for a week. Leave the others for later."))
    kept = {thing.text: thing for thing in WeekThing.objects.of(person).select_for_update().current()}
    chosen = [kept.pop(line) if line in kept else WeekThing(person=person, text=line) for line in lines]
    for position, thing in enumerate(chosen):
        thing.position = position
        thing.save()
    for thing in kept.values():
        thing.ended_at = now
        thing.save(update_fields=["ended_at"])
    return chosen


@transaction.atomic
def tick_week(*, thing: WeekThing, now: datetime) -> WeekTick:
    """Say that this week held it; twice is once."""
    week_on = week_of(local_day(thing.person, now))
    tick, _made = WeekTick.objects.get_or_create(person=thing.person, thing=thing, week_on=week_on)
    return tick


@transaction.atomic
def untick_week(*, thing: WeekThing, now: datetime) -> None:
    """Take this week's tick back."""
    week_on = week_of(local_day(thing.person, now))
    WeekTick.objects.of(thing.person).filter(thing=thing, week_on=week_on).delete()


@transaction.atomic
def propose_stage(*, person: User, stage: Stage, by_name: str, now: datetime) -> StageProposal:
    """Put a stage to the person; it takes the place of one that is still unanswered, and moves nothing.

    Whether somebody may propose is for the caller to know: consent is read above this room.
    """
    StageProposal.objects.of(person).open().delete()
    return StageProposal.objects.create(person=person, stage=stage, by_name=by_name, proposed_at=now)


@transaction.atomic
def accept_stage(*, proposal: StageProposal, now: datetime) -> StageProposal:
    """Move to the stage that was proposed.

    :raises AlreadyAnswered: when it has had its answer
    """
    answered = _answer(proposal, now, accepted=True)
    move_stage(person=answered.person, stage=answered.stage, now=now)
    return answered


@transaction.atomic
def decline_stage(*, proposal: StageProposal, now: datetime) -> StageProposal:
    """Stay where they are. Nobody is told why, for nobody is asked.

    :raises AlreadyAnswered: when it has had its answer
    """
    return _answer(proposal, now, accepted=False)


def _answer(proposal: StageProposal, now: datetime, *, accepted: bool) -> StageProposal:
    kept = StageProposal.objects.of(proposal.person_id).select_for_update().filter(pk=proposal.pk).open().first()
    if kept is None:
        raise AlreadyAnswered(_("You have answered this already. You can move on your path any time."))
    kept.answered_at, kept.accepted = now, accepted
    kept.save(update_fields=["answered_at", "accepted"])
    return kept
