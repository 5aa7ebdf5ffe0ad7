"""What saving a check-in asks of the databases: counted, the same after ten years, nothing for what was not said."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connections

from accounts import keys
from plans.models import Strategy, Trigger
from recovery.models import CheckIn, CheckInVersion, Lapse

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = dt.date(2025, 6, 12)
# Session with its account, BEGIN, the look at what is kept, the check-in, its version, the light, COMMIT.
LEAST = 7


@pytest.fixture(autouse=True)
def _evening():
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def plan(alice):
    with keys.ring_of(alice.pk):
        return [
            (
                Trigger.objects.create(person=alice, name=f"Trigger {number}", category="stress", impact=5),
                Strategy.objects.create(person=alice, name=f"Walk {number}", position=number),
            )
            for number in range(6)
        ]


def send(client, **answers):
    return client.post(
        "/check-in/", {"submission": str(uuid.uuid4()), "day": TODAY.isoformat(), "mood": "4", **answers}
    )


def history(person, days):
    rows = [
        CheckIn(
            person=person, day=TODAY - dt.timedelta(days=back), mood=3, used="no", answered_at=dt.datetime.now(dt.UTC)
        )
        for back in range(1, days + 1)
    ]
    CheckIn.objects.bulk_create(rows)
    CheckInVersion.objects.bulk_create(
        CheckInVersion(person=person, checkin=row, submission=uuid.uuid4(), mood=3, answered_at=row.answered_at)
        for row in rows
    )


@pytest.mark.parametrize("days", [0, 3650])
def test_saving_costs_the_same_after_ten_years(as_alice, alice, plan, django_assert_num_queries, days):
    history(alice, days)

    with django_assert_num_queries(LEAST), django_assert_num_queries(0, connection=connections["keys"]):
        response = send(as_alice, craving="4", sleep="7", used="no")

    assert response.status_code == 302
    assert CheckIn.objects.of(alice).filter(day=TODAY, craving=4, used="no").exists()


@pytest.mark.parametrize("rows", [1, 6])
def test_a_full_answer_costs_a_fixed_number_more(as_alice, alice, plan, django_assert_num_queries, rows):
    said = {f"tried_{strategy.pk}": "some" for _trigger, strategy in plan[:rows]}
    around = [str(trigger.pk) for trigger, _strategy in plan[:rows]]

    # The lists that the form offered, the rows of the plan that are named, one insert each, and the event of use.
    with django_assert_num_queries(LEAST + 7), django_assert_num_queries(1, connection=connections["keys"]):
        response = send(as_alice, around=around, used="yes", note="Tea", **said)

    assert response.status_code == 302
    assert Lapse.objects.of(alice).filter(day=TODAY).count() == 1


def test_sending_the_same_again_writes_nothing(as_alice, alice, django_assert_num_queries):
    name = str(uuid.uuid4())
    send(as_alice, submission=name)

    with django_assert_num_queries(LEAST - 2):
        response = send(as_alice, submission=name)

    assert response.status_code == 302
    assert CheckInVersion.objects.of(alice).count() == 1


def test_a_form_that_comes_back_still_offers_every_trigger_and_strategy(as_alice, plan):
    response = send(as_alice, craving="12")

    text = response.content.decode()
    assert response.status_code == 422
    assert [f"Trigger {number}" in text and f"Walk {number}" in text for number in range(6)] == [True] * 6
