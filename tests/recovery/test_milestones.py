"""Counts hold under any sequence of events: a check-in never shrinks one, and use never grows one."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from recovery.milestones import days_lit, totals

days = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2035, 12, 31))
TODAY = dt.date(2025, 6, 12)


def test_the_start_day_and_today_both_count():
    counted = totals(started_on=TODAY, today=TODAY, use=[])

    assert counted is not None
    assert counted.total == 1


def test_one_noted_day_takes_away_one_day():
    counted = totals(started_on=dt.date(2024, 12, 4), today=TODAY, use=[dt.date(2025, 5, 21)])

    assert counted is not None
    assert counted == (190, 22, 168)


def test_no_start_or_one_that_lies_ahead_has_no_count():
    assert totals(started_on=None, today=TODAY, use=[]) is None
    assert totals(started_on=TODAY + dt.timedelta(days=1), today=TODAY, use=[]) is None


@given(st.lists(days), days)
def test_a_check_in_never_shrinks_days_lit(lit, day):
    assert days_lit([*lit, day]) - days_lit(lit) in {0, 1}
    assert days_lit([*lit, day]) >= days_lit(lit)


@given(days, days, st.sets(days), days)
def test_noting_use_takes_away_exactly_that_day_and_never_adds(started_on, today, use, day):
    before = totals(started_on=started_on, today=today, use=use)
    after = totals(started_on=started_on, today=today, use={*use, day})

    if before is None or after is None:
        assert before is after
        return
    taken = 1 if started_on <= day <= today and day not in use else 0
    assert before.total - after.total == taken
    assert after.run <= before.run
    assert after.longest <= before.longest


@given(days, days, st.lists(days))
def test_totals_agree_with_counting_day_by_day(started_on, today, use):
    counted = totals(started_on=started_on, today=today, use=use)

    if started_on > today:
        assert counted is None
        return
    assert counted is not None
    inside = len({day for day in use if started_on <= day <= today})
    assert counted.total == (today - started_on).days + 1 - inside
    assert 0 <= counted.run <= counted.longest <= counted.total


@given(days, st.sets(days), st.lists(days, min_size=2))
def test_the_order_in_which_events_arrive_does_not_matter(started_on, use, more):
    one = totals(started_on=started_on, today=dt.date(2036, 1, 1), use=[*use, *more])
    other = totals(started_on=started_on, today=dt.date(2036, 1, 1), use=[*reversed(more), *use])

    assert one == other


@given(days, days, st.sets(days))
def test_a_new_morning_adds_a_day_to_the_run(started_on, today, use):
    now = totals(started_on=started_on, today=today, use=use)
    tomorrow = today + dt.timedelta(days=1)
    later = totals(started_on=started_on, today=tomorrow, use=use - {tomorrow})

    if now is not None and later is not None:
        assert later.total == now.total + 1
        assert later.run == now.run + 1
