"""Journeys: several are fine, none has to say what it is from, and a start may be years ago or lie ahead."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts import keys
from recovery.models import Journey, Lapse
from recovery.services import FutureUse, StartTooFar, note_use, start_journey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)


def test_a_journey_may_leave_everything_open(alice):
    journey = start_journey(person=alice, substance="", aim="undecided", started_on=None, now=NOW)

    assert not journey.has_begun(TODAY)
    assert journey.substance_name == ""


def test_the_substance_is_sealed_and_reads_as_a_word(alice):
    start_journey(person=alice, substance="alcohol", aim="abstain", started_on=TODAY, now=NOW)

    with keys.ring_of(alice.pk):
        assert Journey.objects.of(alice).get().substance_name == "Alcohol"
    with keys.ring_of(None):
        assert Journey.objects.of(alice).get().substance == "locked"


@pytest.mark.parametrize("started_on", [dt.date(1987, 1, 1), TODAY, TODAY + dt.timedelta(days=366)])
def test_a_start_may_be_long_ago_today_or_a_year_ahead(alice, started_on):
    journey = start_journey(person=alice, aim="abstain", started_on=started_on, now=NOW)

    assert journey.started_on == started_on


@pytest.mark.parametrize("started_on", [dt.date(1887, 1, 1), TODAY + dt.timedelta(days=367)])
def test_a_mistyped_start_is_refused_in_words(alice, started_on):
    with pytest.raises(StartTooFar, match=r"start date|year looks"):
        start_journey(person=alice, aim="abstain", started_on=started_on, now=NOW)

    assert not Journey.objects.of(alice).exists()


def test_use_cannot_be_noted_on_a_day_to_come(alice):
    with pytest.raises(FutureUse, match="hasn't come yet"):
        note_use(person=alice, day=TODAY + dt.timedelta(days=1), now=NOW)


def test_noting_the_same_day_twice_is_one_event(alice):
    note_use(person=alice, day=TODAY, now=NOW)
    note_use(person=alice, day=TODAY, now=NOW)

    assert Lapse.objects.of(alice).days() == {TODAY}
    assert Lapse.objects.of(alice).count() == 1


def test_a_journey_is_deleted_only_after_a_second_thought(as_alice, alice):
    with keys.ring_of(alice.pk):
        journey = start_journey(person=alice, aim="abstain", started_on=TODAY, now=NOW)
    ask = reverse("recovery:journey-remove", args=[journey.pk])

    assert f'href="{ask}"' in as_alice.get(journey.get_absolute_url()).content.decode()
    assert as_alice.get(ask).status_code == 200
    assert Journey.objects.of(alice).exists()

    as_alice.post(ask)
    assert not Journey.objects.of(alice).exists()


def text(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


@time_machine.travel(NOW, tick=False)
def test_the_page_says_the_days_the_share_and_the_marks_and_hides_the_run_on_request(as_alice, alice):
    with keys.ring_of(alice.pk):
        journey = start_journey(person=alice, aim="abstain", started_on=dt.date(2024, 12, 4), now=NOW)
        note_use(person=alice, day=dt.date(2025, 5, 21), now=NOW)

    page = text(as_alice.get("/journeys/"))
    assert "190days in all" in page
    assert "29 of the last 30 days (96 %), 89 of the last 90 (98 %)" in page
    assert "22days in this run; the longest was 168" in page
    assert "Next: 9 months, on September 5, 2025" in page

    as_alice.post(journey.get_absolute_url(), {"aim": "abstain", "started_on": "2024-12-04", "on_today": "on"})

    assert "in this run" not in text(as_alice.get("/journeys/"))
    assert "190 days in all" in text(as_alice.get("/today/"))
    assert "in this run" not in text(as_alice.get("/today/"))


@time_machine.travel(NOW, tick=False)
def test_figures_are_kept_shown_and_turned_away_with_what_was_typed(as_alice, alice):
    with keys.ring_of(alice.pk):
        journey = start_journey(person=alice, aim="cut_down", started_on=TODAY - dt.timedelta(days=13), now=NOW)
    address = reverse("recovery:journey-figures", args=[journey.pk])

    bad = as_alice.post(address, {"limit_amount": "5", "limit_unit": "glasses", "spent_a_week": "a lot"})
    good = as_alice.post(
        address,
        {"limit_amount": "5", "limit_unit": "glasses", "limit_per": "day", "spent_a_week": "70", "currency": "$"},
    )

    assert bad.status_code == 422
    assert "glasses" in bad.content.decode()
    assert good.url == "/journeys/"
    page = text(as_alice.get("/journeys/"))
    assert "my limit: 5 glasses a day" in page
    assert "About 140 $ not spent. By your own figures." in page


def test_naloxone_at_hand_is_one_tap(as_alice):
    assert "Naloxone at hand It is" in text(as_alice.get("/journeys/"))

    as_alice.post("/path/tasks/naloxone-near/done/", {"from": "journeys"})

    assert "Naloxone at hand It is" not in text(as_alice.get("/journeys/"))


@time_machine.travel(NOW, tick=False)
def test_the_api_counts_and_keeps_the_same_figures(as_alice, alice):
    made = as_alice.post(
        "/api/v1/journeys/",
        {"aim": "abstain", "substance": "alcohol", "started_on": "2024-12-04"},
        content_type="application/json",
    ).json()
    figures = {
        "limit_amount": None,
        "limit_unit": "",
        "limit_per": "",
        "spent_a_week": "7.00",
        "currency": "€",
        "hours_a_week": "14.00",
    }
    kept = as_alice.put(f"/api/v1/journeys/{made['id']}/figures/", figures, content_type="application/json")

    counts = as_alice.get(f"/api/v1/journeys/{made['id']}/counts/").json()

    assert kept.json() == figures
    assert (counts["total"], counts["run"], counts["last_30"]["percent"]) == (191, 191, 100)
    assert counts["milestones"][-1] == {"days": 0, "months": 6}
    assert (counts["money_saved"], counts["hours_saved"]) == (191, 382)


@time_machine.travel(NOW, tick=False)
def test_a_journey_without_a_start_has_nothing_counted_over_the_api(as_alice, alice):
    journey = start_journey(person=alice, aim="undecided", started_on=None, now=NOW)

    counts = as_alice.get(f"/api/v1/journeys/{journey.pk}/counts/").json()

    assert (counts["total"], counts["last_30"], counts["milestones"], counts["next_on"]) == (None, None, [], None)


@time_machine.travel(NOW, tick=False)
def test_what_it_was_is_said_on_the_page_after_and_over_the_api(as_alice, alice):
    noted = as_alice.post("/right-now/note/", {"day": "2025-06-10", "substances": ["stimulants"], "amount": "one line"})
    assert noted.url == "/right-now/2025-06-10/"
    page = BeautifulSoup(as_alice.get(noted.url).content, "html.parser")
    assert [card["aria-labelledby"] for card in page.select("main > section.card:not(.card--sunk)")] == [
        "card-opioids",
        "card-stimulants",
        "card-supply",
    ]
    assert page.select_one("details #card-withdrawal")

    as_alice.post(noted.url, {"substances": ["alcohol"], "own_word": "kratom"})
    (row,) = as_alice.get("/api/v1/lapses/").json()["results"]
    assert row["substances"] == ["alcohol", "kratom"]
    as_alice.patch(f"/api/v1/lapses/{row['id']}/", {"substances": ["tobacco"]}, content_type="application/json")

    with keys.ring_of(alice.pk):
        assert Lapse.objects.of(alice).get().named == ["tobacco"]
