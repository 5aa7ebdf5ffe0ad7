"""Keeping what somebody says of a week, and taking it away."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Reflection
from recovery.weeks import week_of


class NothingSaid(Refusal):
    """Not a word in any of the three answers."""


class NoSuchWeek(Refusal):
    """The week lies where the calendar ends."""


class WeekAhead(Refusal):
    """The week has not begun."""


@transaction.atomic
def keep_reflection(*, person: User, day: date, worked: str, hard: str, ahead: str, now: datetime) -> Reflection:
    """Keep what is said of the week that a day lies in; said again, it replaces what was there.

    :raises NothingSaid: when all three answers are empty
    :raises NoSuchWeek: when the week is not whole in the calendar
    :raises WeekAhead: when the week begins after the person's own today
    """
    if not (worked.strip() or hard.strip() or ahead.strip()):
        raise NothingSaid(_("Write something in one of the three. A few words are enough."))
    try:
        ends_on = week_of(day)
        has_begun = ends_on - timedelta(days=6) <= local_day(person, now)
    except OverflowError as error:
        raise NoSuchWeek(_("No calendar has that week. Choose this one or one before it.")) from error
    if not has_begun:
        raise WeekAhead(_("That week hasn't begun yet. Choose this one or one before it."))
    kept, _made = Reflection.objects.update_or_create(
        person=person, ends_on=ends_on, defaults={"worked": worked, "hard": hard, "ahead": ahead}
    )
    return kept


def remove_reflection(*, reflection: Reflection) -> None:
    reflection.delete()
