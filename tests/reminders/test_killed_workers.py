"""Real workers, a real mail server, and power cuts: nothing is lost, and nothing is doubled without a reason.

On SQLite the broker is made of files, on PostgreSQL it is Redis; either way the worker starts as `manage.py up` does.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.reminders.machine import Machine, machine
from tests.reminders.postbox import Postbox

pytestmark = [pytest.mark.processes, pytest.mark.timeout(420)]


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Machine]:
    """One for all, because making its databases takes longer than each test."""
    with machine(tmp_path_factory.mktemp("machine")) as made:
        yield made


@pytest.fixture
def house(installation, post_office) -> Iterator[Machine]:
    installation.clear(post_office.port)
    yield installation
    installation.kill_all()


@pytest.fixture
def box(post_office) -> Postbox:
    return post_office.box


def all_sent(house: Machine, count: int) -> bool:
    states = house.states()
    return len(states) == count and set(states.values()) == {"sent"}


def taken_and_not_marked(house: Machine, box: Postbox) -> set[str]:
    """Return what the mail server has and the rows do not know: a kill at this moment doubles that, and no more."""
    # What the killed one had sent may still be on its way until its line has closed.
    house.wait_for(lambda: box.in_hand == box.lines == 0, "the mail server is idle")
    states = house.states()
    return {pk for pk in box.copies() if states[pk] != "sent"}


def test_a_reminder_goes_out_by_itself_at_the_persons_local_time(house, box):
    house.python(
        """
from datetime import timedelta
from allauth.account.models import EmailAddress
from accounts.clock import local_time
from accounts.models import User
from reminders import services
from reminders.clock import database_now
person = User.objects.create_user("alice@example.org", time_zone="America/Chicago")
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
now = database_now()
services.set_daily(person=person, at=local_time(person, now + timedelta(minutes=1)).time(), now=now)
"""
    )
    [(next_at,)] = house.rows("SELECT next_at FROM reminders_schedule")

    house.start_worker()
    house.wait_for(lambda: len(box.mails) > 0, "the mail has arrived")
    arrived = datetime.now(UTC)
    house.wait_for(lambda: all_sent(house, 1), "the row says so")

    due_at = next_at if isinstance(next_at, datetime) else datetime.fromisoformat(f"{next_at}+00:00")
    assert due_at.second == 0
    assert arrived >= due_at
    assert box.mails[0]["To"] == "alice@example.org"
    assert len(box.mails) == 1


def test_workers_killed_at_any_moment_lose_nothing_and_double_only_what_was_taken_and_not_marked(house, box):
    people, kills, chance = 120, 5, random.Random(20261121)
    house.add_people(people)
    box.delay = 0.02
    may_double: Counter[str] = Counter()

    for _kill in range(kills):
        before = len(box.mails)
        worker = house.start_worker()
        moment = before + chance.randint(1, 8)
        house.wait_for(lambda: len(box.mails) >= moment or all_sent(house, people), "a few more have arrived")  # noqa: B023
        house.kill(worker)
        may_double.update(taken_and_not_marked(house, box))
    assert len(box.mails) < people, "the kills came while there was work"
    box.delay = 0
    house.start_worker()
    house.wait_for(lambda: all_sent(house, people), "all are sent")

    copies = box.copies()
    assert set(copies) == set(house.states()), "nothing is lost"
    assert {pk: count for pk, count in copies.items() if count > 1 + may_double[pk]} == {}


def test_a_kill_between_the_servers_answer_and_the_mark_doubles_that_one_and_no_other(house, box, tmp_path):
    house.add_people(10)
    stopped = tmp_path / "stopped"
    include = ["--include", "tests.reminders.stop_before_mark"]

    # One line, so that no other mail is sent meanwhile.
    worker = house.start_worker(*include, STOPPED_FILE=str(stopped), REMINDERS_SENDERS="1")
    house.wait_for(lambda: stopped.exists() and bool(stopped.read_text()), "it stands between answer and mark")
    house.kill(worker)
    unmarked = taken_and_not_marked(house, box)
    house.start_worker()
    house.wait_for(lambda: all_sent(house, 10), "all are sent")

    copies = box.copies()
    doubled = {pk for pk, count in copies.items() if count > 1}
    assert doubled == unmarked == {stopped.read_text()}
    assert copies[stopped.read_text()] == 2  # under one Message-ID, so that mail programs fold them
    assert set(copies) == set(house.states())


def test_a_broker_that_forgets_everything_costs_a_tick_and_no_reminder(house, box):
    house.add_people(10)
    house.python("from reminders.tasks import tick; tick()")
    assert house.queued() > 0

    house.wipe_broker()
    assert set(house.states().values()) == {"due"}
    house.start_worker()
    house.wait_for(lambda: all_sent(house, 10), "all are sent")

    assert set(box.copies().values()) == {1}


def test_two_beats_and_two_workers_send_each_once(house, box):
    house.add_people(60)
    box.delay = 0.02

    house.start_worker("--hostname", "one@house")
    house.start_worker("--hostname", "two@house")
    house.wait_for(lambda: all_sent(house, 60), "all are sent")

    assert set(box.copies().values()) == {1}
    assert len(box.copies()) == 60
