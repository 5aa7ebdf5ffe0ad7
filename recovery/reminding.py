"""What this room has to say at a chosen time: the daily check-in, calls, appointments."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from recovery.models import Appointment, CallTask, CheckIn
from recovery.services.appointments import MESSAGES, speaks_about
from recovery.services.looking import CALL_KIND
from reminders import kinds


def has_checked_in(person: User, local_date: date) -> bool:
    return CheckIn.objects.of(person).filter(day=local_date).exists()


def has_no_call(person: User, local_date: date) -> bool:
    """Return whether no call that wants a reminder is meant for this date."""
    return not CallTask.objects.of(person).open().filter(reminds=True, by_on=local_date).exists()


def has_none_tomorrow(person: User, local_date: date) -> bool:
    """Return whether no appointment of the next day wants its message the evening before."""
    return not speaks_about(person, Appointment.Reminds.EVE, local_date)


def has_none_that_day(person: User, local_date: date) -> bool:
    """Return whether no appointment of this date wants its message that morning."""
    return not speaks_about(person, Appointment.Reminds.MORNING, local_date)


def register_kinds() -> None:
    """Make this room's kinds known; called once, when Django is ready."""
    kinds.register(
        kinds.Kind(
            slug="check-in",
            label=_("Daily check-in"),
            # It is read on lock screens and over shoulders: nothing about the person, nor about what this is.
            line=_("When it suits you, take a minute here:"),
            leads_to="recovery:checkin",
            is_done=has_checked_in,
            max_lateness=timedelta(minutes=90),
            is_daily=True,
        )
    )
    kinds.register(
        kinds.Kind(
            slug=CALL_KIND,
            label=_("Calls I want to make"),
            line=_("There is something you wanted to do today:"),
            leads_to="today",
            is_done=has_no_call,
            max_lateness=timedelta(hours=6),
        )
    )
    kinds.register(
        kinds.Kind(
            slug=MESSAGES[Appointment.Reminds.EVE].kind,
            label=_("Appointments, the evening before"),
            line=_("Something of yours is planned for tomorrow:"),
            leads_to="recovery:appointment-list",
            is_done=has_none_tomorrow,
            max_lateness=timedelta(hours=4),
        )
    )
    kinds.register(
        kinds.Kind(
            slug=MESSAGES[Appointment.Reminds.MORNING].kind,
            label=_("Appointments, that morning"),
            line=_("Something of yours is planned for today:"),
            leads_to="recovery:appointment-list",
            is_done=has_none_that_day,
            max_lateness=timedelta(hours=1),
        )
    )
