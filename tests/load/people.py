"""The people whose pages are measured: a month of days, ten years of days, and some who check in once each."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.clock import local_day
from accounts.models import User
from plans.models import LitDay, Trigger, TriggerMet
from recovery.models import CheckIn, CheckInVersion, Journey

MONTH, DECADE = 30, 3650  # days of history
SAVERS = 60


@dataclass(frozen=True)
class Person:
    """Somebody signed in: `cookie` is the session's."""

    user: User
    cookie: str


def make_person(name: str, days: int) -> Person:
    """Make an account with a check-in on nearly every one of the days before today."""
    now = timezone.now()
    fields = {"called": name.title(), "time_zone": "America/Chicago", "agreed_at": now, "onboarded_at": now}
    user = User.objects.create_user(f"{name}@example.org", None, **fields)
    today = local_day(user, now)
    Journey.objects.create(person=user, aim="abstain", started_on=today - timedelta(days=days))
    triggers = [
        Trigger.objects.create(person=user, name=f"Trigger {number}", category="stress", impact=number)
        for number in range(3, 9)
    ]
    _write_history(user, list(_days(today, days)), triggers)
    client = Client()
    client.force_login(user)
    return Person(user, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")


def _days(today: date, count: int) -> Iterator[date]:
    # Now and then a day is missing, as in life.
    return (today - timedelta(days=ago) for ago in range(1, count + 1) if ago % 17)


def _write_history(user: User, days: list[date], triggers: list[Trigger]) -> None:
    now = timezone.now()
    rows, versions, lights, met = [], [], [], []
    for number, day in enumerate(days):
        told = [[str(trigger.pk), number % 10 + 1] for trigger in triggers[: number % 3]]
        said = {
            "mood": number * 7 % 5 + 1,
            "craving": number * 11 % 11,
            "sleep_half_hours": 8 + number % 10,
            "used": "yes" if number and number % 400 == 0 else "no",
            "met": told,
            "answered_at": now,
        }
        row = CheckIn(person=user, day=day, **said)
        rows.append(row)
        versions.append(CheckInVersion(person=user, checkin=row, submission=uuid.uuid4(), **said))
        lights.append(LitDay(person=user, day=day, source=row.pk))
        met += [
            TriggerMet(person=user, day=day, trigger=trigger, intensity=number % 10 + 1, source=row.pk)
            for trigger in triggers[: number % 3]
        ]
    for model, made in ((CheckIn, rows), (CheckInVersion, versions), (LitDay, lights), (TriggerMet, met)):
        model.objects.bulk_create(made, batch_size=1000)  # type: ignore[attr-defined]
