"""The readiness ruler: two numbers of one's own, kept by day; and the list of what can be made ready."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from accounts import keys
from recovery.models import PreparedThing, Readiness
from recovery.preparation import ITEMS
from recovery.services import NoSuchItem, say_readiness, set_prepared

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def test_a_day_has_one_answer_and_earlier_days_stay(alice):
    say_readiness(person=alice, importance=8, confidence=2, why_not_lower="Teo", now=NOW - dt.timedelta(days=1))
    say_readiness(person=alice, importance=3, confidence=3, now=NOW)
    say_readiness(person=alice, importance=9, confidence=5, why_not_lower="Mornings", now=NOW)

    kept = Readiness.objects.of(alice).newest_first()
    assert [(each.importance, each.confidence) for each in kept] == [(9, 5), (8, 2)]
    with keys.ring_of(None):
        assert Readiness.objects.of(alice).newest_first()[0].why_not_lower == "locked"


def test_nothing_is_chosen_beforehand_and_both_numbers_are_asked_for(as_alice, alice):
    page = BeautifulSoup(as_alice.get("/readiness/").content, "html.parser")
    assert len(page.select("input[type=radio]")) == 22
    assert not page.select("input[checked]")

    response = as_alice.post("/readiness/", {"importance": "7", "why_not_lower": "Teo"})

    assert response.status_code == 422
    assert "Teo" in response.content.decode()
    assert not Readiness.objects.of(alice).exists()


def test_what_was_said_is_shown_and_can_be_deleted(as_alice, alice):
    as_alice.post("/readiness/", {"importance": "7", "confidence": "0", "why_not_lower": "Teo"})
    assert "Matters 7 of 10, sure 0 of 10" in as_alice.get("/readiness/").content.decode()

    as_alice.post(f"/readiness/{Readiness.objects.of(alice).get().pk}/remove/")
    assert not Readiness.objects.of(alice).exists()


def test_the_list_is_ticked_once_and_taken_back_and_safety_comes_first(as_alice, alice):
    assert next(iter(ITEMS)) == "safe-to-stop"
    for _time in range(2):
        as_alice.post("/readiness/ready/naloxone/", {"done": "1"})
    assert PreparedThing.objects.of(alice).get().item == "naloxone"

    as_alice.post("/readiness/ready/naloxone/", {"done": "0"})
    assert not PreparedThing.objects.of(alice).exists()
    assert as_alice.post("/readiness/ready/no-such-thing/", {"done": "1"}).status_code == 404
    with pytest.raises(NoSuchItem):
        set_prepared(person=alice, item="no-such-thing", done=True, now=NOW)


def test_the_api_keeps_the_same(as_alice, as_charlie):
    sent = {"importance": 7, "confidence": 3}
    made = as_alice.post("/api/v1/readiness/", sent, content_type="application/json").json()

    assert made["said_on"] == "2025-06-12"
    assert as_alice.post("/api/v1/readiness/", {**sent, "confidence": 11}, "application/json").status_code == 400
    assert as_charlie.delete(f"/api/v1/readiness/{made['id']}/").status_code == 404
    as_alice.post("/api/v1/preparation/", {"item": "naloxone", "done": True}, content_type="application/json")
    assert {"item": "naloxone", "done": True} in as_alice.get("/api/v1/preparation/").json()
