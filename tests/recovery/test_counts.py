"""What a person's days come to: the arithmetic, and the rows that it counts."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from accounts.models import User
from recovery.counts import Walk, firsts, journeys_on_today, walks
from recovery.milestones import Mark, mark_days, next_mark, reached, saved, share, totals
from recovery.services import (
    note_use,
    set_figures,
    start_journey,
)
from tests.recovery.factories import JourneyFactory, LapseFactory

database = pytest.mark.django_db(databases=["default", "keys"])
days = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2035, 12, 31))
TODAY = dt.date(2025, 6, 12)
BEGIN = dt.datetime(2025, 3, 8, 6, 30, tzinfo=dt.UTC)  # the night before clocks go forward in Chicago


# Pure arithmetic.


def test_marks_follow_the_days_in_all_and_the_months_follow_the_calendar():
    started = dt.date(2024, 12, 4)
    counted = totals(started_on=started, today=TODAY, use=[])
    assert counted is not None

    behind = reached(total=counted.total, today=TODAY)

    assert [mark.words for mark in behind][:3] == ["24 hours", "72 hours", "7 days"]
    assert behind[-1].words == "6 months"
    assert next_mark(total=counted.total, today=TODAY) == (Mark(months=9), dt.date(2025, 9, 4))


def test_the_first_day_has_no_mark_behind_it_and_the_second_has_one():
    assert reached(total=1, today=TODAY) == []
    assert [mark.words for mark in reached(total=2, today=TODAY)] == ["24 hours"]


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert dict(mark_days(total=1, today=dt.date(2024, 8, 31)))[Mark(months=6)] == dt.date(2025, 2, 28)


@given(st.integers(1, 20_000), days)
def test_more_days_never_lose_a_mark_and_marks_lie_in_order(total, today):
    behind = reached(total=total, today=today)
    ahead = next_mark(total=total, today=today)

    assert set(behind) <= set(reached(total=total + 1, today=today))
    assert set(behind) <= set(reached(total=total + 1, today=today + dt.timedelta(days=1)))
    falls_on = [each.on for each in mark_days(total=total, today=today)]
    assert falls_on == sorted(falls_on)
    assert ahead is not None
    assert ahead.on > today
    assert ahead.mark not in behind


@given(days, days, st.sets(days), days, st.integers(1, 400))
def test_one_more_noted_day_lowers_a_share_by_one_or_not_at_all(started_on, today, use, day, last):
    before = share(started_on=started_on, today=today, use=use, last=last)
    after = share(started_on=started_on, today=today, use={*use, day}, last=last)

    if before is None or after is None:
        assert before is after
        return
    assert before.of == after.of == min(last, (today - started_on).days + 1)
    assert before.days - after.days in {0, 1}
    assert 0 <= after.percent <= before.percent <= 100
    assert (after.percent == 100) == (after.days == after.of)


@given(st.integers(0, 20_000), st.integers(0, 100_000))
def test_what_is_saved_grows_with_the_days(total, a_week):
    assert saved(total=total, a_week=a_week) <= saved(total=total + 1, a_week=a_week)
    assert saved(total=7, a_week=a_week) == a_week


# Rows.


def one(person: User, today: dt.date = TODAY) -> Walk:
    (walk,) = walks(person, today)
    return walk


@database
def test_history_is_counted_from_a_start_years_back_with_the_use_noted_since(alice):
    start_journey(person=alice, aim="abstain", started_on=dt.date(2015, 6, 13), now=BEGIN + dt.timedelta(days=96))
    LapseFactory(person=alice, day=dt.date(2024, 1, 1))

    walk = one(alice)

    assert walk.totals is not None
    assert walk.totals.total == 3652  # ten years, both ends counted, less one
    assert walk.totals.longest > walk.totals.run
    assert walk.last_90 is not None
    assert (walk.last_90.days, walk.last_90.percent) == (90, 100)


@database
@pytest.mark.parametrize(
    ("substance", "named", "taken"),
    [
        ("alcohol", ["alcohol"], 1),
        ("alcohol", ["tobacco"], 0),
        ("alcohol", ["tobacco", "alcohol"], 1),
        ("alcohol", [], 1),
        ("", ["tobacco"], 1),
        ("opioids", ["pills"], 1),
        ("tobacco", ["pills"], 0),
        ("Night shopping", ["night shopping"], 1),
    ],
)
def test_a_use_takes_its_day_from_the_journeys_it_is_about(alice, substance, named, taken):
    with keys.ring_of(alice.pk):
        JourneyFactory(person=alice, substance=substance, started_on=TODAY - dt.timedelta(days=9))
        note_use(person=alice, day=TODAY, substances=named, now=BEGIN + dt.timedelta(days=100))

        totals_now = one(alice).totals

    assert totals_now is not None
    assert totals_now.total == 10 - taken


@database
def test_cutting_down_a_day_within_the_own_limit_stays_a_good_day(alice):
    journey = JourneyFactory(person=alice, aim="cut_down", started_on=TODAY - dt.timedelta(days=9))
    now = BEGIN + dt.timedelta(days=100)
    for back, over in ((1, True), (2, False), (3, None)):
        note_use(person=alice, day=TODAY - dt.timedelta(days=back), over_limit=over, now=now)

    assert one(alice).totals == (8, 1, 6)
    assert one(alice).journey == journey


@database
def test_own_figures_are_sealed_and_say_nothing_until_they_are_given(alice):
    with keys.ring_of(alice.pk):
        journey = JourneyFactory(person=alice, aim="cut_down", started_on=TODAY - dt.timedelta(days=13))
        assert (one(alice).money_saved, one(alice).hours_saved, journey.limit_words) == (None, None, "")

        set_figures(
            journey=journey,
            limit_amount=Decimal("14.00"),
            limit_unit="glasses",
            limit_per="week",
            spent_a_week=Decimal("80.50"),
            currency="$",
            hours_a_week=None,
        )

        assert (one(alice).money_saved, one(alice).hours_saved) == (161, None)
        assert one(alice).journey.limit_words == "14 glasses a week"
    assert one(alice).money_saved is None


@database
def test_only_what_is_asked_for_stands_on_today(alice):
    JourneyFactory(person=alice)
    assert journeys_on_today(alice) == []

    shown = JourneyFactory(person=alice, on_today=True)

    assert journeys_on_today(alice) == [shown]


@database
def test_firsts_are_there_once_they_have_happened(alice):
    assert firsts(alice) == (None, False, 0, False)
