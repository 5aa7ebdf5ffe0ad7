"""The pages of the other reminders: setting one kind in full, quiet hours, and what was said."""

from datetime import time

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from reminders import kinds, services
from reminders.models import QuietHours, Schedule
from tests.reminders.factories import daily_kind, delivery_of, schedule_of, utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ALL_DAYS = [str(day) for day in range(7)]


def said(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.fixture
def other() -> kinds.Kind:
    """A kind that anybody may set, several times a day."""
    return daily_kind(
        slug="water",
        label="A glass of water",
        detail="Time for a glass of water:",
        is_daily=False,
        may_set=kinds.anybody,
        many_times=True,
    )


def full(**changes) -> dict:
    return {"at": "08:00", "at1": "12:30", "days": ALL_DAYS, "channel": "email", "says_more": "on", **changes}


def test_another_reminder_is_found_and_set_in_full(as_alice, alice, other):
    assert "A glass of water" in said(as_alice.get("/you/reminders/"))

    response = as_alice.post("/you/reminders/water/", full(asks_again="on"), follow=True)

    schedule = Schedule.objects.of(alice).get()
    assert schedule.times == [time(8), time(12, 30)]
    assert (schedule.says_more, schedule.asks_again, schedule.channel) == (True, True, "email")
    assert "12:30 pm" in said(response)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"at": ""}, "Pick a time"),
        ({"at1": "nine"}, "Write a time such as 19:30"),
        ({"days": []}, "Pick one day or more"),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"channel": "sms"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_nothing_is_kept(as_alice, other, change, words):
    response = as_alice.post("/you/reminders/water/", full(**change))

    assert response.status_code == 422
    assert words in said(response)
    assert not Schedule.objects.exists()


def test_another_reminder_is_turned_off(as_alice, alice, other):
    services.set_reminder(person=alice, kind="water", times=[time(8)], now=timezone.now())

    response = as_alice.post("/you/reminders/water/turn-off/", follow=True)

    assert "You will not get any more" in said(response)
    assert not Schedule.objects.get().is_active


def test_a_kind_that_is_not_for_this_person_is_not_there(as_alice):
    daily_kind(slug="for-others", is_daily=False, may_set=lambda person: False)

    assert as_alice.get("/you/reminders/for-others/").status_code == 404
    assert as_alice.get("/you/reminders/never-heard-of/").status_code == 404


def test_the_daily_reminder_has_all_choices_too(as_alice, alice):
    as_alice.post("/you/reminders/check-in/", full())

    assert Schedule.objects.of(alice).get().kind == "check-in"


def test_the_detail_is_said_only_to_whoever_asked_for_it(alice, other):
    from django.core import mail

    from reminders import dispatch

    at_seven = utc(2026, 6, 11, 0)
    for slug, more in (("water", True), ("check-in", False)):
        schedule = schedule_of(alice, kind=slug, says_more=more)
        row = delivery_of(schedule, at_seven)
        dispatch.deliver(row.channel, [row.shard], clock=lambda: at_seven)

    assert "Time for a glass of water:" in mail.outbox[0].body
    assert "take a minute" in mail.outbox[1].body


def test_quiet_hours_are_set_and_nonsense_is_refused(as_alice, alice):
    as_alice.post("/you/reminders/quiet-hours/", {"begins": "22:00", "ends": "06:30"})
    hours = QuietHours.objects.of(alice).get()
    assert (hours.begins, hours.ends) == (time(22), time(6, 30))

    for typed in ({"begins": "22:00", "ends": "22:00"}, {"begins": "", "ends": "x"}):
        assert as_alice.post("/you/reminders/quiet-hours/", typed).status_code == 422
    hours.refresh_from_db()
    assert hours.begins == time(22)


def test_messages_list_what_came_and_what_came_too_late_for_their_owner_only(as_alice, as_charlie, alice):
    delivery_of(schedule_of(alice), utc(2026, 6, 11), state="expired", reason="late")

    assert "We could not send it in time." in said(as_alice.get("/you/messages/"))
    assert "We could not send it in time." not in said(as_charlie.get("/you/messages/"))


def test_messages_ask_the_same_few_questions_however_many_there_are(as_alice, alice, django_assert_max_num_queries):
    schedule = schedule_of(alice)
    for day in range(1, 29):
        delivery_of(schedule, utc(2026, 6, day), state="sent", sent_at=utc(2026, 6, day))

    with django_assert_max_num_queries(6):
        as_alice.get("/you/messages/")


def test_another_reminder_is_set_over_the_api(as_alice, alice, other):
    change = {"local_time": "08:00", "more_times": ["20:15"], "channel": "inbox", "asks_again": True}

    kept = as_alice.patch("/api/v1/reminders/water/", change, content_type="application/json").json()

    assert (kept["local_time"], kept["more_times"], kept["channel"]) == ("08:00:00", ["20:15"], "inbox")
    closed = as_alice.patch("/api/v1/reminders/water/", {"channel": "push"}, content_type="application/json")
    assert closed.status_code == 409
