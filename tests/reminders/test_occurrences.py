"""When a wall time falls: no local date is missed or doubled, in any zone, over any change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.models import EVERY_DAY
from reminders.occurrences import instant, is_quiet, upcoming

# Without the names of the machine's own setting.
ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
WALLS = [time(0), time(0, 30), time(2, 30), time(19, 30), time(23, 45)]

KNOWN = [
    # zone, date, wall time, instant in UTC
    ("America/Chicago", (2026, 6, 10), (19, 0), (2026, 6, 11, 0, 0)),
    ("America/Chicago", (2026, 3, 8), (2, 30), (2026, 3, 8, 8, 0)),  # skipped: 3:00 is the first minute after
    ("America/Chicago", (2026, 3, 8), (3, 0), (2026, 3, 8, 8, 0)),
    ("America/Chicago", (2026, 3, 8), (1, 59), (2026, 3, 8, 7, 59)),
    ("America/Chicago", (2026, 11, 1), (1, 30), (2026, 11, 1, 6, 30)),  # shown twice: the first pass
    ("Europe/Berlin", (2026, 10, 25), (2, 30), (2026, 10, 25, 0, 30)),
    ("Australia/Lord_Howe", (2026, 10, 4), (2, 15), (2026, 10, 3, 15, 30)),  # half an hour is skipped
    ("America/Nuuk", (2024, 3, 30), (23, 30), (2024, 3, 31, 1, 0)),  # 23:00 to midnight is skipped
    ("Asia/Beirut", (2026, 3, 29), (0, 30), (2026, 3, 28, 22, 0)),  # midnight itself is skipped
    ("America/Santiago", (2026, 9, 6), (0, 0), (2026, 9, 6, 4, 0)),
    ("Pacific/Apia", (2011, 12, 30), (19, 0), (2011, 12, 30, 10, 0)),  # a date that Samoa left out: when it ended
    ("Pacific/Kiritimati", (2026, 1, 1), (7, 0), (2025, 12, 31, 17, 0)),
    ("Asia/Kathmandu", (2026, 1, 1), (7, 0), (2026, 1, 1, 1, 15)),
]


@pytest.mark.parametrize(("zone", "day", "wall", "expected"), KNOWN)
def test_known_cases(zone, day, wall, expected):
    found = instant(date(*day), time(*wall), ZoneInfo(zone))

    assert found == datetime(*expected, tzinfo=UTC)


def test_where_the_clocks_skip_midnight_the_instant_lies_on_the_next_date():
    zone = ZoneInfo("America/Nuuk")

    skipped = instant(date(2024, 3, 30), time(23, 30), zone).astimezone(zone)
    day_after = instant(date(2024, 3, 31), time(23, 30), zone).astimezone(zone)

    assert (skipped.date(), day_after.date()) == (date(2024, 3, 31), date(2024, 3, 31))


def assert_right(found: datetime, day: date, wall: time, zone: ZoneInfo) -> None:
    naive = datetime.combine(day, wall)
    on_wall = found.astimezone(zone).replace(tzinfo=None)
    assert on_wall >= naive
    if on_wall == naive:
        assert found.astimezone(zone).fold == 0
    else:
        before = (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert before < naive, "there was a valid moment before"


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(1970, 1, 1), date(2037, 12, 31)), st.times())
def test_it_is_the_first_moment_at_or_after_the_wall_time(zone, day, wall):
    wall = wall.replace(second=0, microsecond=0)

    assert_right(instant(day, wall, ZoneInfo(zone)), day, wall, ZoneInfo(zone))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.dates(date(1970, 1, 1), date(2037, 1, 1)),
    st.sampled_from(WALLS),
    st.integers(1, EVERY_DAY),
)
def test_the_dates_come_in_order_each_once_and_only_those_picked(zone, first, wall, days):
    found = list(islice(upcoming(wall, days, ZoneInfo(zone), first), 40))

    dates = [day for day, _at in found]
    instants = [at for _day, at in found]
    span = [first + timedelta(days=offset) for offset in range((dates[-1] - first).days + 1)]
    assert dates == [day for day in span if days >> day.weekday() & 1]
    assert instants == sorted(instants)


def test_the_calendar_ends_without_a_crash():
    assert len(list(upcoming(time(7), EVERY_DAY, ZoneInfo("Pacific/Niue"), date(9999, 12, 20)))) == 10


@pytest.mark.parametrize(
    ("wall", "quiet"), [((22, 59), False), ((23, 0), True), ((3, 0), True), ((6, 59), True), ((7, 0), False)]
)
def test_quiet_hours_run_over_midnight(wall, quiet):
    assert is_quiet(time(*wall), time(23), time(7)) is quiet


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_every_zone_every_date_of_four_years():
    for name in ZONES:
        zone = ZoneInfo(name)
        for wall in WALLS:
            last = datetime(2000, 1, 1, tzinfo=UTC)
            for offset in range(4 * 365 + 1):
                day = date(2024, 1, 1) + timedelta(days=offset)
                found = instant(day, wall, zone)
                assert_right(found, day, wall, zone)
                assert found > last or (found == last and day != found.astimezone(zone).date())
                last = found
