"""Saying how ready one feels, and ticking what is ready."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models.readiness import PreparedThing, Readiness
from recovery.preparation import ITEMS


class NoSuchItem(Refusal):
    """It is not on the list."""


@transaction.atomic
def say_readiness(
    *, person: User, importance: int, confidence: int, now: datetime, why_not_lower: str = ""
) -> Readiness:
    """Keep both numbers (0–10 each) for today; saying them again today replaces them."""
    kept = Readiness.objects.of(person).filter(said_on=local_day(person, now)).first()
    said = kept or Readiness(person=person, said_on=local_day(person, now))
    said.importance, said.confidence, said.why_not_lower = importance, confidence, why_not_lower.strip()
    said.save()
    return said


def remove_readiness(*, readiness: Readiness) -> None:
    readiness.delete()


@transaction.atomic
def set_prepared(*, person: User, item: str, done: bool, now: datetime) -> None:
    """Tick one thing of the list, or take the tick back; ticking twice keeps the first day.

    :raises NoSuchItem: when it is not on the list
    """
    if item not in ITEMS:
        raise NoSuchItem(_("This is not on the list any more. Look at it again."))
    if done:
        PreparedThing.objects.get_or_create(person=person, item=item, defaults={"done_on": local_day(person, now)})
    else:
        PreparedThing.objects.of(person).filter(item=item).delete()
