"""Plans what is near: from each schedule that is soon due, one row for each message. Any number of planners at once."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.clock import zone_of
from reminders.models import Delivery, Schedule, shard_of
from reminders.occurrences import moments

# Deliveries exist this long before they are due, so that many at one minute are ready when it comes.
PLAN_AHEAD = timedelta(minutes=5)
PLAN_BATCH = 1000
# What one tick plans at most before it looks at what is due; others are asked to help with the rest.
PLAN_ROUNDS = 10
# After a long stop, occurrences further back than this are not even planned: they would only expire.
PLAN_BACK = timedelta(days=7)

_MOVE_ON = """
UPDATE reminders_schedule AS s SET next_on = n.day, next_slot = n.slot, next_at = n.at
FROM unnest(%s::uuid[], %s::date[], %s::smallint[], %s::timestamptz[]) AS n(id, day, slot, at) WHERE s.id = n.id
"""


def plan_some(now: datetime) -> bool:
    """Plan a good part of what is near, and return whether there is more."""
    return all(plan(now) for _round in range(PLAN_ROUNDS))


def is_behind(now: datetime) -> bool:
    """Return whether something near is not planned yet."""
    return Schedule.objects.unplanned(now + PLAN_AHEAD).exists()


@transaction.atomic
def plan(now: datetime) -> int:
    """Write down the near occurrences of some schedules and return how many schedules that were."""
    until = now + PLAN_AHEAD
    schedules = list(
        Schedule.objects.unplanned(until)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("person")
        .order_by("next_at")[:PLAN_BATCH]
    )
    deliveries = [delivery for schedule in schedules for delivery in _move_on(schedule, now, until)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    if schedules:
        _keep_next(schedules)
    return len(schedules)


def _keep_next(schedules: list[Schedule]) -> None:
    if connection.vendor != "postgresql":
        Schedule.objects.bulk_update(schedules, ["next_on", "next_slot", "next_at"], batch_size=200)
        return
    # Django writes a CASE for each row and column, which takes longer than all the rest together.
    columns = zip(*((each.pk, each.next_on, each.next_slot, each.next_at) for each in schedules), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_ON, [list(column) for column in columns])


def _move_on(schedule: Schedule, now: datetime, until: datetime) -> list[Delivery]:
    """Return the deliveries up to an instant, and set the schedule to the first occurrence after it."""
    assert schedule.next_on
    assert schedule.next_at
    deliveries: list[Delivery] = []
    # The first was settled when the schedule was set: after a move east it is due at once, whatever the wall says.
    day, slot, due_at = schedule.next_on, schedule.next_slot, schedule.next_at
    first = max(day, (now - PLAN_BACK).date())
    ahead = moments(schedule.times, schedule.days, zone_of(schedule.person), first)
    while due_at <= until:
        deliveries.append(
            Delivery(
                person_id=schedule.person_id,
                shard=shard_of(schedule.person_id),
                schedule=schedule,
                channel=schedule.channel,
                local_date=day,
                slot=slot,
                due_at=due_at,
                attempt_at=due_at,
            )
        )
        day, slot, due_at = next(later for later in ahead if later[:2] > (day, slot))
    schedule.next_on, schedule.next_slot, schedule.next_at = day, slot, due_at
    return deliveries
