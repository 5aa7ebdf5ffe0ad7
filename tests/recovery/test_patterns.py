"""Patterns: medians with their counts, groups that add up, nothing compared from too little."""

import datetime as dt
import uuid
from itertools import pairwise
from statistics import median

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from plans.models import LitDay, Ride, Trigger, TriggerMet
from recovery import pattern_words, patterns, pictures
from recovery.models import CheckIn
from recovery.trends import DayValues
from tests.recovery.test_today import everything, history

TODAY = dt.date(2025, 6, 12)
database = pytest.mark.django_db(databases=["default", "keys"])
rating = st.none() | st.integers(0, 10)


def ago(back):
    return TODAY - dt.timedelta(days=back)


days = st.lists(
    st.tuples(rating, st.none() | st.integers(0, 24), st.sampled_from(["", *patterns.PARTS])), max_size=80
).map(
    lambda rows: [
        DayValues(ago(back), 3, craving, None if half is None else half / 2, when=when)
        for back, (craving, half, when) in reversed(list(enumerate(rows)))
    ]
)
rides = st.lists(
    st.tuples(
        st.builds(dt.datetime.combine, st.dates(ago(160), TODAY), st.times()),
        st.integers(0, 10),
    )
)


@pytest.mark.parametrize("count", [91, 365, 406, 407, 900, 1739, 1740, 3650, 5000, 5278, 5279, 20_000])
def test_points_stay_under_sixty(count):
    values = [DayValues(ago(back), 3) for back in reversed(range(count))]

    assert 1 <= len(patterns.stretches(values, patterns.step_of(count))) <= 60


@given(days, st.sampled_from(["week", "month", "quarter", "year"]))
def test_stretches_hold_every_day_once_and_in_order(values, step):
    found = patterns.stretches(values, step)

    assert sum(each.kept for each in found) == len(values)
    assert all(before.last < after.first for before, after in pairwise(found))
    for each in found:
        inside = [day.craving for day in values if each.first <= day.day <= each.last and day.craving is not None]
        assert each.craving == (median(inside) if inside else None)


@given(days, rides)
def test_hours_count_each_answer_once_and_nothing_that_was_not_said(values, ridden):
    found = patterns.moments(values, ridden)
    said = sum(1 for each in values if each.when and each.craving is not None)

    assert len(found) == said + len(ridden)
    assert sum(each.times for each in patterns.by_hour(found).values()) == len(found)
    assert sum(each.times for each in patterns.by_part(found).values()) == len(found)


@pytest.mark.parametrize(
    ("hour", "part", "weekday"),
    [(3, "night", 3), (4, "morning", 4), (12, "afternoon", 4), (17, "evening", 4), (23, "night", 4)],
)
def test_a_ride_after_midnight_belongs_to_the_night_before(hour, part, weekday):
    (found,) = patterns.moments([], [(dt.datetime.combine(ago(-1), dt.time(hour)), 7)])  # a Friday

    assert (found.part, found.weekday) == (part, weekday)


@given(days, st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 90).map(ago))))
def test_a_trigger_is_compared_only_from_enough_days_on_both_sides(values, met):
    known = [each for each in values if each.craving is not None]
    for each in patterns.by_trigger(values, met):
        on = {day for key, day in met if key == each.key}
        assert each.met == len(on)
        if each.elsewhere:
            assert len(known) >= 14
            assert each.here.times + each.elsewhere.times == len(known)
            assert min(each.here.times, each.elsewhere.times) >= 3


@given(days)
def test_nights_are_compared_only_from_fourteen_and_three_of_each(values):
    found = patterns.sleep_split(values)

    if found:
        assert found.long_nights.times + found.short_nights.times <= len(values)
        assert sum(each.sleep is not None and each.craving is not None for each in values) >= 14
        assert min(found.long_nights.times, found.short_nights.times) >= 3


@given(days, rides)
def test_no_hour_is_named_from_fewer_than_fourteen_answers(values, ridden):
    found = patterns.moments(values, ridden)
    told = pattern_words.hours(found)

    if told and len(found) < 14:
        assert "usually" not in told.sentence
        assert "calm" not in told.sentence


def test_a_long_line_is_drawn_from_medians_without_a_thin_one():
    values = [DayValues(ago(back), 3, back % 3) for back in reversed(range(400))]

    figure = pictures.long_figures(patterns.stretches(values, "week"), "week")[0]

    assert figure.daily.d == ""
    assert figure.description == "The middle of a week goes from 1.0 to 1.0."


@pytest.fixture
def _evening():
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=False):
        yield


def page(client, **query):
    return BeautifulSoup(client.get("/insights/", query).content, "html.parser")


def text(node):
    return " ".join(node.text.split())


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(("asked", "days"), [("365", 365), ("all", 500)])
def test_a_long_period_is_gathered_and_says_its_days(as_alice, alice, asked, days):
    history(alice, 499)

    found = page(as_alice, days=asked)

    assert f"check-ins in {days} days" in found.text
    assert len(found.select("#lines ~ details tbody tr")) <= 60
    assert len([cell for cell in found.select("ol.heat li") if cell.text.strip()]) == 90


@database
@pytest.mark.usefixtures("_evening")
def test_triggers_come_with_days_and_what_is_usual_otherwise(as_alice, alice):
    history(alice, 20, craving=lambda day: 7 if day.toordinal() % 2 else 2)
    with keys.ring_of(alice.pk):
        work = Trigger.objects.create(person=alice, name="Work", category="stress", impact=5)
    TriggerMet.objects.bulk_create(
        TriggerMet(person=alice, day=kept.day, trigger=work, source=kept.pk)
        for kept in CheckIn.objects.of(alice)
        if kept.craving == 7
    )

    found = text(page(as_alice).select_one("section:has(#met)"))

    assert "Work was around on 10 days. Craving was usually 7 then, and 2 on other days." in found


@database
@pytest.mark.usefixtures("_evening")
def test_the_hours_come_from_check_ins_and_from_rides_by_the_persons_own_clock(as_alice, alice):
    history(alice, 4)
    CheckIn.objects.of(alice).filter(day__lt=ago(2)).update(craving_when="evening")
    # 4 am on Friday in UTC is 11 pm on Thursday in Chicago.
    at = dt.datetime(2025, 6, 6, 4, tzinfo=dt.UTC)
    Ride.objects.create(
        person=alice,
        day=dt.date(2025, 6, 5),
        started_at=at,
        minutes=20,
        strongest=8,
        outcome="eased",
        submission=uuid.uuid4(),
    )

    found = page(as_alice).select_one("section:has(#hours)")

    assert "From 3 times you said when" in found.text
    nights = found.select("tbody tr")[3].select("td")
    assert text(nights[3]) == "88, said once"
    assert "Early days" in found.text


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize("asked", ["30", "365", "all"])
@pytest.mark.parametrize("years", [0, 10])
def test_every_period_stays_within_thirteen_queries(as_alice, alice, django_assert_max_num_queries, asked, years):
    history(alice, 30 + 365 * years, craving=lambda day: 8)
    everything(alice)
    trigger = Trigger.objects.of(alice).get()
    TriggerMet.objects.bulk_create(
        TriggerMet(person=alice, day=kept.day, trigger=trigger, source=kept.pk) for kept in CheckIn.objects.of(alice)
    )
    as_alice.get("/insights/", {"days": asked})

    with django_assert_max_num_queries(12):
        response = as_alice.get("/insights/", {"days": asked})

    assert response.status_code == 200


@database
@pytest.mark.usefixtures("_evening")
def test_earlier_lights_are_one_step_away(as_alice, alice):
    LitDay.objects.create(person=alice, day=ago(100), source=uuid.uuid4())

    found = BeautifulSoup(as_alice.get("/insights/lights/", {"until": ago(60).isoformat()}).content, "html.parser")

    assert f"{ago(100):%B} {ago(100).day}: lit, no check-in" in found.text
    assert {link["href"] for link in found.select("nav[aria-label='More days'] a")} == {
        f"?until={ago(150).isoformat()}",
        f"?until={TODAY.isoformat()}",
    }


@database
@pytest.mark.parametrize("until", ["", "x", "0001-01-01", "9999-12-31", "2025-13-01"])
def test_any_day_in_the_address_is_answered(as_alice, until):
    assert as_alice.get("/insights/lights/", {"until": until}).status_code == 200
