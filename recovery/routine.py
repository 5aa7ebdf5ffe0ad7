"""The example of a daily routine, and which days count. Pure: no database, no clock."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models.medication import TimeOfDay

# Any three things make a day: a routine is there to lean on, and nobody has to do all of it.
# Source: clinical.md, section 5, “Daily routine”: any 3 of the 6.
ENOUGH = 3
WEEK = 7

# Slot and words; whatever is taken over becomes the person's own and can be changed.
# Source: clinical.md, section 5: breakfast, planned meals, water, movement, winding down, 7 to 9 hours, the check-in.
EXAMPLE: tuple[tuple[str, Promise], ...] = (
    (TimeOfDay.MORNING, _("Breakfast with some protein and fiber")),
    (TimeOfDay.MIDDAY, _("Lunch that I planned, and water with it")),
    (TimeOfDay.MIDDAY, _("Move for 30 minutes, all at once or 3 times 10")),
    (TimeOfDay.EVENING, _("My check-in")),
    (TimeOfDay.BEDTIME, _("Wind down for half an hour, screens away")),
    (TimeOfDay.BEDTIME, _("Lights out in time for 7 to 9 hours of sleep")),
)


def counts(done: int) -> bool:
    """Return whether a day with so many things done counts."""
    return done >= ENOUGH


def last_days(done: Mapping[date, int], today: date, days: int = WEEK) -> list[tuple[date, int]]:
    """Return each of the last days up to today, oldest first, with how much of the routine it held."""
    return [(day, done.get(day, 0)) for day in (today - timedelta(days=back) for back in reversed(range(days)))]
