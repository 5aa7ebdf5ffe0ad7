"""Tries are counted for as long as the page says, whatever the cache is made of."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.tries import count_try, forget_tries

pytestmark = pytest.mark.django_db

HOUR = 3600


@pytest.fixture(autouse=True)
def _on_the_hour(time_machine):
    start = timezone.now() + timedelta(hours=2)
    time_machine.move_to(datetime(start.year, start.month, start.day, start.hour, tzinfo=start.tzinfo))


def test_slow_tries_are_counted_within_the_hour_too(time_machine):
    counts = []
    for _ in range(5):
        counts.append(count_try("codes", HOUR))
        time_machine.shift(timedelta(minutes=11))

    assert counts == [1, 2, 3, 4, 5]


def test_the_next_hour_begins_anew_however_often_it_was_tried(time_machine):
    for _ in range(20):
        count_try("codes", HOUR)

    time_machine.shift(timedelta(hours=1))

    assert count_try("codes", HOUR) == 1


def test_a_right_one_begins_anew():
    count_try("codes", HOUR)
    forget_tries("codes", HOUR)

    assert count_try("codes", HOUR) == 1
    assert count_try("others", HOUR) == 1
