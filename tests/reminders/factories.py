"""A kind of reminder for tests, and rows of it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from reminders import kinds
from reminders.models import Delivery, Schedule, shard_of


def daily_kind(**changes: Any) -> kinds.Kind:
    """Register a daily kind that is never done, or whatever the test asks for."""
    fields: dict[str, Any] = {
        "slug": "check-in",
        "label": "Daily check-in",
        "line": "When it suits you, take a minute.",
        "leads_to": "home",
        "is_done": lambda person, local_date: False,
        "max_lateness": timedelta(minutes=90),
        "is_daily": True,
    }
    kind = kinds.Kind(**{**fields, **changes})
    kinds.register(kind)
    return kind


def schedule_of(person: User, **fields: Any) -> Schedule:
    return Schedule.objects.create(person=person, **{"kind": "check-in", "local_time": time(19), **fields})


def delivery_of(schedule: Schedule, due_at: datetime, **fields: Any) -> Delivery:
    fields.setdefault("local_date", due_at.date())
    fields.setdefault("attempt_at", due_at)
    fields.setdefault("channel", schedule.channel)
    fields.setdefault("shard", shard_of(schedule.person_id))
    return Delivery.objects.create(person=schedule.person, schedule=schedule, due_at=due_at, **fields)


def way_of(delivery: Delivery) -> tuple[str, list[int]]:
    """What a worker would be asked to look at, so that it finds this one."""
    return delivery.channel, [delivery.shard]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def sent(schedule: Schedule, day: date, at: datetime) -> Delivery:
    return delivery_of(schedule, at, local_date=day, state=Delivery.State.SENT, sent_at=at)
