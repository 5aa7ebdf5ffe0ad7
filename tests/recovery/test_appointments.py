"""Appointments: by the clock on the wall, with a neutral message if wanted, and afterwards whether they helped."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup

from accounts import keys
from recovery.models import Appointment
from recovery.reminding import has_none_that_day, has_none_tomorrow
from recovery.services import appointments
from recovery.services.checkins import SubmissionTaken
from reminders import kinds
from reminders.models import Schedule
from reminders.services import move_zone, turn_off_by_link
from tests.resources.factories import ListingFactory
from tests.words import stigmatising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # Thursday the 12th, 8 pm in Chicago
TODAY = dt.date(2025, 6, 12)
MONDAY = dt.date(2025, 6, 16)
HALF_PAST_THREE = dt.time(15, 30)


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def plan(person, day=MONDAY, at=HALF_PAST_THREE, **more):
    said = {"kind": "counseling", "words": "Bob, second floor", **more}
    return appointments.plan_appointment(person=person, day=day, at=at, now=NOW, **said)


def change(appointment, **more):
    names = ("kind", "day", "at", "words", "listing", "reminds")
    said = {**{name: getattr(appointment, name) for name in names}, **more}
    return appointments.change_appointment(appointment=appointment, now=NOW, **said)


def schedule(person, kind="appointment"):
    return Schedule.objects.of(person).filter(kind=kind).first()


def test_where_and_which_entry_are_sealed(alice):
    kept = plan(alice, listing="us-door")

    with keys.ring_of(None):
        sealed = Appointment.objects.get(pk=kept.pk)
        assert (sealed.words, sealed.listing) == ("locked", "locked")


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(days=367), TODAY + dt.timedelta(days=733)])
def test_a_day_out_of_bounds_is_refused_and_what_was_typed_is_kept(as_alice, alice, day):
    with pytest.raises(appointments.AppointmentTooFar):
        plan(alice, day)

    sent = {"kind": "medical", "day": day.isoformat(), "at": "15:30", "words": "Riverside clinic"}
    answer = as_alice.post("/appointments/add/", sent)
    assert answer.status_code == 422
    assert "within the last year or the next two" in text(answer)
    assert "Riverside clinic" in answer.content.decode()


def test_a_form_sent_twice_plans_one_appointment(alice):
    submission = uuid.uuid4()

    first = plan(alice, submission=submission)
    assert plan(alice, submission=submission) == first
    with pytest.raises(SubmissionTaken):
        plan(alice, submission=submission, words="Somewhere else")


def test_it_stands_on_today_on_its_day_and_asks_afterwards(as_alice, alice):
    kept = plan(alice)
    assert "Counseling" not in text(as_alice.get("/today/"))

    with time_machine.travel(dt.datetime(2025, 6, 16, 14, 0, tzinfo=dt.UTC), tick=False):
        page = text(as_alice.get("/today/"))
        assert "3:30 pm Counseling" in page
        assert "did it help?" not in page
    with time_machine.travel(dt.datetime(2025, 6, 16, 21, 0, tzinfo=dt.UTC), tick=False):
        assert "did it help?" in text(as_alice.get("/today/"))
        assert "Did you go? Did it help?" in text(as_alice.get("/appointments/"))

        as_alice.post(f"/appointments/{kept.pk}/answer/", {"answer": "a_lot"})

        assert "did it help?" not in text(as_alice.get("/today/"))
        assert "You went. It helped: a lot." in text(as_alice.get("/appointments/"))


@pytest.mark.parametrize(
    ("answer", "went", "helped"),
    [("a_lot", True, "a_lot"), ("not", True, "not"), ("went", True, ""), ("missed", False, ""), ("", None, "")],
)
def test_one_tap_says_whether_they_went_and_whether_it_helped(as_alice, alice, answer, went, helped):
    kept = plan(alice, TODAY - dt.timedelta(days=2), kind="meeting")

    as_alice.post(f"/appointments/{kept.pk}/answer/", {"answer": answer})

    kept.refresh_from_db()
    assert (kept.went, kept.helped) == (went, helped)


def test_what_is_ahead_has_no_answer_yet_and_moving_one_ahead_takes_its_answer_back(as_alice, alice):
    ahead = plan(alice)
    answer = as_alice.post(f"/appointments/{ahead.pk}/answer/", {"answer": "some"}, follow=True)
    assert "It is still ahead" in text(answer)
    assert as_alice.post(f"/appointments/{ahead.pk}/answer/", {"answer": "great"}).status_code == 400

    missed = plan(alice, TODAY - dt.timedelta(days=1))
    appointments.answer_appointment(appointment=missed, went=False, now=NOW)
    assert "It can have another day" in text(as_alice.get("/appointments/"))
    assert change(missed, day=MONDAY).went is None


def test_a_message_comes_that_morning_or_the_evening_before_at_the_local_time(alice):
    plan(alice, reminds="morning")
    plan(alice, MONDAY + dt.timedelta(days=1), reminds="eve")

    assert schedule(alice).next_at == dt.datetime(2025, 6, 16, 13, 0, tzinfo=dt.UTC)
    assert schedule(alice, "appointment-eve").next_at == dt.datetime(2025, 6, 16, 23, 0, tzinfo=dt.UTC)
    assert not has_none_that_day(alice, MONDAY)
    assert not has_none_tomorrow(alice, MONDAY)
    assert has_none_that_day(alice, MONDAY + dt.timedelta(days=7))
    assert has_none_tomorrow(alice, MONDAY + dt.timedelta(days=7))


def test_the_message_goes_on_to_the_next_appointment_and_stops_after_the_last(alice):
    first, second = plan(alice, reminds="morning"), plan(alice, MONDAY + dt.timedelta(days=2), reminds="morning")

    appointments.remove_appointment(appointment=first, now=NOW)
    assert schedule(alice).next_at.date() == second.day
    change(second, reminds="")

    assert not schedule(alice).is_active


def test_a_message_that_was_turned_off_by_its_link_stays_off_until_it_is_asked_for_again(alice):
    kept = plan(alice, reminds="morning")
    turn_off_by_link(schedule_id=schedule(alice).pk)

    change(kept, words="Third floor")
    assert not schedule(alice).is_active

    plan(alice, MONDAY + dt.timedelta(days=1), reminds="morning")
    assert schedule(alice).is_active


@pytest.mark.parametrize(
    ("day", "at", "reminds"),
    [
        (MONDAY, dt.time(8, 59), "morning"),  # it would begin before its message is sure to be there
        (TODAY, dt.time(23, 0), "morning"),
        (TODAY + dt.timedelta(days=1), HALF_PAST_THREE, "eve"),  # 6 pm is over
        (TODAY - dt.timedelta(days=1), HALF_PAST_THREE, "morning"),
    ],
)
def test_a_message_that_could_not_come_in_time_is_refused(alice, day, at, reminds):
    with pytest.raises(appointments.MessageTooLate):
        plan(alice, day, at, reminds=reminds)

    assert not Appointment.objects.of(alice).exists()


def test_an_appointment_stays_on_its_wall_time_when_the_person_travels(alice):
    kept = plan(alice, reminds="morning")

    move_zone(person=alice, zone="America/Los_Angeles", now=NOW)

    kept.refresh_from_db()
    assert (kept.day, kept.at) == (MONDAY, HALF_PAST_THREE)
    assert schedule(alice).next_at == dt.datetime(2025, 6, 16, 15, 0, tzinfo=dt.UTC)


def test_an_entry_of_the_directory_can_go_along_and_be_taken_off(as_alice, alice):
    listing = ListingFactory(name="Evening circle", slug="evening-circle")
    assert f"/appointments/add/?listing={listing.slug}" in as_alice.get(f"/find/{listing.slug}/").content.decode()
    assert "Evening circle" in as_alice.get(f"/appointments/add/?listing={listing.slug}").content.decode()
    assert as_alice.get("/appointments/add/?listing=no%20such").status_code == 200

    sent = {"kind": "meeting", "day": "2025-06-16", "at": "19:30", "listing": listing.slug}
    as_alice.post("/appointments/add/", sent)

    kept = Appointment.objects.of(alice).get()
    assert kept.listing == listing.slug
    assert "Evening circle" in text(as_alice.get("/appointments/"))
    listing.delete()
    assert as_alice.get("/appointments/").status_code == 200
    as_alice.post(f"/appointments/{kept.pk}/", {**sent, "listing": ""})
    assert Appointment.objects.of(alice).get().listing == ""


def test_the_messages_say_nothing_about_the_person_or_the_thing():
    for slug in ("appointment", "appointment-eve"):
        kind = kinds.get(slug)
        assert "{" not in str(kind.line)
        assert stigmatising(str(kind.line)) == []


def test_the_list_costs_the_same_queries_for_one_and_for_forty(as_alice, alice, django_assert_max_num_queries):
    plan(alice, listing="a")
    as_alice.get("/appointments/")
    for number in range(40):
        plan(alice, TODAY - dt.timedelta(days=number), listing=f"entry-{number}")

    with django_assert_max_num_queries(9):
        as_alice.get("/appointments/")


def test_the_api_plans_answers_and_removes(as_alice):
    def send(method, path, body=None):
        return getattr(as_alice, method)(f"/api/v1/appointments/{path}", body, content_type="application/json")

    made = send("post", "", {"kind": "meeting", "day": "2025-06-11", "at": "19:30", "words": "Hall"}).json()
    answered = send("put", f"{made['id']}/answer/", {"went": True, "helped": "some"}).json()
    assert (answered["went"], answered["helped"]) == (True, "some")
    assert send("patch", f"{made['id']}/", {"day": "2025-06-20"}).json()["went"] is None
    assert send("put", f"{made['id']}/answer/", {"went": True}).status_code == 409
    assert send("patch", f"{made['id']}/", {"listing": "not a slug"}).status_code == 400
    assert send("delete", f"{made['id']}/").status_code == 204
