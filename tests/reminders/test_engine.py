"""Planning, claiming and deciding: what is due goes out once, and what should not go out does not."""

import time as time_module
import uuid
from datetime import date, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.unlocking import acting_for
from recovery.reminding import register_kinds
from reminders import dispatch, services, tasks
from reminders.clock import database_now
from reminders.deciding import decide
from reminders.letters import Letter
from reminders.marking import mark_sent
from reminders.models import Delivery, Schedule, Tick
from tests.reminders.factories import daily_kind, delivery_of, schedule_of, sent, utc, way_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WEDNESDAY = date(2026, 6, 10)
AT_SIX = utc(2026, 6, 10, 23)
AT_SEVEN = utc(2026, 6, 11, 0)  # 19:00 in Chicago
MINUTE = timedelta(minutes=1)


def run(now) -> None:
    """What a tick and the workers after it do."""
    for nudge in dispatch.tick(now):
        dispatch.deliver(*nudge, clock=lambda: now)


def outcome(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


def test_the_database_tells_the_time():
    assert database_now().utcoffset() == timedelta(0)


def test_a_reminder_goes_out_at_the_local_time_and_not_before(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    run(AT_SEVEN - MINUTE)
    assert mail.outbox == []

    run(AT_SEVEN)
    delivery = Delivery.objects.get()
    assert (delivery.local_date, delivery.state, delivery.sent_at) == (WEDNESDAY, "sent", AT_SEVEN)
    assert len(mail.outbox) == 1


def test_any_number_of_ticks_plan_and_send_once(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for seconds in range(0, 300, 30):
        run(AT_SEVEN + timedelta(seconds=seconds))

    assert Delivery.objects.count() == len(mail.outbox) == 1
    assert Schedule.objects.get().next_on == WEDNESDAY + timedelta(days=1)


def test_a_week_of_ticks_sends_one_a_day(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for hour in range(7 * 24):
        run(AT_SIX + timedelta(hours=hour))

    assert [delivery.state for delivery in Delivery.objects.all()] == ["sent"] * 7
    assert len({delivery.local_date for delivery in Delivery.objects.all()}) == 7


def test_a_tick_with_nothing_due_costs_the_same_however_many_people_there_are(make_user, django_assert_max_num_queries):
    for number in range(20):
        services.set_daily(person=make_user(f"person{number}"), at=time(19), now=AT_SIX)

    with django_assert_max_num_queries(10):
        assert dispatch.tick(AT_SIX) == []


def test_the_tick_says_when_it_last_ran(alice):
    assert services.last_tick_at() is None

    dispatch.tick(AT_SIX)
    dispatch.tick(AT_SEVEN)

    assert services.last_tick_at() == AT_SEVEN
    assert Tick.objects.count() == 1


def test_the_task_hands_out_what_the_database_says_is_due(alice):
    now = database_now()
    alice.time_zone = f"Etc/GMT{now.hour - 12:+d}"  # where it is noon: at night nothing goes out
    alice.save()
    schedule_of(alice, next_on=now.date(), next_at=now)

    assert dispatch.tick(now) != []
    tasks.deliver(**dispatch.nudges(now)[0]._asdict())

    assert Delivery.objects.get().state == "sent"


def test_two_workers_cannot_hold_the_same_row(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN)

    _first, held = dispatch.claim(*way_of(delivery), AT_SEVEN)
    _second, nothing = dispatch.claim(*way_of(delivery), AT_SEVEN)

    assert (held, nothing) == ([delivery.pk], [])


def test_a_row_of_a_dead_worker_is_taken_over_when_its_lease_has_ended(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN)
    dispatch.claim(*way_of(delivery), AT_SEVEN)

    run(AT_SEVEN + MINUTE)
    assert mail.outbox == []

    run(AT_SEVEN + dispatch.lease_time())
    assert outcome(delivery) == ("sent", "")


def test_a_worker_that_slept_past_its_lease_sends_nothing(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN)
    moments = iter([AT_SEVEN, AT_SEVEN + timedelta(hours=1)])

    dispatch.deliver(*way_of(delivery), clock=lambda: next(moments, AT_SEVEN + timedelta(hours=1)))

    assert mail.outbox == []
    assert outcome(delivery)[0] == "leased"


def test_a_worker_that_slept_changes_nothing_about_what_another_has_taken_over(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN)
    dispatch.claim(*way_of(delivery), AT_SEVEN)
    asleep = Letter(Delivery.objects.get(), daily_kind(), "alice@example.org")
    dispatch.claim(*way_of(delivery), AT_SEVEN + timedelta(hours=1))

    mark_sent([asleep], AT_SEVEN)

    assert outcome(delivery) == ("leased", "")


def test_a_row_that_breaks_something_holds_up_no_other(make_user):
    people = [make_user(f"person{number}") for number in range(4)]
    bad = people[2]

    def is_done(person, local_date) -> bool:
        if person == bad:
            raise ValueError("broken on purpose")
        return False

    daily_kind(is_done=is_done)
    rows = {person: delivery_of(schedule_of(person), AT_SEVEN) for person in people}

    with pytest.raises(ValueError, match="on purpose"):
        run(AT_SEVEN)
    run(AT_SEVEN)

    assert {person: outcome(row)[0] for person, row in rows.items()} == {
        person: "leased" if person == bad else "sent" for person in people
    }


def test_however_long_asking_takes_something_goes_out_before_it_is_asked_again(make_user, monkeypatch):
    monkeypatch.setattr(dispatch, "FRESH", 0.1)
    daily_kind(is_done=lambda person, local_date: bool(time_module.sleep(0.03)))
    for number in range(6):
        delivery_of(schedule_of(make_user(f"person{number}")), AT_SEVEN)

    run(AT_SEVEN)

    assert len(mail.outbox) == 6


def test_a_batch_is_asked_about_in_the_same_few_questions_however_many_are_in_it(make_user):
    register_kinds()
    counts = []
    for number, many in enumerate((5, 25)):
        rows = [
            delivery_of(schedule_of(make_user(f"person{number}-{each}")), AT_SEVEN, local_date=WEDNESDAY)
            for each in range(many)
        ]
        with CaptureQueriesContext(connection) as asked:
            decide(
                list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).select_related("schedule", "person")),
                AT_SEVEN,
                acting_for,
            )
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8


def test_nothing_is_sent_to_somebody_who_has_already_done_it(alice):
    asked = []
    daily_kind(is_done=lambda person, local_date: bool(asked.append(local_date)) or True)
    delivery = delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)

    run(AT_SEVEN)

    assert outcome(delivery) == ("suppressed", "done")
    assert asked == [WEDNESDAY]  # the date that was meant, though in UTC it is the 11th


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda alice: Schedule.objects.update(is_active=False), ("suppressed", "off")),
        (lambda alice: type(alice).objects.update(is_active=False), ("suppressed", "off")),
        (lambda alice: EmailAddress.objects.update(verified=False), ("suppressed", "unverified")),
        (lambda alice: EmailAddress.objects.all().delete(), ("suppressed", "unverified")),
        (lambda alice: Schedule.objects.update(resumes_on=date(2026, 6, 20)), ("suppressed", "paused")),
        (lambda alice: Schedule.objects.update(kind="gone"), ("failed", "unknown")),
    ],
)
def test_everything_is_asked_again_between_claim_and_send(alice, change, expected):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)
    moments = iter([AT_SEVEN])

    def clock():
        moment = next(moments, None)
        if moment is None:
            change(alice)
        return moment or AT_SEVEN

    dispatch.deliver(*way_of(delivery), clock=clock)

    assert outcome(delivery) == expected
    assert mail.outbox == []


def test_too_late_is_not_sent_any_more(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)

    run(AT_SEVEN + timedelta(minutes=91))

    assert outcome(delivery) == ("expired", "late")


def test_late_but_in_time_is_sent(alice):
    delivery = delivery_of(schedule_of(alice), AT_SEVEN, local_date=WEDNESDAY)

    run(AT_SEVEN + timedelta(minutes=89))

    assert outcome(delivery) == ("sent", "")


def test_quiet_hours_hold_when_it_comes_to_sending(alice):
    half_past_ten = utc(2026, 6, 11, 3, 30)
    delivery = delivery_of(schedule_of(alice, local_time=time(22, 30)), half_past_ten, local_date=WEDNESDAY)

    run(half_past_ten + timedelta(minutes=31))  # 23:01

    assert outcome(delivery) == ("expired", "quiet")


def test_a_kind_that_may_come_late_waits_for_the_morning(alice):
    daily_kind(max_lateness=timedelta(hours=12))
    half_past_ten = utc(2026, 6, 11, 3, 30)
    delivery = delivery_of(schedule_of(alice, local_time=time(22, 30)), half_past_ten, local_date=WEDNESDAY)

    run(half_past_ten + timedelta(minutes=31))
    assert outcome(delivery) == ("due", "")

    run(utc(2026, 6, 11, 12))  # 7:00
    assert outcome(delivery) == ("sent", "")


def test_a_time_that_the_person_picked_at_night_is_kept(alice):
    half_past_eleven = utc(2026, 6, 11, 4, 30)
    delivery = delivery_of(schedule_of(alice, local_time=time(23, 30)), half_past_eleven, local_date=WEDNESDAY)

    run(half_past_eleven)

    assert outcome(delivery) == ("sent", "")


def test_after_a_long_stop_each_person_gets_at_most_one_the_newest(alice):
    daily_kind(max_lateness=timedelta(days=3))
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for minutes in (0, 1, 2):
        run(AT_SEVEN + timedelta(days=2, minutes=10 + minutes))

    rows = {delivery.local_date.day: (delivery.state, delivery.reason) for delivery in Delivery.objects.all()}
    assert rows == {10: ("expired", "newer"), 11: ("expired", "newer"), 12: ("sent", "")}


def test_where_the_newest_is_not_needed_an_older_one_goes(alice):
    daily_kind(max_lateness=timedelta(days=3), is_done=lambda person, local_date: local_date.day == 11)
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    for minutes in (0, 1, 2):
        run(AT_SEVEN + timedelta(days=1, minutes=10 + minutes))

    rows = {delivery.local_date.day: delivery.state for delivery in Delivery.objects.all()}
    assert rows == {10: "sent", 11: "suppressed"}


def test_an_older_one_waits_until_the_newer_in_another_workers_hands_is_decided(alice):
    daily_kind(max_lateness=timedelta(days=3))
    schedule = schedule_of(alice)
    older = delivery_of(schedule, AT_SEVEN, local_date=WEDNESDAY)
    newer = delivery_of(schedule, AT_SEVEN + timedelta(days=1), local_date=WEDNESDAY + timedelta(days=1))
    now = AT_SEVEN + timedelta(days=1, minutes=10)
    dispatch.claim(*way_of(newer), now, most=1)

    dispatch.deliver(*way_of(older), clock=lambda: now)

    assert outcome(older) == ("due", "")
    assert mail.outbox == []


def test_a_year_of_stop_plans_a_week_at_most(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    run(AT_SEVEN + timedelta(days=365, hours=5))

    assert Delivery.objects.count() <= 9
    assert mail.outbox == []


def test_one_that_was_asked_for_goes_out_whatever_the_hour(alice, django_capture_on_commit_callbacks):
    daily_kind(is_done=lambda person, local_date: True)
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    midnight = utc(2026, 6, 11, 5)
    delivery = services.send_one_now(person=alice, now=midnight)

    run(midnight)

    assert outcome(delivery) == ("sent", "")


def test_old_finished_rows_are_thrown_away(alice):
    schedule = schedule_of(alice)
    old = sent(schedule, WEDNESDAY, AT_SEVEN)
    waiting = delivery_of(schedule, AT_SEVEN, local_date=WEDNESDAY + timedelta(days=1))

    assert dispatch.prune(AT_SEVEN + timedelta(days=29)) == 0
    assert dispatch.prune(AT_SEVEN + timedelta(days=31)) == 1

    assert not Delivery.objects.filter(pk=old.pk).exists()
    assert Delivery.objects.filter(pk=waiting.pk).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "leased"},
        {"state": "sent"},
        {"state": "lost"},
        {"slot": -4},
        {"leased_until": AT_SEVEN, "lease": uuid.uuid4()},
        {"sent_at": AT_SEVEN},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(alice, broken):
    schedule = schedule_of(alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        delivery_of(schedule, AT_SEVEN, **broken)


def test_the_database_refuses_a_second_row_for_a_date(alice):
    schedule = schedule_of(alice)
    delivery_of(schedule, AT_SEVEN)

    with pytest.raises(IntegrityError), transaction.atomic():
        delivery_of(schedule, AT_SEVEN + MINUTE, local_date=AT_SEVEN.date())
