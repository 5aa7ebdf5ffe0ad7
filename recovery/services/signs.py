"""Switching an early sign off and on, and putting one aside."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import SignChoice
from recovery.signs import SLUGS


class NoSuchSign(Refusal):
    """There is no rule of that name."""


@transaction.atomic
def switch_sign(*, person: User, rule: str, is_off: bool) -> SignChoice:
    """Switch a rule off or on again. Nothing else changes: what was put aside stays so.

    :raises NoSuchSign: where the rule is not on the list
    """
    _check(rule)
    choice, _made = SignChoice.objects.update_or_create(person=person, rule=rule, defaults={"is_off": is_off})
    return choice


@transaction.atomic
def dismiss_sign(*, person: User, rule: str, day: date) -> SignChoice:
    """Put aside what a rule says of the days up to this one; a newer day that says the same shows it again.

    :param day: the newest day that the rule rests on, so that what is said later today still counts as newer

    :raises NoSuchSign: where the rule is not on the list
    """
    _check(rule)
    choice, _made = SignChoice.objects.update_or_create(person=person, rule=rule, defaults={"dismissed_on": day})
    return choice


def _check(rule: str) -> None:
    if rule not in SLUGS:
        raise NoSuchSign(_("There is no such sign."))
