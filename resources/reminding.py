"""What this room has to say at a chosen time, to those who keep the directory right."""

from datetime import date, time, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reminders import kinds
from resources.models import Listing

WEEKDAYS = 0b001_1111


def nothing_to_check(person: User, local_date: date) -> bool:
    """Return whether no entry waits to be checked, or it is no longer this person's to do."""
    return not person.is_curator or not Listing.objects.visible().overdue(local_date).exists()


def register_kinds() -> None:
    """Make this room's kinds known; called once, when Django is ready."""
    kinds.register(
        kinds.Kind(
            slug="verification",
            label=_("Entries to check"),
            line=_("There are entries that wait to be checked:"),
            about=_("For curators, on days when an entry is due to be checked."),
            leads_to="admin:resources_listing_changelist",
            is_done=nothing_to_check,
            max_lateness=timedelta(hours=8),
            may_set=lambda person: person.is_curator,
            usual_time=time(9),
            usual_days=WEEKDAYS,
        )
    )
