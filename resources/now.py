"""What goes on at an instant, worldwide, each in the time of its own zone.

Most slots are the same every week and lie in a zone whose clock does not change these days: those an index answers.
The few others, of rules with more to them or in a zone that changes its clock about now, are asked one by one.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from resources.models import ListingQuerySet, Schedule, Slot
from resources.repeats import MINUTES_A_WEEK

SOON = timedelta(hours=2)
A_DAY = 24 * 60
# No zone of today changes its clock by more than an hour; three leave room.
MARGIN = 180


def going_on(listings: ListingQuerySet, now: datetime, ahead: timedelta = timedelta(0)) -> ListingQuerySet:
    """Keep what is open or going on at an instant, or begins until `ahead` after it (0–24 hours).

    What is closed for now goes on nowhere.
    """
    weekly, uncertain = _slots(now, ahead)
    ids = Slot.objects.annotate(ends=F("begins") + F("minutes")).filter(weekly, is_weekly=True).values("listing")
    asked = _ask(uncertain, now, ahead)
    always = Schedule.objects.filter(always_open=True).values("listing")
    return listings.open_on(now.date()).filter(Q(pk__in=ids) | Q(pk__in=asked) | Q(pk__in=always))


def _slots(now: datetime, ahead: timedelta) -> tuple[Q, Q]:
    """Return the slots that are certain, and those that have to be asked."""
    certain: dict[int, list[str]] = defaultdict(list)
    zones = list(Slot.objects.order_by().values_list("tz", flat=True).distinct())
    changing = [name for name in zones if _changes_about(now, ZoneInfo(name))]
    for name in zones:
        if name not in changing:
            certain[_week_minute(now, name)].append(name)
    minutes = int(ahead.total_seconds()) // 60
    weekly = Q(pk=None)
    for begins, names in certain.items():
        weekly |= Q(tz__in=names) & _window(begins, begins + minutes)
    uncertain = Q(pk=None)
    by_minute: dict[int, list[str]] = defaultdict(list)
    for name in zones:
        by_minute[_week_minute(now, name)].append(name)
    for begins, names in by_minute.items():
        window = _window(begins - MARGIN, begins + minutes + MARGIN)
        uncertain |= Q(tz__in=names) & window & (Q(is_weekly=False) | Q(tz__in=changing))
    return weekly, uncertain


def _window(now: int, latest: int) -> Q:
    """Return what ends after a week minute and begins until another, also over the end of the week."""
    found = Q(pk=None)
    for week in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK):
        first, last = max(0, now - A_DAY - week), latest - week
        if last >= 0 and first < MINUTES_A_WEEK:
            found |= Q(begins__gte=first, begins__lte=last, ends__gt=now - week)
    return found


def _ask(uncertain: Q, now: datetime, ahead: timedelta) -> list[object]:
    slots = Slot.objects.annotate(ends=F("begins") + F("minutes")).filter(uncertain)
    schedules = Schedule.objects.filter(pk__in=slots.values("schedule"))
    return [s.listing_id for s in schedules if (rule := s.repeat) and rule.next_within(now, ahead)]


def _changes_about(now: datetime, zone: ZoneInfo) -> bool:
    hours = (-27, -14, 0, 14, 27)
    return len({(now + timedelta(hours=each)).astimezone(zone).utcoffset() for each in hours}) > 1


def _week_minute(now: datetime, name: str) -> int:
    local = now.astimezone(ZoneInfo(name))
    return local.weekday() * A_DAY + local.hour * 60 + local.minute
