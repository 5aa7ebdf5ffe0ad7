"""Three things for a day, and movement ten minutes at a time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import DayThing, Movement
from recovery.models.daily import THINGS_A_DAY
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for


class DayFull(Refusal):
    """Three things are in it."""


class DayOutOfReach(Refusal):
    """A day plan is for yesterday, today and tomorrow."""


class DoneAlready(Refusal):
    """What is done stays where it was done."""


@transaction.atomic
def add_thing(*, person: User, day: date, text: str, now: datetime, submission: UUID | None = None) -> DayThing:
    """Write down one of the three things of a day.

    :param submission: made with the form; the same one sent again is the same thing
    :raises SubmissionTaken: when the submission is kept with other words
    :raises DayOutOfReach: for any day but yesterday, today and tomorrow
    :raises DayFull: when the day has three
    """
    key, text = key_for(person, submission), text.strip()
    _lock(person)
    thing = DayThing.objects.of(person).filter(pk=key).first()
    if thing is None:
        _check_day(person, day, now)
        place = _free_place(person, day)
        return DayThing.objects.create(pk=key, person=person, day=day, position=place, text=text, created_at=now)
    if thing.text != text:
        raise SubmissionTaken(_("This was saved already, with other words. Open it to change them."))
    return thing


@transaction.atomic
def change_thing(*, thing: DayThing, text: str) -> DayThing:
    thing.text = text.strip()
    thing.save(update_fields=["text"])
    return thing


@transaction.atomic
def finish_thing(*, thing: DayThing, now: datetime) -> DayThing:
    """Tick it; ticking it twice keeps the first moment."""
    thing.done_at = thing.done_at or now
    thing.save(update_fields=["done_at"])
    return thing


@transaction.atomic
def reopen_thing(*, thing: DayThing) -> DayThing:
    """Take the tick back."""
    thing.done_at = None
    thing.save(update_fields=["done_at"])
    return thing


@transaction.atomic
def bring_thing(*, thing: DayThing, now: datetime) -> DayThing:
    """Move something unfinished to today; what is in today already stays there.

    :raises DoneAlready: when it is done
    :raises DayFull: when today has three
    """
    _lock(thing.person)
    kept = DayThing.objects.of(thing.person_id).get(pk=thing.pk)
    today = local_day(thing.person, now)
    if kept.day == today:
        return kept
    if kept.done_at is not None:
        raise DoneAlready(_("That one is done. It stays on its day."))
    kept.day, kept.position = today, _free_place(thing.person, today)
    kept.save(update_fields=["day", "position"])
    return kept


def remove_thing(*, thing: DayThing) -> None:
    """Delete it for good."""
    thing.delete()


@transaction.atomic
def set_movement(*, person: User, day: date, tens: int, now: datetime) -> None:
    """Say how often the person moved for ten minutes on a day, 0 to 3; 0 takes it back.

    :raises DayOutOfReach: for any day but yesterday, today and tomorrow
    """
    _check_day(person, day, now)
    if tens == 0:
        Movement.objects.of(person).filter(day=day).delete()
        return
    Movement.objects.update_or_create(person=person, day=day, defaults={"tens": tens})


def reach(today: date) -> tuple[date, date, date]:
    """Return the days that can be planned: yesterday, today, tomorrow."""
    return today - timedelta(days=1), today, today + timedelta(days=1)


def _lock(person: User) -> None:
    # Two that are added at once would otherwise take the same place.
    User.objects.select_for_update().get(pk=person.pk)


def _free_place(person: User, day: date) -> int:
    taken = set(DayThing.objects.of(person).filter(day=day).values_list("position", flat=True))
    for place in range(1, THINGS_A_DAY + 1):
        if place not in taken:
            return place
    raise DayFull(_("Three things are enough for a day. Take one off first, or leave this one for another day."))


def _check_day(person: User, day: date, now: datetime) -> None:
    if day not in reach(local_day(person, now)):
        raise DayOutOfReach(_("Only yesterday, today and tomorrow can be planned here."))
