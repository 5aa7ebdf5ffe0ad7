"""Urges ridden out in Help now: how strong, how long, what was tried, and how it went."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.clock import local_day, local_time
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Ride, Strategy, StrategyUse, Trigger
from plans.models.day import part_of_day
from plans.services.days import light_day, record_day

# A day: what began longer ago is a clock that is wrong, or a page left open.
LONGEST_MINUTES = 24 * 60
# It is asked how strong it is at 0, 5, 10, 15 and 20 minutes, and on to 30 where the timer was extended.
MARK_EVERY, LAST_MARK = 5, 30


class StrengthOutOfRange(Refusal):
    """A strength outside 0–10."""


def mark_at(minutes: float) -> int:
    """Return the mark that a moment of the ride belongs to: the nearest of 0, 5, 10 … 30 minutes."""
    return min(LAST_MARK, MARK_EVERY * round(max(0.0, minutes) / MARK_EVERY))


@transaction.atomic
def rate_ride(
    *,
    person: User,
    submission: uuid.UUID,
    started_at: datetime,
    strength: int,
    now: datetime,
    trigger: Trigger | None = None,
) -> Ride:
    """Keep how strong an urge is now, at the nearest mark; said again at the same mark, the later answer holds.

    :param submission: the one that the page of this ride carries, for each rating and for how it ended
    :raises StrengthOutOfRange: outside 0–10
    """
    if not 0 <= strength <= 10:
        raise StrengthOutOfRange(gettext("Pick a number from 0 to 10."))
    ride = _kept(person, submission, started_at, trigger, now)
    mark = mark_at((now - ride.started_at).total_seconds() / 60)
    ride.ratings = sorted([*([at, was] for at, was in ride.ratings if at != mark), [mark, strength]])
    ride.strongest = max(was for _at, was in ride.ratings)
    ride.save(update_fields=["ratings", "strongest"])
    light_day(person=person, day=ride.day, source=ride.pk)
    return ride


@transaction.atomic
def save_ride(
    *,
    person: User,
    submission: uuid.UUID,
    started_at: datetime,
    outcome: str,
    now: datetime,
    strategy: Strategy | None = None,
    trigger: Trigger | None = None,
) -> Ride:
    """Keep how an urge went, and light its day; the same submission sent again is the same ride.

    What it was like may be told afterwards, with `tell_ride`. A start that lies ahead or more than a day back is a
    clock or a page left open: the ride then counts 0 minutes.

    :param strategy: what was being tried: it counts as “helped some” where it eased, and as “didn't help” where not
    :param trigger: what set it off
    """
    ride = _kept(person, submission, started_at, trigger, now)
    if not ride.outcome:
        ride.outcome, ride.strategy = outcome, strategy
        ride.minutes = int((now - ride.started_at).total_seconds() // 60)
        ride.save(update_fields=["outcome", "strategy", "minutes"])
        _record(ride)
    light_day(person=person, day=ride.day, source=ride.pk)
    return ride


@transaction.atomic
def tell_ride(*, ride: Ride, strongest: int | None, strategy: Strategy | None) -> Ride:
    """Add how strong an urge was (0–10) and what helped most; to tell again replaces what was told.

    What helped counts once for that strategy, so that the plan and Help show it by how often it eased things. How much
    it helped was not asked, so it counts as “some”.
    """
    ride.strongest, ride.strategy = strongest, strategy
    ride.save(update_fields=["strongest", "strategy"])
    _record(ride)
    return ride


def _kept(person: User, submission: uuid.UUID, started_at: datetime, trigger: Trigger | None, now: datetime) -> Ride:
    """Return the ride of this submission, begun now where it is new; two taps at once are one ride."""
    if not 0 <= (now - started_at).total_seconds() <= LONGEST_MINUTES * 60:
        started_at = now
    Ride.objects.get_or_create(
        person=person,
        submission=submission,
        defaults={"day": local_day(person, now), "started_at": started_at, "minutes": 0, "trigger": trigger},
    )
    ride = Ride.objects.of(person).select_for_update().get(submission=submission)
    if trigger and ride.trigger_id != trigger.pk:
        ride.trigger = trigger
        ride.save(update_fields=["trigger"])
    return ride


def _record(ride: Ride) -> None:
    """Tell the day what was met and tried, each once for this ride."""
    eased = ride.outcome == Ride.Outcome.EASED
    outcome = StrategyUse.Outcome.SOME if eased else StrategyUse.Outcome.NONE
    record_day(
        ride.person,
        ride.day,
        source=ride.pk,
        met=[(ride.trigger, ride.strongest)] if ride.trigger else [],
        used=[(ride.strategy, outcome)] if ride.strategy else [],
        part_of_day=part_of_day(local_time(ride.person, ride.started_at).time()),
    )
