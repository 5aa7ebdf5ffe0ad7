"""Noting a return to use, telling more about it, and taking it back: one dated row, and nothing else changes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Lapse
from recovery.models.lapse import MOST_SUBSTANCES


class FutureUse(Refusal):
    """A day that has not come yet cannot have use on it."""


class NotedTwice(Refusal):
    """The day holds a noted use already."""


class FromACheckIn(Refusal):
    """A check-in says it, so it is changed there: two places must not tell two stories of one day."""


@transaction.atomic
def note_use(
    *,
    person: User,
    day: date,
    now: datetime,
    over_limit: bool | None = None,
    substances: Iterable[str] = (),
    amount: str = "",
) -> Lapse:
    """Note use on a day; noting the same day again adds to what is kept and never takes anything of it away.

    So noting can only ever lower a count: where one of the two said nothing about what it was, all of it stays open.

    :raises FutureUse: when the day lies ahead of the person's own today
    """
    _check(person, day, now)
    named = _listed(substances)
    lapse, created = Lapse.objects.select_for_update().get_or_create(
        person=person,
        day=day,
        source=Lapse.Source.NOTED,
        defaults={"over_limit": over_limit, "substances": named, "amount": amount},
    )
    if created:
        return lapse
    if over_limit or lapse.over_limit is False:
        lapse.over_limit = over_limit
    lapse.substances = _listed([*lapse.named, *named.splitlines()]) if lapse.substances and named else ""
    if amount and amount not in str(lapse.amount).splitlines():
        lapse.amount = "\n".join(filter(None, [lapse.amount, amount]))
    lapse.save(update_fields=["over_limit", "substances", "amount"])
    return lapse


@transaction.atomic
def tell_use(*, lapse: Lapse, substances: Iterable[str], amount: str) -> Lapse:
    """Say what it was and how much, for a use from wherever it was noted; what was said before is replaced.

    A use that names what it was takes its day from the journeys about that, and from those that name nothing.
    """
    lapse = get_object_or_404(Lapse.objects.of(lapse.person).select_for_update(), pk=lapse.pk)
    lapse.substances, lapse.amount = _listed(substances), amount.strip()
    lapse.save(update_fields=["substances", "amount"])
    return lapse


@transaction.atomic
def change_use(*, lapse: Lapse, day: date, over_limit: bool | None, now: datetime) -> Lapse:
    """Move a noted use to another day, or say whether it was more than planned; the counts follow.

    :raises FutureUse: when the day lies ahead of the person's own today
    :raises NotedTwice: when the other day holds one already
    :raises FromACheckIn: when a check-in says it
    :raises Http404: when it was taken back by now, by a second tap
    """
    lapse = _noted_by_itself(lapse)
    _check(lapse.person, day, now)
    lapse.day, lapse.over_limit = day, over_limit
    try:
        # The database knows what another tab noted a moment ago, too.
        with transaction.atomic():
            lapse.save(update_fields=["day", "over_limit"])
    except IntegrityError as taken:
        raise NotedTwice(_("That day is noted already. Take this one back instead.")) from taken
    return lapse


@transaction.atomic
def take_back_use(*, lapse: Lapse) -> None:
    """Delete a noted use for good; its day counts again, unless a check-in says the same.

    :raises FromACheckIn: when a check-in says it
    :raises Http404: when it was taken back by now, by a second tap
    """
    _noted_by_itself(lapse).delete()


def _check(person: User, day: date, now: datetime) -> None:
    if day > local_day(person, now):
        raise FutureUse(_("That day hasn't come yet. Choose today or a day before it."))


def _listed(substances: Iterable[str]) -> str:
    """One a line, each once, in the order given."""
    words = dict.fromkeys(" ".join(word.split()) for word in substances)
    return "\n".join([word for word in words if word][:MOST_SUBSTANCES])


def _noted_by_itself(lapse: Lapse) -> Lapse:
    if lapse.source != Lapse.Source.NOTED:
        raise FromACheckIn(_("A check-in says this. Change the answer in the check-in of that day."))
    return get_object_or_404(Lapse.objects.of(lapse.person).select_for_update(), pk=lapse.pk)
