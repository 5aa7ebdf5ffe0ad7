"""What comes next for a schedule that was changed, paused or moved to another zone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.clock import local_day, zone_of
from accounts.models import User
from reminders.models import Delivery, Schedule
from reminders.occurrences import moments

# A moment this recent may not have been acted on yet.
JUST_NOW = timedelta(minutes=5)

# A local date, and which time of it.
Slot = tuple[date, int]


def plan_anew(schedule: Schedule, person: User, now: datetime, owed_from: Slot | None = None) -> None:
    """Take back what has not been tried, and find the next occurrence.

    `owed_from`: from this one on, a moment that is already past was skipped by moving east, not missed.
    """
    today = local_day(person, now)
    planned = schedule.deliveries.planned()
    planned.filter(state=Delivery.State.DUE, attempts=0).delete()
    # Nobody got a message for these, so a new time may still bring one today.
    planned.filter(local_date__gte=today, state__in=[Delivery.State.EXPIRED, Delivery.State.SUPPRESSED]).delete()
    last = schedule.deliveries.first_calls().order_by("local_date", "slot").values_list("local_date", "slot").last()
    handled = last or (date.min, 0)
    first = max(owed_from[0] if owed_from else today, schedule.resumes_on or date.min, handled[0])
    ahead = (
        (day, slot, at)
        for day, slot, at in moments(schedule.times, schedule.days, zone_of(person), first)
        if (day, slot) > handled and (not owed_from or (day, slot) >= owed_from)
    )
    schedule.next_on, schedule.next_slot, schedule.next_at = _next(ahead, now, owed=owed_from is not None)
    schedule.save()


def _next(
    ahead: Iterator[tuple[date, int, datetime]], now: datetime, *, owed: bool
) -> tuple[date, int, datetime] | tuple[None, int, None]:
    """Return the next occurrence; one that is owed and already past comes at once, the newest such."""
    skipped: Slot | None = None
    for day, slot, at in ahead:
        if at <= now:
            skipped = day, slot
        elif owed and skipped:
            return *skipped, now
        else:
            return day, slot, at
    return None, 0, None


def still_ahead(schedule: Schedule, zone: ZoneInfo, now: datetime) -> Slot | None:
    """Return the first occurrence whose moment has not come yet, or came just now."""
    today = now.astimezone(zone).date()
    for day, slot, at in moments(schedule.times, schedule.days, zone, today - timedelta(days=1)):
        if at > now - JUST_NOW:
            return day, slot
    return None
