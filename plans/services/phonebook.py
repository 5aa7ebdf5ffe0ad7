"""People to call."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans import phones
from plans.models import Contact
from plans.services import lists


class TestedAhead(Refusal):
    """A test call on a day that has not come."""


def add_contact(
    *, person: User, name: str, relation: str, number: str, now: datetime, sure: bool = False, **more: Any
) -> Contact:
    """Add somebody to call, last in the order.

    :param sure: keep a number of the right length that we do not know
    :param more: kind, may_know, has_agreed, hours, script, tested_on
    :raises NumberNotUsable: in words that say how to fix the number
    :raises TestedAhead: when the test call lies ahead
    """
    dialled, kind = phones.read(number, country=person.country, sure=sure)
    _check_test(person, more.get("tested_on"), now)
    return lists.put_last(
        Contact, person=person, now=now, name=name, relation=relation, number=dialled, number_type=kind, **more
    )


def change_contact(
    *,
    contact: Contact,
    number: str,
    now: datetime,
    sure: bool = False,
    version: int | None = None,
    **fields: Any,
) -> Contact:
    """Change what is known of somebody.

    :raises NumberNotUsable: in words that say how to fix the number
    :raises TestedAhead: when the test call lies ahead
    :raises ChangedMeanwhile: when it had another change since `version`
    """
    if number in (contact.number, contact.shown_number):
        dialled, kind = contact.number, contact.number_type  # kept once already
    else:
        dialled, kind = phones.read(number, country=contact.person.country, sure=sure)
    _check_test(contact.person, fields.get("tested_on"), now)
    return lists.change(contact, now=now, version=version, number=dialled, number_type=kind, **fields)


def _check_test(person: User, tested_on: date | None, now: datetime) -> None:
    if tested_on and tested_on > local_day(person, now):
        raise TestedAhead(gettext("That day hasn't come yet. Give the day of a call that was made, or leave it empty."))
