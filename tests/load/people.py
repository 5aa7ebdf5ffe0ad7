"""The people whose pages are measured: a month of days, ten years of days, some who check in once each, and clients."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.clock import local_day
from accounts.models import User
from accounts.unlocking import acting_for
from plans.models import Activity, Answer, Contact, LitDay, Reason, Strategy, Trigger, TriggerMet
from recovery.models import CheckIn, CheckInVersion, Goal, GoalStep, Journey, Lapse, Stage, StageMove

# Days of history; the second one holds 3,650 check-ins, which is ten years of them.
MONTH, DECADE = 30, 3878
SAVERS = 60


@dataclass(frozen=True)
class Person:
    """Somebody signed in: `cookie` is the session's."""

    user: User
    cookie: str


def make_account(name: str) -> User:
    """Make an account that has finished the first steps."""
    now = timezone.now()
    fields = {"called": name.title(), "time_zone": "America/Chicago", "agreed_at": now, "onboarded_at": now}
    return User.objects.create_user(f"{name}@example.org", None, **fields)


def sign_in(user: User) -> Person:
    client = Client()
    client.force_login(user)
    return Person(user, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")


@transaction.atomic
def make_person(name: str, days: int) -> Person:
    """Make an account with a plan, a stage, a goal, and a check-in on nearly every one of the days before today."""
    user = make_account(name)
    today = local_day(user, timezone.now())
    with acting_for(user.pk):
        triggers = _write_plan(user)
        _write_path(user, today, days)
    _write_history(user, list(_days(today, days)), triggers)
    return sign_in(user)


@transaction.atomic
def make_clients(count: int, days: int) -> list[User]:
    """Make accounts with check-ins and a stage, who never sign in."""
    clients = []
    stage = Stage.objects.order_by("position").first()
    for number in range(count):
        user = make_account(f"client{number}")
        today = local_day(user, timezone.now())
        StageMove.objects.create(person=user, stage=stage)
        # Each falls silent on another day.
        _write_history(user, list(_days(today, days))[number % 9 :], [])
        clients.append(user)
    return clients


def _write_plan(user: User) -> list[Trigger]:
    """Write what a plan of middling length holds, all of it sealed; return its triggers."""
    triggers = [
        Trigger.objects.create(person=user, name=f"Trigger {number}", category="stress", impact=number)
        for number in range(3, 9)
    ]
    strategies = [
        Strategy.objects.create(person=user, name=f"Strategy {number}", position=number, minutes=10)
        for number in range(4)
    ]
    for number, trigger in enumerate(triggers[:4]):
        Answer.objects.create(person=user, trigger=trigger, strategy=strategies[number])
    for number in range(3):
        Reason.objects.create(person=user, text=f"Reason {number}", position=number)
        Activity.objects.create(person=user, name=f"Activity {number}", position=number)
        Contact.objects.create(
            person=user, name=f"Contact {number}", number=f"+1312555014{number}", number_type="e164", position=number
        )
    return triggers


def _write_path(user: User, today: date, days: int) -> None:
    """Write where the person stands: a journey as old as the history, a stage, a goal with steps."""
    Journey.objects.create(person=user, aim="abstain", started_on=today - timedelta(days=days))
    StageMove.objects.create(person=user, stage=Stage.objects.order_by("position").first())
    goal = Goal.objects.create(person=user, text="Goal", due_on=today + timedelta(days=20))
    for number in range(3):
        GoalStep.objects.create(person=user, goal=goal, text=f"Step {number}", position=number)


def _days(today: date, count: int) -> Iterator[date]:
    # Now and then a day is missing, as in life.
    return (today - timedelta(days=ago) for ago in range(1, count + 1) if ago % 17)


def _write_history(user: User, days: list[date], triggers: list[Trigger]) -> None:
    now = timezone.now()
    rows, versions, lights, met, lapses = [], [], [], [], []
    for number, day in enumerate(days):
        # Two or three a day: ten years hold more than 8,000 of them.
        named = triggers[: number % 6]
        told = [[str(trigger.pk), number % 10 + 1] for trigger in named]
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
        if row.used == "yes":
            lapses.append(Lapse(person=user, day=day, source=Lapse.Source.CHECKIN))
        lights.append(LitDay(person=user, day=day, source=row.pk))
        met += [
            TriggerMet(person=user, day=day, trigger=trigger, intensity=number % 10 + 1, source=row.pk)
            for trigger in named
        ]
    made_of = {CheckIn: rows, CheckInVersion: versions, LitDay: lights, TriggerMet: met, Lapse: lapses}
    for model, made in made_of.items():
        model.objects.bulk_create(made, batch_size=1000)  # type: ignore[attr-defined]
