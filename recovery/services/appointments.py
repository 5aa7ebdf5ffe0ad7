"""Planning an appointment, its message, and saying afterwards how it was."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day, local_time, zone_of
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Appointment
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for
from reminders.models import Schedule
from reminders.occurrences import instant
from reminders.services import remind_on, stop_kind

# An appointment is written down within these bounds; a meeting that was attended may be added afterwards.
EARLIEST, LATEST = timedelta(days=366), timedelta(days=2 * 366)
MOST_AHEAD = 60


class Message(NamedTuple):
    """When one choice of message speaks: its reminder kind, how long before the day, at what local time."""

    kind: str
    before: timedelta
    at: time


MESSAGES = {
    Appointment.Reminds.EVE: Message("appointment-eve", timedelta(days=1), time(18, 0)),
    Appointment.Reminds.MORNING: Message("appointment", timedelta(0), time(8, 0)),
}


# The message of the morning may be an hour late and must still come before what it is about.
FIRST_OF_THE_MORNING = time(9, 0)


class AppointmentTooFar(Refusal):
    """The day is more than a year back or two years ahead."""


class MessageTooLate(Refusal):
    """The message would come after the appointment, or its hour is over."""


class TooManyAppointments(Refusal):
    """More are ahead than anybody can keep in view."""


class NotYet(Refusal):
    """It is still ahead, so nobody can say how it was."""


@transaction.atomic
def plan_appointment(
    *,
    person: User,
    kind: str,
    day: date,
    at: time,
    now: datetime,
    words: str = "",
    listing: str = "",
    reminds: str = "",
    submission: UUID | None = None,
) -> Appointment:
    """Write down an appointment, ahead or already over.

    :param day: with `at`, as the wall clock shows it there
    :param listing: slug of an entry in the directory
    :param submission: made with the form; the same one sent again is the same appointment
    :raises SubmissionTaken: when the submission is kept with other answers
    :raises TooManyAppointments: when 60 are ahead
    :raises AppointmentTooFar: for a day more than a year back or two years ahead
    :raises MessageTooLate: when the message could no longer come, or would come afterwards
    """
    key = key_for(person, submission)
    said = _said(kind=kind, day=day, at=at, words=words, listing=listing, reminds=reminds)
    User.objects.select_for_update().get(pk=person.pk)
    kept = Appointment.objects.of(person).filter(pk=key).first()
    if kept is not None:
        if any(getattr(kept, name) != value for name, value in said.items()):
            raise SubmissionTaken(_("This was saved already, with other answers. Open it to change them."))
        return kept
    _check_day(person, day, now)
    _check_room(person, now)
    appointment = Appointment(pk=key, person=person, created_at=now, **said)
    _check_message(appointment, now)
    appointment.save()
    _tell_reminders(appointment, now, is_wish=bool(reminds))
    return appointment


@transaction.atomic
def change_appointment(
    *,
    appointment: Appointment,
    kind: str,
    day: date,
    at: time,
    words: str,
    listing: str,
    reminds: str,
    now: datetime,
) -> Appointment:
    """Change any part. Moved to a time ahead, it has not been yet, so what was said of it is taken back.

    :raises AppointmentTooFar: for another day that is out of bounds
    :raises MessageTooLate: for another message or time, when that message could no longer come
    """
    before = (appointment.day, appointment.at, appointment.reminds)
    for name, value in _said(kind=kind, day=day, at=at, words=words, listing=listing, reminds=reminds).items():
        setattr(appointment, name, value)
    if appointment.day != before[0]:
        _check_day(appointment.person, day, now)
    is_moved = (appointment.day, appointment.at, appointment.reminds) != before
    if is_moved:
        _check_message(appointment, now)
    if not appointment.has_begun(local_time(appointment.person, now)):
        appointment.went, appointment.helped = None, ""
    appointment.save()
    _tell_reminders(appointment, now, is_wish=is_moved and bool(reminds))
    return appointment


@transaction.atomic
def answer_appointment(*, appointment: Appointment, went: bool | None, helped: str = "", now: datetime) -> Appointment:
    """Say whether the person went and whether it helped; None takes the answer back.

    :param helped: counts only where they went
    :raises NotYet: while it is ahead
    """
    if went is not None and not appointment.has_begun(local_time(appointment.person, now)):
        raise NotYet(_("It is still ahead. You can say how it was once it has begun."))
    appointment.went, appointment.helped = went, helped if went else ""
    appointment.save(update_fields=["went", "helped"])
    return appointment


@transaction.atomic
def remove_appointment(*, appointment: Appointment, now: datetime) -> None:
    """Delete it for good, and its message."""
    person = appointment.person
    appointment.delete()
    for which in MESSAGES:
        _move_reminder(person, which, now)


def speaks_about(person: User, which: str, local_date: date) -> bool:
    """Return whether a message of this choice on this date would be about an appointment that is still ahead."""
    day = local_date + MESSAGES[Appointment.Reminds(which)].before
    return Appointment.objects.of(person).unanswered().filter(reminds=which, day=day).exists()


def _said(**said: Any) -> dict[str, Any]:
    at = said["at"].replace(second=0, microsecond=0)
    return {**said, "words": said["words"].strip(), "listing": said["listing"].strip(), "at": at}


def _check_room(person: User, now: datetime) -> None:
    if Appointment.objects.of(person).filter(day__gte=local_day(person, now)).count() >= MOST_AHEAD:
        raise TooManyAppointments(_("60 appointments are ahead already. Remove one first."))


def _check_day(person: User, day: date, now: datetime) -> None:
    today = local_day(person, now)
    if not today - EARLIEST <= day <= today + LATEST:
        raise AppointmentTooFar(_("Pick a day within the last year or the next two."))


def _check_message(appointment: Appointment, now: datetime) -> None:
    if not appointment.reminds:
        return
    message = MESSAGES[Appointment.Reminds(appointment.reminds)]
    if not message.before and appointment.at < FIRST_OF_THE_MORNING:
        raise MessageTooLate(_("It begins before 9. Choose the evening before, or leave out the message."))
    zone = zone_of(appointment.person)
    if instant(appointment.day - message.before, message.at, zone) <= now:
        raise MessageTooLate(_("That message could not come in time any more. Choose another, or leave it out."))


def _tell_reminders(appointment: Appointment, now: datetime, *, is_wish: bool) -> None:
    """Turn the message on for an appointment that asks for it; the other choice goes on as it was."""
    for which in MESSAGES:
        if is_wish and which == appointment.reminds:
            _set_reminder(appointment.person, which, now, is_wish=True)
        else:
            _move_reminder(appointment.person, which, now)


def _set_reminder(person: User, which: Appointment.Reminds, now: datetime, *, is_wish: bool) -> None:
    """Let the message speak before each appointment ahead that wants it, or not at all."""
    message = MESSAGES[which]
    ahead = Appointment.objects.of(person).unanswered().filter(reminds=which)
    first = local_day(person, now) + message.before
    days = {day - message.before for day in ahead.filter(day__gte=first).values_list("day", flat=True)}
    if days:
        remind_on(person=person, kind=message.kind, days=days, at=message.at, now=now, is_wish=is_wish)
    else:
        stop_kind(person=person, kind=message.kind, now=now)


def _move_reminder(person: User, which: Appointment.Reminds, now: datetime) -> None:
    """Go on to the next appointment; one that was turned off by its link stays off."""
    if Schedule.objects.of(person).filter(kind=MESSAGES[which].kind, is_active=True).exists():
        _set_reminder(person, which, now, is_wish=False)
