"""Several workers and ticks at the same moment, on a database that takes several writers."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import connections

from accounts.clock import local_time
from accounts.models import User
from reminders import dispatch
from reminders.clock import database_now
from reminders.models import Delivery, Schedule

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

PEOPLE, AT_ONCE = 150, 4


def together(deed: Callable[[], None]) -> None:
    if settings.EMBEDDED:
        # SQLite in the tests is one connection, so here they take turns; test_killed_workers.py has real processes.
        for _number in range(AT_ONCE):
            deed()
        return
    gate = threading.Barrier(AT_ONCE)

    def run() -> None:
        gate.wait()
        try:
            deed()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_ticks_and_workers_at_once_plan_and_send_each_once():
    now = database_now()
    people = User.objects.bulk_create(
        User(email=f"person{number}@example.org", time_zone="America/Chicago") for number in range(PEOPLE)
    )
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True) for one in people)
    local = local_time(people[0], now)
    Schedule.objects.bulk_create(
        Schedule(person=one, kind="check-in", local_time=local.time(), next_on=local.date(), next_at=now)
        for one in people
    )

    together(lambda: [dispatch.deliver(*nudge) for nudge in dispatch.tick(now)] and None)
    for nudge in dispatch.tick(now + timedelta(seconds=1)):  # what each left to the other
        dispatch.deliver(*nudge)

    assert Delivery.objects.count() == PEOPLE
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert len(mail.outbox) == PEOPLE
    assert len({letter.to[0] for letter in mail.outbox}) == PEOPLE
