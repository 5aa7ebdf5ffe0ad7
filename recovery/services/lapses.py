"""Noting a return to use, and taking it back: one dated row, and nothing else changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Lapse


class FutureUse(Refusal):
    """A day that has not come yet cannot have use on it."""


class NotedTwice(Refusal):
    """The day holds a noted use already."""


class FromACheckIn(Refusal):
    """A check-in says it, so it is changed there: two places must not tell two stories of one day."""


@transaction.atomic
def note_use(*, person: User, day: date, over_limit: bool | None = None, now: datetime) -> Lapse:
    """Note use on a day; noting the same day again changes nothing.

    :raises FutureUse: when the day lies ahead of the person's own today
    """
    _check(person, day, now)
    lapse, _created = Lapse.objects.get_or_create(
        person=person, day=day, source=Lapse.Source.NOTED, defaults={"over_limit": over_limit}
    )
    return lapse


@transaction.atomic
def change_use(*, lapse: Lapse, day: date, over_limit: bool | None, now: datetime) -> Lapse:
    """Move a noted use to another day, or say whether it was more than planned; the counts follow.

    :raises FutureUse: when the day lies ahead of the person's own today
    :raises NotedTwice: when the other day holds one already
    :raises FromACheckIn: when a check-in says it
    """
    lapse = _noted_by_itself(lapse)
    _check(lapse.person, day, now)
    others = Lapse.objects.of(lapse.person).filter(day=day, source=Lapse.Source.NOTED).exclude(pk=lapse.pk)
    if others.exists():
        raise NotedTwice(_("That day is noted already. Take this one back instead."))
    lapse.day, lapse.over_limit = day, over_limit
    lapse.save(update_fields=["day", "over_limit"])
    return lapse


@transaction.atomic
def take_back_use(*, lapse: Lapse) -> None:
    """Delete a noted use for good; its day counts again, unless a check-in says the same.

    :raises FromACheckIn: when a check-in says it
    """
    _noted_by_itself(lapse).delete()


def _check(person: User, day: date, now: datetime) -> None:
    if day > local_day(person, now):
        raise FutureUse(_("That day hasn't come yet. Choose today or a day before it."))


def _noted_by_itself(lapse: Lapse) -> Lapse:
    if lapse.source != Lapse.Source.NOTED:
        raise FromACheckIn(_("A check-in says this. Change the answer in the check-in of that day."))
    return Lapse.objects.of(lapse.person).select_for_update().get(pk=lapse.pk)
