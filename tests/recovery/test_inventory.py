"""What makes it harder and what holds: private, never added up, and taken over into the plan once."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import keys
from plans.models import Activity, Reason, Strategy, Trigger
from recovery.inventory import AREAS, STATEMENTS, SUGGESTIONS, Part
from recovery.models import Inventory
from recovery.services import NoSuchSuggestion, PullMissing, keep_inventory, suggested, take_over
from support.models import Scope
from tests.words import stigmatising

database = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
PLANNED = {
    Part.TRIGGER: (Trigger, "name"),
    Part.STRATEGY: (Strategy, "name"),
    Part.ACTIVITY: (Activity, "name"),
    Part.REASON: (Reason, "text"),
}


@pytest.fixture
def evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield alice


def page(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_every_sentence_suggests_something_that_a_plan_can_hold():
    assert len(SUGGESTIONS) == sum(len(each.suggests) for each in STATEMENTS.values())
    assert {area.slug for area in AREAS} >= {"family", "surroundings", "availability", "health", "isolation"}
    for each in STATEMENTS.values():
        assert each.suggests
        assert not stigmatising(str(each.words))
    for each in SUGGESTIONS.values():
        assert len(str(each.words)) <= 120
        assert (each.category in Trigger.Category.values) == (each.part == Part.TRIGGER)


def test_no_consent_can_open_it():
    assert not any("inventory" in scope for scope in Scope.values)


@database
def test_what_is_ticked_is_sealed_kept_by_day_and_brings_ideas(as_alice, evening):
    keep_inventory(person=evening, ticked=["alone"], now=NOW - dt.timedelta(days=30))
    as_alice.post("/inventory/", {"health": ["pain"], "isolation": ["alone"], "note": "Since the accident"})
    as_alice.post("/inventory/", {"health": ["pain", "sleep"], "note": "Since the accident"})

    assert [each.slugs for each in Inventory.objects.of(evening).newest_first()] == [["pain", "sleep"], ["alone"]]
    shown = page(as_alice.get("/inventory/"))
    assert "Body scan in bed" in shown
    assert "Coffee with someone" not in shown
    with keys.ring_of(None):
        kept = Inventory.objects.of(evening).newest_first()[0]
        assert (kept.ticked, kept.note) == ("locked", "locked")


@database
def test_what_is_on_no_list_is_refused_and_the_note_stays(as_alice, evening):
    response = as_alice.post("/inventory/", {"health": ["no-such-thing"], "note": "Since the accident"})

    assert response.status_code == 422
    assert "Since the accident" in response.content.decode()
    assert not Inventory.objects.of(evening).exists()


@database
@pytest.mark.parametrize("slug", SUGGESTIONS)
def test_each_suggestion_goes_into_the_plan_once_in_its_own_words(evening, slug):
    found = SUGGESTIONS[slug]
    model, field = PLANNED[found.part]

    assert take_over(person=evening, suggestion=slug, pull=6, now=NOW)
    assert not take_over(person=evening, suggestion=slug, pull=9, now=NOW)

    row = model.objects.of(evening).get()
    assert getattr(row, field) == str(found.words)
    if found.part == Part.TRIGGER:
        assert (row.category, row.impact) == (found.category, 6)


@database
def test_one_tap_takes_it_over_and_the_page_says_that_it_is_there(as_alice, evening):
    keep_inventory(person=evening, ticked=["sleep"], now=NOW)

    answer = as_alice.post("/inventory/take/sleep-trigger/", {"pull": "9"})
    as_alice.post("/inventory/take/sleep-strategy/")

    assert answer["Location"] == "/inventory/#ideas"
    assert Trigger.objects.of(evening).get().impact == 9
    assert page(as_alice.get("/inventory/")).count("In your plan") >= 2
    assert all(in_plan for one in suggested(evening, ["sleep"]) for _each, in_plan in one.suggestions)


@database
@pytest.mark.parametrize("pull", ["", "11", "x"])
def test_a_trigger_without_its_pull_is_asked_for_it_and_nothing_is_written(as_alice, evening, pull):
    answer = as_alice.post("/inventory/take/pain-trigger/", {"pull": pull}, follow=True)

    assert "Say how strong the pull is" in answer.content.decode()
    assert not Trigger.objects.of(evening).exists()
    with pytest.raises(PullMissing):
        take_over(person=evening, suggestion="pain-trigger", now=NOW)


@database
def test_what_nobody_suggests_is_not_there(as_alice, evening):
    assert as_alice.post("/inventory/take/no-such-thing/").status_code == 404
    with pytest.raises(NoSuchSuggestion):
        take_over(person=evening, suggestion="no-such-thing", now=NOW)


@database
def test_deleting_it_leaves_the_plan_as_it_is(as_alice, evening):
    keep_inventory(person=evening, ticked=["sleep"], now=NOW)
    take_over(person=evening, suggestion="sleep-strategy", now=NOW)

    as_alice.post("/inventory/forget/")

    assert not Inventory.objects.of(evening).exists()
    assert Strategy.objects.of(evening).count() == 1


@database
def test_a_full_plan_costs_the_page_as_many_queries_as_an_empty_one(as_alice, evening):
    keep_inventory(person=evening, ticked=["pain"], now=NOW)
    as_alice.get("/inventory/")
    with CaptureQueriesContext(connection) as few:
        as_alice.get("/inventory/")

    keep_inventory(person=evening, ticked=list(STATEMENTS), now=NOW)
    for slug in SUGGESTIONS:
        take_over(person=evening, suggestion=slug, pull=3, now=NOW)
    with CaptureQueriesContext(connection) as many:
        as_alice.get("/inventory/")

    assert len(many) == len(few) <= 12


@database
def test_the_api_keeps_the_same(as_alice, as_charlie, evening):
    json = "application/json"
    made = as_alice.post("/api/v1/inventory/", {"ticked": ["pain", "picks-up"]}, json).json()
    assert (made["looked_on"], made["ticked"]) == ("2025-06-12", ["pain", "picks-up"])
    assert as_alice.post("/api/v1/inventory/", {"ticked": ["nothing"]}, json).status_code == 400

    refused = as_alice.post("/api/v1/inventory/take/", {"suggestion": "pain-trigger"}, json)
    taken = as_alice.post("/api/v1/inventory/take/", {"suggestion": "pain-trigger", "pull": 7}, json)
    again = as_alice.post("/api/v1/inventory/take/", {"suggestion": "pain-trigger", "pull": 7}, json)
    found = {each["slug"]: each["in_plan"] for each in as_alice.get("/api/v1/inventory/suggestions/").json()}

    assert refused.status_code == 409
    assert (taken.json(), again.json()) == ({"is_new": True}, {"is_new": False})
    assert found == {"pain-trigger": True, "pain-strategy": False, "picks-up-strategy": False}
    assert as_charlie.get("/api/v1/inventory/suggestions/").json() == []
    assert as_charlie.delete(f"/api/v1/inventory/{made['id']}/").status_code == 404
    assert as_alice.delete(f"/api/v1/inventory/{made['id']}/").status_code == 204
