"""How often a person is spoken to: several times a day, a second call, silence answered with silence, quiet hours."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reminders import dispatch, polling, services
from reminders.models import ChannelPause, Delivery, QuietHours, Schedule, Tick
from reminders.occurrences import is_quiet
from tests.reminders.factories import daily_kind, delivery_of, schedule_of, utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WEDNESDAY = date(2026, 6, 10)
AT_SIX = utc(2026, 6, 10, 23)  # 18:00 in Chicago
AT_SEVEN = utc(2026, 6, 11, 0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def run(now) -> None:
    for nudge in dispatch.tick(now):
        dispatch.deliver(*nudge, clock=lambda: now)


def states() -> list[tuple[int, int, str, str]]:
    rows = Delivery.objects.order_by("local_date", "slot")
    return [(row.local_date.day, row.slot, row.state, row.reason) for row in rows]


# Several times a day


def test_several_times_a_day_are_several_messages(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(20), time(19)], now=AT_SIX)

    for hours in (0, 1, 2, 3, 4):
        run(AT_SIX + hours * HOUR)

    assert states() == [(10, 0, "sent", ""), (10, 1, "sent", "")]
    assert Schedule.objects.get().next_on == date(2026, 6, 11)


def test_a_time_added_for_later_today_still_speaks_today(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(19)], now=AT_SIX)
    run(AT_SEVEN)

    services.set_reminder(person=alice, kind="check-in", times=[time(19), time(21)], now=AT_SEVEN)

    schedule = Schedule.objects.get()
    assert (schedule.next_on, schedule.next_slot, schedule.next_at) == (WEDNESDAY, 1, AT_SEVEN + 2 * HOUR)


@pytest.mark.parametrize("times", [[], [time(hour) for hour in (8, 10, 12, 14, 16)]])
def test_none_or_too_many_times_are_refused_in_words(alice, times):
    with pytest.raises(services.BadTimes, match="1 to 4"):
        services.set_reminder(person=alice, kind="check-in", times=times, now=AT_SIX)


def test_a_time_given_twice_is_one(alice):
    schedule = services.set_reminder(person=alice, kind="check-in", times=[time(19), time(19)], now=AT_SIX)

    assert schedule.times == [time(19)]


def test_the_next_times_name_what_is_planned_already(alice):
    schedule = services.set_reminder(person=alice, kind="check-in", times=[time(18, 3), time(20)], now=AT_SIX)
    dispatch.tick(AT_SIX)
    schedule.refresh_from_db()

    times = services.next_times(schedule, alice, AT_SIX)

    assert times == [AT_SIX + timedelta(minutes=3), AT_SEVEN + HOUR, AT_SIX + DAY + timedelta(minutes=3)]


# A second call


def test_whoever_wants_it_is_asked_once_more_after_two_hours(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(19)], asks_again=True, now=AT_SIX)

    for hours in range(5):
        run(AT_SEVEN + hours * HOUR)

    assert states() == [(10, 0, "sent", ""), (10, 100, "sent", "")]
    assert Delivery.objects.get(slot=100).due_at == AT_SEVEN + 2 * HOUR


def test_nobody_is_asked_twice_without_wanting_it(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for hours in range(5):
        run(AT_SEVEN + hours * HOUR)

    assert states() == [(10, 0, "sent", "")]


def test_the_second_call_is_left_out_when_it_is_done_by_then(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(19)], asks_again=True, now=AT_SIX)
    run(AT_SEVEN)
    daily_kind(is_done=lambda person, local_date: True)

    run(AT_SEVEN + 2 * HOUR)

    assert states()[1] == (10, 100, "suppressed", "done")


def test_a_second_call_that_would_come_at_night_is_left_out(alice):
    daily_kind(max_lateness=timedelta(hours=20))
    services.set_reminder(person=alice, kind="check-in", times=[time(21, 30)], asks_again=True, now=AT_SIX)
    at = AT_SEVEN + 2.5 * HOUR

    for hours in (0, 2, 12):
        run(at + hours * HOUR)

    assert states()[1] == (10, 100, "expired", "quiet")


# Silence


def silent_kind(last: dict | None = None) -> None:
    daily_kind(last_done=lambda people: last or {})


def test_after_three_dates_in_silence_comes_one_last_word_and_then_nothing(alice):
    silent_kind()
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for days in range(7):
        run(AT_SEVEN + days * DAY)

    assert [state for _day, _slot, state, _reason in states()] == ["sent"] * 4 + ["suppressed"] * 3
    assert {reason for *_rest, reason in states()[4:]} == {"silent"}
    assert "stop here for now" in mail.outbox[3].body
    assert "/you/reminders/" in mail.outbox[3].body  # where a pause can be picked
    assert all("stop here for now" not in letter.body for letter in mail.outbox[:3])


def test_checking_in_again_brings_them_back(alice):
    last: dict = {}
    silent_kind(last)
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    for days in range(5):
        run(AT_SEVEN + days * DAY)

    last[alice.pk] = WEDNESDAY + 5 * DAY
    silent_kind(last)
    run(AT_SEVEN + 6 * DAY)

    assert states()[-1] == (16, 0, "sent", "")


def test_setting_the_reminder_again_brings_them_back(alice):
    silent_kind()
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    for days in range(5):
        run(AT_SEVEN + days * DAY)

    services.set_daily(person=alice, at=time(19), now=AT_SIX + 5 * DAY)
    run(AT_SEVEN + 5 * DAY)

    assert states()[-1] == (15, 0, "sent", "")


def test_a_kind_that_nobody_has_to_answer_never_falls_silent(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for days in range(6):
        run(AT_SEVEN + days * DAY)

    assert [state for _day, _slot, state, _reason in states()] == ["sent"] * 6


def test_the_last_word_has_no_second_call(alice):
    silent_kind()
    services.set_reminder(person=alice, kind="check-in", times=[time(19)], asks_again=True, now=AT_SIX)

    for days in range(5):
        for hours in (0, 2):
            run(AT_SEVEN + days * DAY + hours * HOUR)

    assert [row.slot for row in Delivery.objects.filter(local_date=WEDNESDAY + 3 * DAY)] == [0]


def test_something_that_matters_more_holds_it_back(alice):
    daily_kind(held_among=lambda people, now: people)
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    run(AT_SEVEN)

    assert states() == [(10, 0, "suppressed", "held")]


# Quiet hours


def test_own_quiet_hours_hold_in_place_of_the_night(alice):
    services.set_quiet_hours(person=alice, begins=time(19, 20), ends=time(20), now=AT_SIX)
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    run(AT_SIX)

    run(AT_SEVEN + timedelta(minutes=30))  # the worker was busy until then

    assert states() == [(10, 0, "due", "")]
    assert Delivery.objects.get().attempt_at == AT_SEVEN + HOUR


def test_a_night_that_the_person_opened_is_open(alice):
    services.set_quiet_hours(person=alice, begins=time(3), ends=time(5), now=AT_SIX)
    delivery_of(schedule_of(alice, local_time=time(22, 30)), AT_SEVEN + 3.5 * HOUR, local_date=WEDNESDAY)

    run(AT_SEVEN + 4.5 * HOUR)  # 23:30

    assert states() == [(10, 0, "sent", "")]


def test_quiet_hours_that_never_end_are_refused(alice):
    with pytest.raises(services.BadTimes):
        services.set_quiet_hours(person=alice, begins=time(9), ends=time(9), now=AT_SIX)
    assert not QuietHours.objects.exists()


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no finding
@given(st.times(), st.times(), st.times())
def test_a_wall_time_is_quiet_in_exactly_one_of_two_halves_of_the_day(wall, begins, ends):
    if begins != ends:
        assert is_quiet(wall, begins, ends) != is_quiet(wall, ends, begins)


# Channels: one message, one way


def test_saying_more_is_a_choice_for_one_channel(alice):
    schedule = services.set_reminder(person=alice, kind="check-in", times=[time(19)], says_more=True, now=AT_SIX)
    assert schedule.says_more

    schedule = services.set_reminder(person=alice, kind="check-in", times=[time(19)], channel="inbox", now=AT_SIX)

    assert not schedule.says_more


def test_a_way_that_is_closed_here_is_refused_in_words(alice):
    with pytest.raises(services.WayClosed, match="Pick another"):
        services.set_reminder(person=alice, kind="check-in", times=[time(19)], channel="pigeon", now=AT_SIX)


def test_only_in_here_sends_no_mail_and_is_there_at_once(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(19)], channel="inbox", now=AT_SIX)

    run(AT_SEVEN)

    assert states() == [(10, 0, "sent", "")]
    assert mail.outbox == []


def test_a_channel_that_is_away_is_left_alone_by_everybody(alice):
    delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)
    ChannelPause.objects.create(channel="email", until=AT_SEVEN + timedelta(minutes=1))

    run(AT_SEVEN)
    assert states() == [(10, 0, "due", "")]

    run(AT_SEVEN + timedelta(minutes=1))
    assert states() == [(10, 0, "sent", "")]


# Without the broker


def test_the_poll_sends_what_is_due_when_no_tick_has_come(alice):
    delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)
    Tick.objects.create(at=AT_SEVEN - timedelta(seconds=46))

    done = polling.look(timedelta(seconds=30), None, clock=lambda: AT_SEVEN)

    assert done == AT_SEVEN
    assert states() == [(10, 0, "sent", "")]


def test_the_poll_only_reads_while_ticks_come(alice, django_assert_num_queries):
    delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)
    Tick.objects.create(at=AT_SEVEN - timedelta(seconds=30))

    with django_assert_num_queries(1):
        assert polling.look(timedelta(seconds=30), None, clock=lambda: AT_SEVEN) is None


def test_the_poll_goes_on_each_time_while_it_alone_ticks(alice):
    first = polling.look(timedelta(seconds=30), None, clock=lambda: AT_SIX)

    again = polling.look(timedelta(seconds=30), first, clock=lambda: AT_SIX + timedelta(seconds=30))

    assert again == AT_SIX + timedelta(seconds=30)
