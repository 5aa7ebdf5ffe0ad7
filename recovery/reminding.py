"""What this room has to say at a chosen time: the daily check-in."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from recovery.models import CallTask, CheckIn
from recovery.services.looking import CALL_KIND
from reminders import kinds


def has_checked_in(person: User, local_date: date) -> bool:
    return CheckIn.objects.of(person).filter(day=local_date).exists()


def has_no_call(person: User, local_date: date) -> bool:
    """Return whether no call that wants a reminder is meant for this date."""
    return not CallTask.objects.of(person).open().filter(reminds=True, by_on=local_date).exists()


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
