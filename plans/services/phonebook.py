"""People to call."""

from datetime import datetime

from accounts.models import User
from plans import phones
from plans.models import Contact
from plans.services import lists


def add_contact(
    *,
    person: User,
    name: str,
    relation: str,
    number: str,
    now: datetime,
    may_know: bool = False,
    sure: bool = False,
) -> Contact:
    """Add somebody to call, last in the order.

    :param sure: keep a number of the right length that we do not know
    :raises NumberNotUsable: in words that say how to fix the number
    """
    dialled, kind = phones.read(number, country=person.country, sure=sure)
    return lists.put_last(
        Contact,
        person=person,
        now=now,
        name=name,
        relation=relation,
        number=dialled,
        number_type=kind,
        may_know=may_know,
    )


def change_contact(
    *,
    contact: Contact,
    name: str,
    relation: str,
    number: str,
    now: datetime,
    may_know: bool = False,
    sure: bool = False,
) -> Contact:
    """Change somebody's words or number.

    :raises NumberNotUsable: in words that say how to fix the number
    """
    if number in (contact.number, contact.shown_number):
        dialled, kind = contact.number, contact.number_type  # kept once already
    else:
        dialled, kind = phones.read(number, country=contact.person.country, sure=sure)
    return lists.change(
        contact, now=now, name=name, relation=relation, number=dialled, number_type=kind, may_know=may_know
    )
