"""Building a routine, and ticking what a day held of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import RoutineItem, RoutineTick
from recovery.services.checkins import SubmissionTaken
from recovery.services.sending import key_for
from reminders.models import EVERY_DAY

MOST_ITEMS = 24


class RoutineFull(Refusal):
    """More than a day could hold."""


class NotThatDay(Refusal):
    """A tick is for today, or for yesterday where it was forgotten."""


@transaction.atomic
def add_item(
    *, person: User, slot: str, text: str, now: datetime, days: int = EVERY_DAY, submission: UUID | None = None
) -> RoutineItem:
    """Put a thing into the routine.

    :param days: one bit a weekday, Monday the lowest
    :param submission: made with the form; the same one sent again is the same thing
    :raises SubmissionTaken: when the submission is kept with other words
    :raises RoutineFull: when 24 are in it
    """
    key, said = key_for(person, submission), {"slot": slot, "text": text.strip(), "days": days}
    User.objects.select_for_update().get(pk=person.pk)
    item = RoutineItem.objects.of(person).filter(pk=key).first()
    if item is None:
        _check_room(person, 1)
        return RoutineItem.objects.create(pk=key, person=person, created_at=now, **said)
    if any(getattr(item, name) != value for name, value in said.items()):
        raise SubmissionTaken(_("This was saved already, with other words. Open it to change them."))
    return item


@transaction.atomic
def start_routine(*, person: User, lines: Sequence[tuple[str, str]], now: datetime) -> list[RoutineItem]:
    """Take over lines of the example, as (slot, words); what is in the routine already is not added again.

    :raises RoutineFull: when more than 24 would be in it
    """
    User.objects.select_for_update().get(pk=person.pk)
    kept = {(item.slot, item.text) for item in RoutineItem.objects.of(person)}
    fresh = [line for line in dict.fromkeys(lines) if line not in kept]
    _check_room(person, len(fresh))
    return [
        # A moment apart, so that they keep the order of the example.
        RoutineItem.objects.create(person=person, slot=slot, text=text, created_at=now + timedelta(microseconds=place))
        for place, (slot, text) in enumerate(fresh)
    ]


@transaction.atomic
def change_item(*, item: RoutineItem, slot: str, text: str, days: int) -> RoutineItem:
    """Change any part; the days on which it was done stay."""
    item.slot, item.text, item.days = slot, text.strip(), days
    item.save(update_fields=["slot", "text", "days"])
    return item


def remove_item(*, item: RoutineItem) -> None:
    """Delete the words for good. That something was done on a day stays, without saying what."""
    item.delete()


@transaction.atomic
def tick_item(*, item: RoutineItem, day: date, now: datetime) -> None:
    """Say that the day held it; twice is once.

    :raises NotThatDay: for any day but today and yesterday
    """
    _check_day(item.person, day, now)
    RoutineTick.objects.get_or_create(person=item.person, item=item, day=day)


@transaction.atomic
def untick_item(*, item: RoutineItem, day: date, now: datetime) -> None:
    """Take the tick back.

    :raises NotThatDay: for any day but today and yesterday
    """
    _check_day(item.person, day, now)
    RoutineTick.objects.of(item.person).filter(item=item, day=day).delete()


def _check_room(person: User, more: int) -> None:
    if RoutineItem.objects.of(person).count() + more > MOST_ITEMS:
        raise RoutineFull(_("24 things are enough for a routine. Take one out first."))


def _check_day(person: User, day: date, now: datetime) -> None:
    today = local_day(person, now)
    if not today - timedelta(days=1) <= day <= today:
        raise NotThatDay(_("Only today and yesterday can be ticked."))
