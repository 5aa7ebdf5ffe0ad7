"""Keeping a check-in: one a day, from any number of submissions, in whatever order and however often they arrive."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.fields import Locked
from accounts.models import User
from accounts.prepared import Prepared
from plans.models import Strategy, Trigger
from plans.services import forget, record_day, tell_medication
from recovery.models import CheckIn, CheckInVersion, Lapse
from recovery.models.checkin import ANSWER_NAMES, Used

# How far back a day can still be filled in, counted from when it was answered.
DAYS_BACK = 2
# How long an answer may wait on a phone without a network.
LONGEST_WAIT = timedelta(days=30)
# Before this hour the evening is not over: answering for the day before is not late yet.
NIGHT_ENDS = 4
EMPTY: tuple[Any, ...] = (None, "", [])
PRIVATE = ("note", "good_things")
# Two people's worth of races: the day's row, the submission's row, and one more for good measure.
ATTEMPTS = 4


def _one_look_at_both(person: uuid.UUID, day: date, submission: uuid.UUID) -> QuerySet[CheckIn]:
    """The day's own check-in and whichever one this submission went into, held until the deed is done."""
    went_into = CheckInVersion.objects.of(person).filter(submission=submission).values("checkin")
    mine = CheckIn.objects.of(person).select_for_update().order_by("day")
    return mine.filter(Q(day=day) | Q(pk__in=went_into))


_of_day_or_submission = Prepared(_one_look_at_both)


class SubmissionTaken(Refusal):
    """This submission is kept already, and said something else."""


class FutureDay(Refusal):
    """Nobody can know yet how that day went."""


class TooLongAgo(Refusal):
    """The day is past the window in which it can be filled in."""


class MoodMissing(Refusal):
    """The one answer a day needs is not there."""


def save_checkin(
    *,
    person: User,
    day: date,
    answers: Mapping[str, Any],
    submission: uuid.UUID,
    answered_at: datetime,
    now: datetime,
    whole: bool = False,
) -> CheckIn:
    """Keep one submission and return the day's check-in as all submissions tell it.

    The same submission again gives back what is kept. For a day that is kept already, an empty answer erases nothing
    and of two answers the one given later holds, whichever arrives first. With `whole` (an edit of a kept day) empty
    means empty.

    :raises SubmissionTaken: when the submission is kept with other answers
    :raises FutureDay: when the day lies ahead of the person's own today
    :raises TooLongAgo: when a new day lies too far back
    :raises MoodMissing: when a new day has no mood
    """
    blank = CheckInVersion()  # what “not answered” looks like in each column
    given = {name: answers.get(name, getattr(blank, name)) for name in ANSWER_NAMES}
    for name in ("met", "strategies"):
        given[name] = sorted([str(key), detail] for key, detail in given[name])
    version = CheckInVersion(
        person=person, submission=submission, answered_at=min(answered_at, now), whole=whole, **given
    )
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _keep(version, day, now)
        except IntegrityError:
            # Somebody else kept this day or this submission in the same moment; the next look will see it.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def remove_checkin(*, checkin: CheckIn) -> None:
    """Delete a day's check-in for good, with every version and everything it left elsewhere."""
    forget(source=checkin.pk)
    Lapse.objects.of(checkin.person).filter(day=checkin.day, source=Lapse.Source.CHECKIN).delete()
    checkin.delete()


def _keep(version: CheckInVersion, day: date, now: datetime) -> CheckIn:
    person = version.person
    found = _of_day_or_submission(person=person.pk, day=day, submission=version.submission)
    submitted = CheckInVersion.objects.of(person).filter(submission=version.submission)
    kept = submitted.first() if found else None
    if kept is not None:
        for checkin in found:
            if checkin.pk == kept.checkin_id and checkin.day == day and _say_the_same(kept, version):
                return checkin
        raise SubmissionTaken(_("This check-in was saved already, with other answers. Open it to change them."))
    checkin = found[0] if found else _start(version, day, now)
    if found:
        _add(checkin, version)
    version.checkin = checkin
    version.save(force_insert=True)
    _leave_traces(checkin, is_new=not found)
    return checkin


def _start(version: CheckInVersion, day: date, now: datetime) -> CheckIn:
    _check_day(version.person, day, version.answered_at, now)
    if version.mood is None:
        raise MoodMissing(_("Choose how you are feeling. It is the only answer a check-in needs."))
    said = {name: version.__dict__[name] for name in ANSWER_NAMES}
    checkin = CheckIn(person=version.person, day=day, answered_at=version.answered_at, **said)
    checkin.late = _is_late(version, day)
    checkin.save(force_insert=True)
    return checkin


def _add(checkin: CheckIn, version: CheckInVersion) -> None:
    """Take over each answer that was given later than what the day holds, and never more than this version says."""
    earlier = list(CheckInVersion.objects.of(checkin.person).filter(checkin=checkin))
    for name in ANSWER_NAMES:
        newest = max((each.answered_at for each in earlier if _speaks(each, name)), default=version.answered_at)
        # Of two answers from one moment the one that came second holds.
        if _speaks(version, name) and version.answered_at >= newest:
            setattr(checkin, name, version.__dict__[name])
    checkin.answered_at = max(checkin.answered_at, version.answered_at)
    checkin.late = checkin.late and _is_late(version, checkin.day)
    checkin.save()
    if version.whole:
        _erase(earlier, version)


def _erase(earlier: list[CheckInVersion], version: CheckInVersion) -> None:
    """Text that somebody took out on purpose is taken out of the older versions too."""
    gone = [name for name in PRIVATE if not version.__dict__[name]]
    for old in earlier:
        if any(old.__dict__[name] for name in gone):
            for name in gone:
                setattr(old, name, "")
            old.save(update_fields=gone)


def _leave_traces(checkin: CheckIn, *, is_new: bool) -> None:
    """Tell the plan what was met and what was tried, light the day, and keep the event of use in step.

    A new check-in has left nothing yet that would have to be taken back.
    """
    person, day = checkin.person, checkin.day
    met, tried = dict(checkin.met), dict(checkin.strategies)
    record_day(
        person,
        day,
        source=checkin.pk,
        # What was deleted from the plan since is no longer there to be counted.
        met=[(trigger, met[str(trigger.pk)]) for trigger in Trigger.objects.of(person).filter(pk__in=met)]
        if met
        else [],
        used=[(each, tried[str(each.pk)]) for each in Strategy.objects.of(person).filter(pk__in=tried)]
        if tried
        else [],
        part_of_day=checkin.craving_when,
        is_new=is_new,
    )
    if checkin.medication or not is_new:
        tell_medication(person=person, day=day, answer=checkin.medication, source=checkin.pk)
    if checkin.used == Used.YES:
        Lapse.objects.bulk_create(
            [Lapse(person=person, day=day, source=Lapse.Source.CHECKIN, over_limit=checkin.over_limit)],
            update_conflicts=True,
            unique_fields=["person", "day", "source"],
            update_fields=["over_limit"],
        )
    elif not is_new:
        Lapse.objects.of(person).filter(day=day, source=Lapse.Source.CHECKIN).delete()


def _check_day(person: User, day: date, answered_at: datetime, now: datetime) -> None:
    answered_on = local_day(person, answered_at)
    if day > answered_on:
        raise FutureDay(_("That day hasn't come yet. A check-in is for today, yesterday or the day before."))
    if day < answered_on - timedelta(days=DAYS_BACK) or answered_at < now - LONGEST_WAIT:
        raise TooLongAgo(_("That day is too far back to fill in now. Today, yesterday and the day before are open."))


def _is_late(version: CheckInVersion, day: date) -> bool:
    return day < local_day(version.person, version.answered_at - timedelta(hours=NIGHT_ENDS))


def _speaks(version: CheckInVersion, name: str) -> bool:
    """Whether a version says something about a question; sealed text counts without being opened."""
    return version.whole or version.__dict__[name] not in EMPTY


def _say_the_same(kept: CheckInVersion, version: CheckInVersion) -> bool:
    pairs = [(getattr(kept, name), getattr(version, name)) for name in ANSWER_NAMES]
    return kept.whole == version.whole and all(isinstance(before, Locked) or before == after for before, after in pairs)
