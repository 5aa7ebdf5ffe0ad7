"""Insights: a sentence with its count first, nothing compared in early days, a missing day never a zero."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from recovery import trends
from recovery.models import CheckIn
from recovery.trends import DayValues

TODAY = dt.date(2025, 6, 12)
database = pytest.mark.django_db(databases=["default", "keys"])
ratings = st.lists(st.none() | st.integers(0, 10), max_size=100)


@pytest.fixture
def _evening():
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=False):
        yield


def fill(person, days, craving=lambda back: 3):
    CheckIn.objects.bulk_create(
        CheckIn(
            person=person,
            day=TODAY - dt.timedelta(days=back),
            mood=3,
            craving=craving(back),
            answered_at=dt.datetime(2025, 6, 12, tzinfo=dt.UTC),
        )
        for back in days
    )


def page(client, **query):
    return BeautifulSoup(client.get("/insights/", query).content, "html.parser")


@database
@pytest.mark.usefixtures("_evening")
def test_under_three_check_ins_it_says_what_will_be_here(as_alice, alice):
    fill(alice, range(2))

    found = page(as_alice)

    assert "Your lines start here" in found.text
    assert found.select("svg.chart") == []


@database
@pytest.mark.usefixtures("_evening")
def test_under_seven_it_says_early_days(as_alice, alice):
    fill(alice, range(6))

    assert page(as_alice).select_one("#short").text == "Early days"


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(("kept", "headline"), [(13, "Your days so far"), (30, "Cravings have eased")])
def test_nothing_is_compared_under_fourteen(as_alice, alice, kept, headline):
    fill(alice, range(kept), craving=lambda back: min(10, back // 3))

    assert page(as_alice).select_one("#short").text == headline


@database
@pytest.mark.usefixtures("_evening")
def test_charts_have_a_title_a_description_and_a_table(as_alice, alice):
    fill(alice, [each for each in range(30) if each != 4])

    found = page(as_alice)

    for chart in found.select("svg.chart"):
        assert chart["role"] == "img"
        assert {each["id"] for each in chart.select("title, desc")} == set(chart["aria-labelledby"].split())
    assert len(found.select("details table tbody tr")) == 30
    assert found.select("details table")[0].text.count("no check-in") == 1
    assert "From 29 check-ins in 30 days" in found.text


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(("asked", "days"), [("7", 7), ("90", 90), ("x", 30), ("", 30)])
def test_a_short_period_shows_each_day(as_alice, alice, asked, days):
    fill(alice, range(5))

    assert len(page(as_alice, days=asked).select("details table tbody tr")) == days


@given(ratings)
def test_a_mean_never_counts_a_missing_day(values):
    known = [value for value in values if value is not None]

    assert trends.mean(values) == (sum(known) / len(known) if known else None)


@given(ratings)
def test_a_change_needs_fourteen_values_and_has_the_sign_of_its_difference(values):
    change = trends.change(values)

    if sum(value is not None for value in values) < 14:
        assert change is None
    if change and change.direction:
        assert (change.after > change.before) == (change.direction > 0)


@given(ratings, st.integers(0, 6))
def test_a_hard_weekday_rests_on_counts_that_add_up(values, weekday):
    days = [DayValues(TODAY - dt.timedelta(days=back), 3, craving) for back, craving in enumerate(values)]

    found = trends.hard_weekday(days, weekday)

    if found:
        assert found.of >= 4
        assert 0.75 * found.of <= found.strong <= found.of
        assert found.of + found.of_elsewhere == sum(value is not None for value in values)


@given(ratings)
def test_nothing_is_set_beside_the_usual_in_early_days(values):
    beside = trends.beside_usual(values)

    if sum(value is not None for value in values[:-1]) < 7:
        assert beside is None


@database
@pytest.mark.usefixtures("_evening")
def test_whoever_has_checked_in_today_is_not_asked_to_do_it_again(as_alice, alice):
    ask = 'main a[href="/check-in/"]'
    assert page(as_alice).select(ask)

    fill(alice, range(1))

    assert not page(as_alice).select(ask)
