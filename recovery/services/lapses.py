"""Noting a return to use: one dated row, and nothing else changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Lapse


class FutureUse(Refusal):
    """A day that has not come yet cannot have use on it."""


@transaction.atomic
def note_use(*, person: User, day: date, over_limit: bool | None = None, now: datetime) -> Lapse:
    """Note use on a day; noting the same day again changes nothing.

    :raises FutureUse: when the day lies ahead of the person's own today
    """
    if day > local_day(person, now):
        raise FutureUse(_("That day hasn't come yet. Choose today or a day before it."))
    lapse, _created = Lapse.objects.get_or_create(
        person=person, day=day, source=Lapse.Source.NOTED, defaults={"over_limit": over_limit}
    )
    return lapse
