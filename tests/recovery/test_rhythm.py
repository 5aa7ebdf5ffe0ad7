"""The week's few things, and a proposed stage: the person decides, and nothing moves by itself."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from recovery.models import Stage, StageMove, StageProposal, WeekThing, WeekTick
from recovery.services import (
    AlreadyAnswered,
    TooManyThings,
    accept_stage,
    decline_stage,
    move_stage,
    propose_stage,
    set_week,
    tick_week,
    untick_week,
)
from recovery.services.rhythm import week_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 16, 2, 0, tzinfo=dt.UTC)  # still Sunday the 15th in Chicago


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


@given(st.dates())
def test_a_week_begins_on_the_monday_that_is_not_after_the_day(day):
    if day > dt.date(1, 1, 7):
        assert week_of(day).weekday() == 0
        assert 0 <= (day - week_of(day)).days < 7


def test_a_tick_counts_for_the_persons_own_week_once(alice):
    [thing] = set_week(person=alice, things=["Swim"], now=NOW)

    tick_week(thing=thing, now=NOW)
    tick_week(thing=thing, now=NOW - dt.timedelta(days=6))
    assert WeekTick.objects.of(alice).get().week_on == dt.date(2025, 6, 9)

    tick_week(thing=thing, now=NOW + dt.timedelta(days=1))
    untick_week(thing=thing, now=NOW)
    assert WeekTick.objects.of(alice).get().week_on == dt.date(2025, 6, 16)


def test_what_stays_keeps_its_weeks_and_more_than_three_is_refused(alice):
    swim, _call = set_week(person=alice, things=["Swim", "Call"], now=NOW)
    tick_week(thing=swim, now=NOW)

    set_week(person=alice, things=["Walk", "Swim", "Swim"], now=NOW)

    assert [thing.text for thing in WeekThing.objects.of(alice).current()] == ["Walk", "Swim"]
    assert swim.ticks.count() == 1
    with pytest.raises(TooManyThings):
        set_week(person=alice, things=["a", "b", "c", "d"], now=NOW)


def test_the_page_counts_weeks_and_says_of_how_many(as_alice, alice):
    as_alice.post("/week/edit/", {"things": "Swim\nCall Denise"})
    thing = WeekThing.objects.of(alice).current().first()
    tick_week(thing=thing, now=NOW - dt.timedelta(weeks=1))

    as_alice.post(f"/week/{thing.pk}/done/")

    assert "2 of the last 6 weeks" in text(as_alice.get("/week/"))
    assert as_alice.post("/week/edit/", {"things": "a\nb\nc\nd"}).status_code == 422


def test_a_proposal_moves_nothing_until_the_person_says_yes(as_alice, alice):
    first, second, *_others = Stage.objects.all()
    move_stage(person=alice, stage=first, now=NOW - dt.timedelta(days=9))
    with keys.ring_of(None):  # whoever proposes does not hold the person's key
        asked = propose_stage(person=alice, stage=second, by_name="Bob Ruiz", now=NOW)

    assert "Bob Ruiz thinks it could." in text(as_alice.get("/path/"))
    assert StageMove.objects.of(alice).newest_first().first().stage == first

    as_alice.post(f"/path/proposals/{asked.pk}/accept/")
    assert StageMove.objects.of(alice).newest_first().first().stage == second
    assert "thinks it could" not in text(as_alice.get("/path/"))
    with pytest.raises(AlreadyAnswered):
        decline_stage(proposal=asked, now=NOW)


def test_no_leaves_the_person_where_they_are_and_a_new_proposal_replaces_an_open_one(as_alice, alice):
    first, second, third, _last = Stage.objects.all()
    move_stage(person=alice, stage=first, now=NOW - dt.timedelta(days=9))
    old = propose_stage(person=alice, stage=second, by_name="Bob", now=NOW)
    new = propose_stage(person=alice, stage=third, by_name="Bob", now=NOW)

    assert StageProposal.objects.of(alice).open().get() == new
    with pytest.raises(AlreadyAnswered):
        accept_stage(proposal=old, now=NOW)
    as_alice.post(f"/path/proposals/{new.pk}/decline/")
    assert StageMove.objects.of(alice).newest_first().first().stage == first
    assert not StageProposal.objects.get(pk=new.pk).accepted


def test_the_api_does_the_same_for_the_owner_alone(as_alice, as_charlie, alice):
    sent = {"things": ["Swim"]}
    made = as_alice.post("/api/v1/week/", sent, content_type="application/json").json()
    url = f"/api/v1/week/{made[0]['id']}/tick/"

    assert as_charlie.put(url, {"done": True}, content_type="application/json").status_code == 404
    assert as_alice.put(url, {"done": True}, content_type="application/json").json()["done_this_week"]
    assert not as_alice.put(url, {"done": False}, content_type="application/json").json()["done_this_week"]

    asked = propose_stage(person=alice, stage=Stage.objects.first(), by_name="Bob", now=NOW)
    assert as_charlie.post(f"/api/v1/stage-proposals/{asked.pk}/accept/").status_code == 404
    assert as_alice.post(f"/api/v1/stage-proposals/{asked.pk}/accept/").json()["accepted"]
    assert as_alice.post(f"/api/v1/stage-proposals/{asked.pk}/decline/").status_code == 409
