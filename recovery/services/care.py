"""Writing down a time in care, and making the way home ready."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.handover import FIELDS
from recovery.models import CareEpisode
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for

# A place may be promised for next year; and what was long ago still counts.
FURTHEST = timedelta(days=366)
EARLIEST = date(1920, 1, 1)
MOST_EPISODES = 100


class CareTooFar(Refusal):
    """A day that nobody could mean."""


class EndsBeforeStart(Refusal):
    """It would be over before it began."""


class TooManyEpisodes(Refusal):
    """More than anybody had."""


@transaction.atomic
def begin_care(
    *,
    person: User,
    kind: str,
    started_on: date,
    now: datetime,
    ended_on: date | None = None,
    place: str = "",
    submission: UUID | None = None,
) -> CareEpisode:
    """Write down a time in care: over, going on, or still ahead.

    :param ended_on: its last day, known or planned; None while it is open
    :param submission: made with the form; the same one sent again is the same episode
    :raises SubmissionTaken: when the submission is kept with other words
    :raises CareTooFar: for a day more than a year ahead, or before anybody's time
    :raises EndsBeforeStart: when the last day comes before the first
    :raises TooManyEpisodes: when 100 are kept
    """
    _check(person, started_on, ended_on, now)
    key = key_for(person, submission)
    said = {"kind": kind, "started_on": started_on, "ended_on": ended_on, "place": place.strip()}
    episodes = CareEpisode.objects.of(person)
    if not episodes.filter(pk=key).exists() and episodes.count() >= MOST_EPISODES:
        raise TooManyEpisodes(_("100 are written down already. Remove one first."))
    care, made = CareEpisode.objects.get_or_create(pk=key, person=person, defaults=said)
    if not made and any(getattr(care, name) != value for name, value in said.items()):
        raise SubmissionTaken(_("This was saved already, with other words. Open it to change them."))
    return care


@transaction.atomic
def change_care(
    *, care: CareEpisode, kind: str, started_on: date, ended_on: date | None, place: str, now: datetime
) -> CareEpisode:
    """Change what it is, where, or its days; the way home stays as it was written.

    :raises CareTooFar: for a day more than a year ahead, or before anybody's time
    :raises EndsBeforeStart: when the last day comes before the first
    """
    _check(care.person, started_on, ended_on, now)
    care.kind, care.started_on, care.ended_on, care.place = kind, started_on, ended_on, place.strip()
    care.save(update_fields=["kind", "started_on", "ended_on", "place"])
    return care


@transaction.atomic
def plan_handover(*, care: CareEpisode, now: datetime, first_visit_on: date | None, **words: str) -> CareEpisode:
    """Keep the way home, part by part; every part may stay empty.

    :param words: any of the parts of `recovery.handover`; one that is not named stays as it was
    :raises CareTooFar: for a first appointment more than a year ahead, or before anybody's time
    """
    _check_day(care.person, first_visit_on, now)
    changed = [name for name in FIELDS if name in words]
    for name in changed:
        setattr(care, name, words[name].strip())
    care.first_visit_on = first_visit_on
    care.save(update_fields=[*changed, "first_visit_on"])
    return care


def remove_care(*, care: CareEpisode) -> None:
    """Delete an episode with its handover for good."""
    care.delete()


def _check(person: User, started_on: date, ended_on: date | None, now: datetime) -> None:
    for day in (started_on, ended_on):
        _check_day(person, day, now)
    if ended_on and ended_on < started_on:
        raise EndsBeforeStart(_("The last day comes before the first. Change one of them, or leave the last day open."))


def _check_day(person: User, day: date | None, now: datetime) -> None:
    if day and not EARLIEST <= day <= local_day(person, now) + FURTHEST:
        raise CareTooFar(_("Pick days that are at most a year ahead."))
