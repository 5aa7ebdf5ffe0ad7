"""Setting, pausing and moving reminders: one message for each local date, whatever changes in between."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from reminders import services
from reminders.anew import plan_anew
from reminders.models import Delivery, Schedule
from tests.reminders.factories import daily_kind, delivery_of, sent, utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# 18:00 on a Wednesday in Chicago (UTC-5)
WEDNESDAY = date(2026, 6, 10)
AT_SIX = utc(2026, 6, 10, 23)
AT_SEVEN = utc(2026, 6, 11, 0)


def next_of(person: User) -> tuple[date | None, object]:
    schedule = Schedule.objects.of(person).get()
    return schedule.next_on, schedule.next_at


def test_a_time_that_is_still_ahead_starts_today(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    assert next_of(alice) == (WEDNESDAY, AT_SEVEN)


def test_a_time_that_has_passed_starts_tomorrow(alice):
    services.set_daily(person=alice, at=time(17), now=AT_SIX)

    assert next_of(alice) == (date(2026, 6, 11), utc(2026, 6, 11, 22))


def test_setting_it_again_changes_the_one_schedule(alice):
    services.set_daily(person=alice, at=time(17), now=AT_SIX)
    services.set_daily(person=alice, at=time(20, 30), now=AT_SIX)

    assert Schedule.objects.of(alice).get().local_time == time(20, 30)
    assert next_of(alice) == (WEDNESDAY, utc(2026, 6, 11, 1, 30))


def test_only_the_days_that_were_picked(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX, days=0b000_0001)

    assert next_of(alice) == (date(2026, 6, 15), utc(2026, 6, 16, 0))


def test_a_date_that_had_its_message_gets_no_second_by_a_later_time(alice):
    schedule = services.set_daily(person=alice, at=time(17), now=AT_SIX)
    sent(schedule, WEDNESDAY, AT_SIX)

    services.set_daily(person=alice, at=time(20), now=AT_SIX)

    assert next_of(alice) == (date(2026, 6, 11), utc(2026, 6, 12, 1))


def test_a_message_that_waits_moves_along_with_the_new_time(alice):
    schedule = services.set_daily(person=alice, at=time(19), now=AT_SIX)
    delivery_of(schedule, AT_SEVEN, local_date=WEDNESDAY)

    services.set_daily(person=alice, at=time(20), now=AT_SIX)

    assert not Delivery.objects.exists()
    assert next_of(alice) == (WEDNESDAY, utc(2026, 6, 11, 1))


def test_a_message_in_a_workers_hands_counts_as_sent(alice):
    schedule = services.set_daily(person=alice, at=time(18), now=AT_SIX - timedelta(minutes=1))
    delivery_of(schedule, AT_SIX, local_date=WEDNESDAY, state="leased", lease=schedule.pk, leased_until=AT_SEVEN)

    services.set_daily(person=alice, at=time(20), now=AT_SIX)

    assert next_of(alice) == (date(2026, 6, 11), utc(2026, 6, 12, 1))


def test_a_pause_resumes_on_the_day_that_was_named(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    services.pause(person=alice, until=date(2026, 6, 20), now=AT_SIX)

    assert next_of(alice) == (date(2026, 6, 20), utc(2026, 6, 21, 0))


def test_resuming_early_brings_back_today(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    services.pause(person=alice, until=date(2026, 6, 20), now=AT_SIX)

    services.resume(person=alice, now=AT_SIX)

    assert next_of(alice) == (WEDNESDAY, AT_SEVEN)


def test_a_pause_of_all_holds_every_reminder_and_ends_for_all(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    services.set_reminder(person=alice, kind="other", times=[time(8)], now=AT_SIX)

    services.pause_all(person=alice, until=date(2026, 6, 20), now=AT_SIX)
    assert set(Schedule.objects.values_list("next_on", flat=True)) == {date(2026, 6, 20)}

    services.resume_all(person=alice, now=AT_SIX)
    assert set(Schedule.objects.values_list("next_on", flat=True)) == {WEDNESDAY, date(2026, 6, 11)}


@pytest.mark.parametrize("until", [WEDNESDAY, date(2026, 6, 1), date(2028, 1, 1)])
def test_a_pause_needs_a_day_ahead_and_within_a_year(alice, until):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    with pytest.raises(services.BadPause, match="from tomorrow on"):
        services.pause(person=alice, until=until, now=AT_SIX)


def test_nothing_can_be_paused_or_asked_for_when_it_is_off(alice):
    for deed in (services.resume, services.send_one_now):
        with pytest.raises(services.NoReminder):
            deed(person=alice, now=AT_SIX)
    with pytest.raises(services.NoReminder):
        services.pause(person=alice, until=date(2026, 6, 20), now=AT_SIX)


def test_turning_off_takes_back_what_waits_and_can_be_done_twice(alice):
    schedule = services.set_daily(person=alice, at=time(19), now=AT_SIX)
    waiting = delivery_of(schedule, AT_SEVEN, local_date=WEDNESDAY)

    services.turn_off(person=alice, now=AT_SIX)
    services.turn_off(person=alice, now=AT_SIX)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("suppressed", "off")
    assert next_of(alice) == (None, None)


def test_turning_it_on_again_works_the_same_day(alice):
    schedule = services.set_daily(person=alice, at=time(19), now=AT_SIX)
    delivery_of(schedule, AT_SEVEN, local_date=WEDNESDAY)
    services.turn_off(person=alice, now=AT_SIX)

    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    assert next_of(alice) == (WEDNESDAY, AT_SEVEN)


def test_moving_a_little_east_brings_it_an_hour_sooner(alice):
    services.set_daily(person=alice, at=time(20), now=AT_SIX)

    services.move_zone(person=alice, zone="America/New_York", now=AT_SIX)

    alice.refresh_from_db()
    assert alice.time_zone == "America/New_York"
    assert next_of(alice) == (WEDNESDAY, AT_SEVEN)


def test_moving_east_past_the_moment_brings_it_at_once(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    services.move_zone(person=alice, zone="Asia/Tokyo", now=AT_SIX)  # it is Thursday, 8:00 there

    assert next_of(alice) == (WEDNESDAY, AT_SIX)


def test_moving_west_brings_no_second_one_for_a_date_that_had_it(make_user):
    person = make_user("traveller", time_zone="Asia/Tokyo")
    schedule = services.set_daily(person=person, at=time(7), now=utc(2026, 6, 10, 21))  # 6:00 on the 11th
    sent(schedule, date(2026, 6, 11), utc(2026, 6, 10, 22))

    services.move_zone(person=person, zone="America/Chicago", now=AT_SIX)  # the 10th, 18:00

    assert next_of(person) == (date(2026, 6, 12), utc(2026, 6, 12, 12))


def test_an_unknown_zone_is_refused_in_words(alice):
    with pytest.raises(services.NoSuchZone, match="Pick one"):
        services.move_zone(person=alice, zone="Mars/Base", now=AT_SIX)


def test_asking_for_one_is_limited(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for minute in (0, 1, 2):
        services.send_one_now(person=alice, now=AT_SIX + timedelta(minutes=minute))

    with pytest.raises(services.AskedTooOften, match="in a minute"):
        services.send_one_now(person=alice, now=AT_SIX + timedelta(minutes=2, seconds=30))
    with pytest.raises(services.AskedTooOften, match="tomorrow"):
        services.send_one_now(person=alice, now=AT_SIX + timedelta(minutes=10))
    assert sorted(Delivery.objects.values_list("slot", flat=True)) == [-3, -2, -1]


def test_the_next_three_times_are_those_of_the_wall(alice):
    schedule = services.set_daily(person=alice, at=time(19), now=AT_SIX)

    times = services.next_times(schedule, alice, AT_SIX)

    assert times == [AT_SEVEN, AT_SEVEN + timedelta(days=1), AT_SEVEN + timedelta(days=2)]


ZONES = ["America/Chicago", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Niue", "Europe/Lisbon", "Asia/Kathmandu"]


class Journeys(TestCase):
    """However a person travels, no local date is planned twice, and the next moment is never in the past."""

    databases = {"default", "keys"}

    @settings(max_examples=60, deadline=None)
    @given(
        st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
        st.lists(st.tuples(st.sampled_from(ZONES), st.integers(1, 60)), min_size=1, max_size=8),
    )
    def test_no_date_twice_and_none_long_ago(self, wall, moves):
        daily_kind()
        person = User.objects.create_user("traveller@example.org", time_zone="America/Chicago")
        now, handled = AT_SIX, []
        schedule = services.set_daily(person=person, at=wall, now=now)
        for zone, hours in moves:
            later = now + timedelta(hours=hours)
            schedule.refresh_from_db()
            while schedule.next_at <= later:  # what the engine does as time goes by
                handled.append(schedule.next_on)
                sent(schedule, schedule.next_on, schedule.next_at)
                plan_anew(schedule, person, schedule.next_at)
            now = later
            services.move_zone(person=person, zone=zone, now=now)
            schedule.refresh_from_db()
            assert schedule.next_at >= now
            assert schedule.next_at - now <= timedelta(hours=50)

        assert len(handled) == len(set(handled))
