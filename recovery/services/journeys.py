"""Starting, changing and leaving a journey."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.models import Journey

# A start may lie ahead: a date agreed with a clinician, for one.
LATEST_START = timedelta(days=366)
EARLIEST_YEAR = 1920


class StartTooFar(Refusal):
    """The start date is not one that a person could mean."""


@transaction.atomic
def start_journey(
    *,
    person: User,
    substance: str = "",
    aim: str = Journey.Aim.UNDECIDED,
    started_on: date | None,
    now: datetime,
    show_run: bool = True,
    on_today: bool = False,
) -> Journey:
    """Write down what somebody works toward; the start may be years ago, up to a year ahead, or left open.

    :raises StartTooFar: for a start more than a year ahead, or before anybody's time
    """
    _check_start(person, started_on, now)
    return Journey.objects.create(
        person=person,
        substance=substance.strip(),
        aim=aim,
        started_on=started_on,
        show_run=show_run,
        on_today=on_today,
    )


@transaction.atomic
def change_journey(
    *,
    journey: Journey,
    substance: str,
    aim: str,
    started_on: date | None,
    now: datetime,
    show_run: bool | None = None,
    on_today: bool | None = None,
) -> Journey:
    """Change any part of a journey; noted use and lights stay as they are. What is shown stays where None is given.

    :raises StartTooFar: as for a new one
    """
    _check_start(journey.person, started_on, now)
    journey.substance, journey.aim, journey.started_on = substance.strip(), aim, started_on
    journey.show_run = journey.show_run if show_run is None else show_run
    journey.on_today = journey.on_today if on_today is None else on_today
    journey.save(update_fields=["substance", "aim", "started_on", "show_run", "on_today"])
    return journey


@transaction.atomic
def set_figures(
    *,
    journey: Journey,
    limit_amount: Decimal | None,
    limit_unit: str,
    limit_per: str,
    spent_a_week: Decimal | None,
    currency: str,
    hours_a_week: Decimal | None,
) -> Journey:
    """Keep the person's own figures; an empty one shows nothing. The limit is theirs, and so is whether it held."""
    numbers = {"limit_amount": limit_amount, "spent_a_week": spent_a_week, "hours_a_week": hours_a_week}
    for name, number in numbers.items():
        setattr(journey, name, "" if number is None else f"{number:f}")
    journey.limit_unit, journey.limit_per, journey.currency = limit_unit.strip(), limit_per, currency.strip()
    journey.save(update_fields=[*numbers, "limit_unit", "limit_per", "currency"])
    return journey


def remove_journey(*, journey: Journey) -> None:
    journey.delete()


def _check_start(person: User, started_on: date | None, now: datetime) -> None:
    if started_on is None:
        return
    if started_on > local_day(person, now) + LATEST_START:
        raise StartTooFar(_("A start date can be up to a year ahead. Choose an earlier one, or leave it open."))
    if started_on.year < EARLIEST_YEAR:
        raise StartTooFar(_("That year looks mistyped. Write it with four digits, like 2024."))
