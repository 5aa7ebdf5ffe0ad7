"""Medications: marks and check-ins tell the same day the same way, and nothing here advises."""

import datetime as dt
import uuid

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from plans import services as plans
from plans.models import Medication, MedicationDay
from recovery import services
from recovery.models import CheckIn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)
TODAY = dt.date(2025, 6, 12)  # in Chicago


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def medication(alice, name="The morning one", **fields):
    return plans.add_medication(person=alice, name=name, now=NOW - dt.timedelta(days=10), **fields)


def check_in(alice, answer, *, day=TODAY, at=NOW, whole=False):
    return services.save_checkin(
        person=alice,
        day=day,
        answers={"mood": 3, "medication": answer},
        submission=uuid.uuid4(),
        answered_at=at,
        now=at,
        whole=whole,
    )


def said(alice, day=TODAY):
    return CheckIn.objects.of(alice).get(day=day).medication


def test_taken_in_a_check_in_marks_everything_that_is_taken(alice):
    medication(alice), medication(alice, "The evening one")
    gone = medication(alice, "An old one")
    plans.archive_medication(medication=gone, now=NOW)

    check_in(alice, "taken")

    marks = MedicationDay.objects.of(alice).values_list("medication__archived_at", "state")
    assert list(marks) == [(None, "taken"), (None, "taken")]


def test_missed_marks_the_only_one_and_guesses_at_none_of_several(alice):
    first = medication(alice)
    check_in(alice, "missed")
    assert MedicationDay.objects.of(alice).get().medication == first
    medication(alice, "The evening one")

    check_in(alice, "missed", day=TODAY - dt.timedelta(days=1))

    assert not MedicationDay.objects.of(alice).filter(day=TODAY - dt.timedelta(days=1)).exists()


def test_a_mark_changes_the_answer_of_the_days_check_in(alice):
    row = medication(alice)
    check_in(alice, "taken")

    services.mark_medication(medication=row, day=TODAY, state="missed", now=NOW + dt.timedelta(minutes=5))

    assert said(alice) == "missed"


@pytest.mark.parametrize("answer", ["taken", "missed"])
def test_a_mark_taken_back_takes_its_answer_out_of_the_check_in(alice, answer):
    row = medication(alice)
    check_in(alice, "")
    services.mark_medication(medication=row, day=TODAY, state=answer, now=NOW + dt.timedelta(minutes=5))
    assert said(alice) == answer

    services.mark_medication(medication=row, day=TODAY, state="", now=NOW + dt.timedelta(minutes=6))

    assert said(alice) == ""


def test_a_mark_taken_back_leaves_what_it_did_not_say(alice):
    first, second = medication(alice), medication(alice, "The evening one")
    services.mark_medication(medication=first, day=TODAY, state="taken", now=NOW)
    services.mark_medication(medication=second, day=TODAY, state="missed", now=NOW)
    check_in(alice, "missed")

    services.mark_medication(medication=first, day=TODAY, state="", now=NOW)

    assert said(alice) == "missed"


def test_a_medication_from_today_does_not_leave_yesterday_open(alice):
    row = medication(alice)
    plans.add_medication(person=alice, name="New", now=NOW)
    yesterday = TODAY - dt.timedelta(days=1)

    check_in(alice, "taken", day=yesterday)

    assert MedicationDay.objects.of(alice).get(day=yesterday).medication == row
    assert plans.medication_answer(alice, yesterday) == "taken"


def test_a_mark_makes_no_check_in_where_there_is_none(alice):
    services.mark_medication(medication=medication(alice), day=TODAY, state="taken", now=NOW)

    assert not CheckIn.objects.of(alice).exists()


def test_the_check_in_form_knows_what_was_marked(as_alice, alice):
    services.mark_medication(medication=medication(alice), day=TODAY, state="missed", now=NOW)

    page = as_alice.get("/check-in/").content.decode()

    assert 'name="medication" value="missed" checked' in page


def test_deleting_a_check_in_takes_back_what_it_marked_and_leaves_what_was_marked_by_hand(alice):
    by_hand = medication(alice)
    services.mark_medication(medication=by_hand, day=TODAY, state="taken", now=NOW)
    medication(alice, "The evening one")
    kept = check_in(alice, "taken")
    assert MedicationDay.objects.of(alice).count() == 2

    services.remove_checkin(checkin=kept)

    assert [row.medication for row in MedicationDay.objects.of(alice)] == [by_hand]


def test_an_edit_that_empties_the_answer_takes_the_mark_back(alice):
    medication(alice)
    check_in(alice, "taken")

    check_in(alice, "", at=NOW + dt.timedelta(minutes=5), whole=True)

    assert not MedicationDay.objects.of(alice).exists()


@pytest.mark.parametrize("days", [-1, 3])
def test_a_day_ahead_or_too_far_back_is_not_marked(alice, days):
    with pytest.raises(plans.DayNotOpen):
        services.mark_medication(
            medication=medication(alice), day=TODAY - dt.timedelta(days=days), state="taken", now=NOW
        )


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("check-in"), st.sampled_from(["taken", "missed", "none", ""])),
        st.tuples(st.integers(0, 1), st.sampled_from(["taken", "missed", ""])),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_the_order_marks_and_check_in_never_contradict_each_other(alice, deeds):
    CheckIn.objects.of(alice).delete()
    Medication.objects.of(alice).delete()
    rows = [medication(alice), medication(alice, "The evening one")]

    for minute, (what, answer) in enumerate(deeds):
        at = NOW + dt.timedelta(minutes=minute)
        if what == "check-in":
            check_in(alice, answer, at=at)
        else:
            services.mark_medication(medication=rows[what], day=TODAY, state=answer, now=at)

    kept = CheckIn.objects.of(alice).filter(day=TODAY).first()
    if kept and kept.medication in {"taken", "missed"}:
        assert plans.medication_answer(alice, TODAY) in {"", kept.medication}


def test_the_page_marks_with_one_tap_and_points_to_the_prescriber(as_alice, alice):
    row = medication(alice, times=["evening", "morning"], prescriber="Dr. Okafor")

    answer = as_alice.post(f"/medications/{row.pk}/mark/", {"day": "2025-06-12", "state": "missed"}, follow=True)

    page = answer.content.decode()
    assert "Morning, Evening" in page
    assert "Ask your prescriber or pharmacist" in page
    assert "0 taken, 1 missed" in page


def test_a_broken_mark_is_turned_away(as_alice, alice):
    row = medication(alice)

    assert as_alice.post(f"/medications/{row.pk}/mark/", {"day": "tomorrow", "state": "taken"}).status_code == 400
    assert as_alice.post(f"/medications/{row.pk}/mark/", {"day": "2025-06-12", "state": "twice"}).status_code == 400


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_the_same_whatever_the_list(as_alice, alice, django_assert_max_num_queries, count):
    for number in range(count):
        medication(alice, f"Number {number}")

    with django_assert_max_num_queries(5):
        as_alice.get("/medications/")


def test_over_the_api_a_mark_reaches_the_check_in(as_alice, alice):
    check_in(alice, "taken")
    made = as_alice.post("/api/v1/medications/", {"name": "The morning one", "times": ["morning"]}, "application/json")
    assert made.status_code == 201
    row = made.json()["id"]

    marked = as_alice.post(
        f"/api/v1/medications/{row}/mark/", {"day": "2025-06-12", "state": "missed"}, "application/json"
    )

    assert marked.status_code == 204
    assert said(alice) == "missed"
    assert as_alice.get("/api/v1/medication-days/").json()["results"][0]["state"] == "missed"
