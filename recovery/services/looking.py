"""Looking at the signs for oneself, and calls to make by a day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day, zone_of
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import CallTask, SelfCheck, Stage, StageSign
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for
from reminders.models import Schedule
from reminders.services import remind_on, stop_kind

CALL_KIND = "call-by"
# When places answer the phone, and nobody is woken.
CALL_TIME = time(10, 0)
LATEST_CALL = timedelta(days=366)
MOST_CALLS = 30


class CallTooFar(Refusal):
    """The day is over, or more than a year ahead."""


class CallTooLate(Refusal):
    """The reminder would have to speak at an hour that is over."""


class TooManyCalls(Refusal):
    """More calls are open than anybody could make."""


@transaction.atomic
def look_at_signs(*, person: User, stage: Stage, signs: Sequence[StageSign], now: datetime) -> SelfCheck:
    """Keep which signs of a stage the person saw in themselves today; looking again today replaces it."""
    day = local_day(person, now)
    check, _made = SelfCheck.objects.get_or_create(person=person, stage=stage, looked_on=day)
    check.signs = " ".join(sign.slug for sign in signs if sign.stage_id == stage.pk)
    check.save(update_fields=["signs"])
    return check


@transaction.atomic
def forget_signs(*, person: User, stage: Stage) -> None:
    """Delete every look at this stage's signs for good."""
    SelfCheck.objects.of(person).filter(stage=stage).delete()


@transaction.atomic
def plan_call(
    *, person: User, what: str, by_on: date, reminds: bool, now: datetime, submission: UUID | None = None
) -> CallTask:
    """Write down a call to make by a day, with a reminder that morning if wanted.

    :param submission: made with the form; the same one sent again is the same call
    :raises SubmissionTaken: when the submission is kept with other words
    :raises TooManyCalls: when 30 are open
    :raises CallTooFar: for a day that is over, or more than a year ahead
    :raises CallTooLate: for a reminder today once it is past ten
    """
    key, said = key_for(person, submission), {"what": what.strip(), "by_on": by_on, "reminds": reminds}
    if not CallTask.objects.of(person).filter(pk=key).exists():
        _check_room(person)
        _check_day(person, by_on, now)
        if reminds:
            _check_hour(person, by_on, now)
    call, made = CallTask.objects.get_or_create(pk=key, person=person, defaults=said)
    if not made:
        if any(getattr(call, name) != value for name, value in said.items()):
            raise SubmissionTaken(_("This call was saved already, with other words. Open it to change them."))
        return call
    _tell_reminder(call, now)
    return call


@transaction.atomic
def change_call(*, call: CallTask, what: str, by_on: date, reminds: bool, now: datetime) -> CallTask:
    """Change any part of a call.

    :raises CallTooFar: for another day that is over, or more than a year ahead
    :raises CallTooLate: for a new reminder today once it is past ten
    """
    if by_on != call.by_on:
        _check_day(call.person, by_on, now)
    if reminds and (by_on, True) != (call.by_on, call.reminds):
        _check_hour(call.person, by_on, now)
    call.what, call.by_on, call.reminds = what.strip(), by_on, reminds
    call.save(update_fields=["what", "by_on", "reminds"])
    _tell_reminder(call, now)
    return call


@transaction.atomic
def finish_call(*, call: CallTask, now: datetime) -> CallTask:
    """Say that it was made, whatever came of it; saying it twice keeps the first day."""
    call.done_on = call.done_on or local_day(call.person, now)
    call.save(update_fields=["done_on"])
    # With none ahead the reminder stays on and finds nothing to say, so that undoing this brings it back.
    if _days_ahead(call.person, now):
        _move_reminder(call.person, now)
    return call


@transaction.atomic
def reopen_call(*, call: CallTask, now: datetime) -> CallTask:
    """Say that it was not made after all.

    :raises TooManyCalls: when 30 are open
    """
    if call.done_on is not None:
        _check_room(call.person)
        call.done_on = None
        call.save(update_fields=["done_on"])
        _move_reminder(call.person, now)
    return call


@transaction.atomic
def remove_call(*, call: CallTask, now: datetime) -> None:
    """Delete a call for good."""
    person = call.person
    call.delete()
    _move_reminder(person, now)


def _check_room(person: User) -> None:
    if CallTask.objects.of(person).open().count() >= MOST_CALLS:
        raise TooManyCalls(_("30 calls are written down already. Tick some off or remove them first."))


def _check_day(person: User, by_on: date, now: datetime) -> None:
    today = local_day(person, now)
    if not today <= by_on <= today + LATEST_CALL:
        raise CallTooFar(_("Pick a day from today on, within a year."))


def _check_hour(person: User, by_on: date, now: datetime) -> None:
    local = now.astimezone(zone_of(person))
    if by_on == local.date() and local.time() >= CALL_TIME:
        raise CallTooLate(_("It is past 10 today. Pick another day, or leave out the message."))


def _tell_reminder(call: CallTask, now: datetime) -> None:
    """Turn the reminder on for a call that asks for one; any other call leaves it on or off, as it was."""
    if call.reminds and call.done_on is None:
        _set_reminder(call.person, now, is_wish=True)
    else:
        _move_reminder(call.person, now)


def _days_ahead(person: User, now: datetime) -> set[date]:
    ahead = CallTask.objects.of(person).open().filter(reminds=True, by_on__gte=local_day(person, now))
    return set(ahead.values_list("by_on", flat=True))


def _set_reminder(person: User, now: datetime, *, is_wish: bool) -> None:
    """Let the reminder speak on the day of each call ahead that wants one, or not at all."""
    days = _days_ahead(person, now)
    if days:
        remind_on(person=person, kind=CALL_KIND, days=days, at=CALL_TIME, now=now, is_wish=is_wish)
    else:
        stop_kind(person=person, kind=CALL_KIND, now=now)


def _move_reminder(person: User, now: datetime) -> None:
    """Go on to the next call; one that was turned off by its link stays off."""
    if Schedule.objects.of(person).filter(kind=CALL_KIND, is_active=True).exists():
        _set_reminder(person, now, is_wish=False)
