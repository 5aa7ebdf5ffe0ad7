"""When a questionnaire is due."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recovery.instruments.cadence import due_on, free_from

days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(days, st.integers(1, 365), st.none() | days)
def test_it_is_due_so_many_days_after_the_last(last, every, since):
    assert due_on(last=last, every_days=every, since=since) == last + timedelta(days=every)


@given(st.none() | days, st.none() | days)
def test_nothing_is_due_that_nobody_wants_regularly(last, since):
    assert due_on(last=last, every_days=None, since=since) is None


@given(days)
def test_one_never_filled_in_is_due_from_the_day_it_was_chosen(since):
    assert due_on(last=None, every_days=30, since=since) == since
    assert due_on(last=None, every_days=30, since=None) is None


def test_one_that_asks_about_four_weeks_waits_four_weeks():
    assert free_from(last=date(2025, 6, 1), least_days=28) == date(2025, 6, 29)
    assert free_from(last=None, least_days=28) is None
    assert free_from(last=date(2025, 6, 1), least_days=0) is None
