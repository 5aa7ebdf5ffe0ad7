"""Setting a goal, its steps, and reaching it or putting it away."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Goal, GoalStep
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for

# A goal is small: what lies further ahead than this is a hope, and a list longer than these is no help.
LATEST_DUE = timedelta(days=2 * 366)
MOST_OPEN = 30
MOST_STEPS = 12


class DueTooFar(Refusal):
    """The day is over, or years ahead."""


class TooManyGoals(Refusal):
    """There are as many open goals as anybody can look at."""


class TooManySteps(Refusal):
    """More steps than a small goal has."""


@transaction.atomic
def set_goal(
    *,
    person: User,
    text: str,
    now: datetime,
    reward: str = "",
    due_on: date | None = None,
    steps: Sequence[str] = (),
    submission: UUID | None = None,
) -> Goal:
    """Write down a goal with its steps.

    :param submission: made with the form; the same one sent again is the same goal
    :raises SubmissionTaken: when the submission is kept with other words
    :raises TooManyGoals: when 30 are open
    :raises DueTooFar: for a day that is over, or more than two years ahead
    :raises TooManySteps: for more than 12
    """
    key, said = key_for(person, submission), {"text": text.strip(), "reward": reward.strip(), "due_on": due_on}
    if not Goal.objects.of(person).filter(pk=key).exists():
        _check_room(person)
        _check_due(person, due_on, now)
    goal, made = Goal.objects.get_or_create(pk=key, person=person, defaults={**said, "created_at": now})
    if made:
        _set_steps(goal, steps)
    elif any(getattr(goal, name) != value for name, value in said.items()):
        raise SubmissionTaken(_("This goal was saved already, with other words. Open it to change them."))
    return goal


@transaction.atomic
def change_goal(
    *, goal: Goal, text: str, reward: str, due_on: date | None, steps: Sequence[str], now: datetime
) -> Goal:
    """Change any part; a step that reads as before keeps its tick. A day that has passed meanwhile may stay.

    :raises DueTooFar: for another day that is over, or more than two years ahead
    :raises TooManySteps: for more than 12
    """
    if due_on != goal.due_on:
        _check_due(goal.person, due_on, now)
    goal.text, goal.reward, goal.due_on = text.strip(), reward.strip(), due_on
    goal.save(update_fields=["text", "reward", "due_on"])
    _set_steps(goal, steps)
    return goal


@transaction.atomic
def finish_goal(*, goal: Goal, now: datetime) -> Goal:
    """Say that it is reached; saying it twice keeps the first day."""
    goal.done_on, goal.put_away_at = goal.done_on or local_day(goal.person, now), None
    goal.save(update_fields=["done_on", "put_away_at"])
    return goal


@transaction.atomic
def put_away_goal(*, goal: Goal, now: datetime) -> Goal:
    """Let it rest; it and its steps stay, and it can be taken up again. One that is reached stays reached."""
    if goal.is_open:
        goal.put_away_at = now
        goal.save(update_fields=["put_away_at"])
    return goal


@transaction.atomic
def reopen_goal(*, goal: Goal) -> Goal:
    """Take it up again.

    :raises TooManyGoals: when 30 are open
    """
    if not goal.is_open:
        _check_room(goal.person)
        goal.done_on = goal.put_away_at = None
        goal.save(update_fields=["done_on", "put_away_at"])
    return goal


def remove_goal(*, goal: Goal) -> None:
    goal.delete()


@transaction.atomic
def finish_step(*, step: GoalStep, now: datetime) -> GoalStep:
    """Tick a step; ticking it twice keeps the first day."""
    step.done_on = step.done_on or local_day(step.person, now)
    step.save(update_fields=["done_on"])
    return step


@transaction.atomic
def reopen_step(*, step: GoalStep) -> GoalStep:
    """Take a tick back."""
    step.done_on = None
    step.save(update_fields=["done_on"])
    return step


def _set_steps(goal: Goal, texts: Sequence[str]) -> None:
    """Make the steps read as given, in this order, each keeping the tick that its words had."""
    lines = [line.strip() for line in texts if line.strip()]
    if len(lines) > MOST_STEPS:
        raise TooManySteps(_("A small goal has 12 steps at most. Leave some for the next one."))
    kept = defaultdict(list)
    for step in goal.steps.all():
        kept[step.text].append(step)
    for position, line in enumerate(lines):
        if kept[line]:
            step = kept[line].pop(0)
            step.position = position
            step.save(update_fields=["position"])
        else:
            GoalStep.objects.create(person=goal.person, goal=goal, position=position, text=line)
    gone = [step.pk for steps in kept.values() for step in steps]
    GoalStep.objects.of(goal.person).filter(pk__in=gone).delete()


def _check_room(person: User) -> None:
    if Goal.objects.of(person).open().count() >= MOST_OPEN:
        raise TooManyGoals(_("30 goals are open already. Finish one or put one away first."))


def _check_due(person: User, due_on: date | None, now: datetime) -> None:
    if due_on is None:
        return
    today = local_day(person, now)
    if not today <= due_on <= today + LATEST_DUE:
        raise DueTooFar(_("Pick a day from today on, within two years, or leave it open."))
