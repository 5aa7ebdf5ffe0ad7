"""Today: the same work with ten days and with ten years, and the right words for each state."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup

from accounts import keys
from plans.models import Contact, LitDay, Reason, Trigger
from recovery.models import CheckIn, Stage
from recovery.services import move_stage, note_use, save_checkin
from tests.recovery.factories import JourneyFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = dt.date(2025, 6, 12)
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _evening():
    """Thursday, June 12, 8 pm in Chicago."""
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def history(person, days, craving=lambda day: 3, first_back=1):
    """Fill the days before today, at once."""
    for day in [TODAY - dt.timedelta(days=back) for back in range(first_back, days + first_back)]:
        at = dt.datetime.combine(day, dt.time(23), tzinfo=dt.UTC)
        kept = CheckIn(person=person, day=day, mood=3, craving=craving(day), answered_at=at)
        batch.append(kept)
    CheckIn.objects.bulk_create(batch)
    LitDay.objects.bulk_create(LitDay(person=person, day=each.day, source=each.pk) for each in batch)
    batch.clear()


batch: list[CheckIn] = []


def everything(person):
    """A stage, a reason, a person to call and a trigger: every part of the page has something to show."""
    with keys.ring_of(person.pk):
        Reason.objects.create(person=person, text="Saturday games")
        Contact.objects.create(person=person, name="Denise", number="+15035550134", number_type="e164")
        Trigger.objects.create(person=person, name="Work", category="stress", impact=8)
    move_stage(person=person, stage=Stage.objects.get(slug="early-sobriety"), now=NOW)
    JourneyFactory(person=person, on_today=True)
    note_use(person=person, day=TODAY - dt.timedelta(days=2), now=NOW)


@pytest.mark.parametrize("days", [10, 3650])
@pytest.mark.parametrize(
    ("address", "most"), [("/today/", 12), ("/insights/", 12), ("/check-ins/", 8), ("/check-in/", 12)]
)
def test_ten_years_cost_the_queries_of_ten_days(as_alice, alice, django_assert_max_num_queries, days, address, most):
    history(alice, days)
    everything(alice)
    as_alice.get(address)

    with django_assert_max_num_queries(most) as default, django_assert_max_num_queries(1, connection=keys_database()):
        response = as_alice.get(address)

    assert response.status_code == 200
    assert len(default) + 1 <= most


def keys_database():
    from django.db import connections

    return connections["keys"]


def test_the_first_evening_asks_for_one_person_to_call(as_alice):
    response = as_alice.get("/today/")

    assert "Your first light goes right there" in response.content.decode()
    assert "Who could you call?" in text(response)
    assert "Today" in response.content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(9, "Morning, Alice"), (17, "Afternoon, Alice"), (22, "Evening, Alice"), (7, "Evening, Alice")]
)
def test_the_greeting_follows_the_persons_own_clock(as_alice, hour, words):
    # Chicago is 5 hours behind: 9 am UTC is 4 in the morning there.
    with time_machine.travel(dt.datetime(2025, 6, 13, hour, 0, tzinfo=dt.UTC), tick=False):
        assert words in as_alice.get("/today/").content.decode()


def test_after_the_check_in_the_card_is_one_line_that_can_be_changed(as_alice, alice):
    with keys.ring_of(alice.pk):
        save_checkin(
            person=alice,
            day=TODAY,
            answers={"mood": 4, "craving": 0},
            submission=uuid.uuid4(),
            answered_at=NOW,
            now=NOW,
        )

    response = as_alice.get("/today/")

    assert "Good, craving 0" in text(response)
    assert "How are you feeling?" not in text(response)
    assert "/check-ins/2025-06-12/edit/" in response.content.decode()


def test_whoever_was_away_is_welcomed_and_no_days_are_counted(as_alice, alice):
    history(alice, 5, first_back=6)

    page = as_alice.get("/today/").content.decode()

    assert "However long it's been, your place is kept" in page.replace("&#x27;", "'")


def test_the_days_after_use_offer_company_and_say_that_the_body_handles_less(as_alice, alice):
    history(alice, 3)
    everything(alice)

    page = text(as_alice.get("/today/"))

    assert "Good to see you" in page
    assert "handles less than before" in page
    assert "Text Denise" in page


def test_a_hard_weekday_is_named_only_with_its_counts(as_alice, alice):
    history(alice, 56, craving=lambda day: 8 if day.weekday() == 4 else 2)

    page = text(as_alice.get("/today/"))

    assert "Tomorrow is Friday" in page
    assert "on 8 of your last 8, and on 0 of 47 other days" in page


def test_no_pattern_is_claimed_from_two_weeks(as_alice, alice):
    history(alice, 14, craving=lambda day: 8 if day.weekday() == 4 else 2)

    assert "have been harder" not in text(as_alice.get("/today/"))


def test_a_small_thing_can_be_done_or_put_off_until_tomorrow(as_alice, alice):
    move_stage(person=alice, stage=Stage.objects.get(slug="early-sobriety"), now=NOW)
    assert "Name 3 people" in text(as_alice.get("/today/"))

    as_alice.post("/path/tasks/three-people/done/", {"from": "today"})
    assert "2 early signs" in text(as_alice.get("/today/"))

    as_alice.post("/path/tasks/warning-signs/not-today/")
    assert "One small thing" not in text(as_alice.get("/today/"))
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        assert "2 early signs" in text(as_alice.get("/today/"))


def test_a_day_lit_by_a_ride_is_a_light_and_not_a_gap(as_alice, alice):
    history(alice, 3, first_back=2)
    before = as_alice.get("/today/").content.decode().count("lamp-o")
    LitDay.objects.create(person=alice, day=TODAY - dt.timedelta(days=1), source=uuid.uuid4())

    after = as_alice.get("/today/").content.decode().count("lamp-o")

    assert (before, after) == (1, 0)
