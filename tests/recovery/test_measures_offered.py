"""What is offered when: by the person's own rhythm, and the longer form about mood only while somebody would see it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from recovery.models import Cadence, Instrument, MeasureDraft
from support.models import ConsentScope, Scope
from tests.recovery.questionnaires import fill_in, loaded, page, take, words
from tests.support.factories import let_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_rhythm_is_the_persons_own_and_marks_what_is_due(as_alice, alice, signed_in):
    instrument = loaded("gad-7")
    assert "Due" not in words(as_alice.get("/measures/"))

    as_alice.post(f"/measures/{instrument.pk}/cadence/", {"every_days": "14"})
    assert "Due" in words(as_alice.get("/measures/"))
    take(alice, "gad-7", dict.fromkeys("1234567", 1))
    assert "Due" not in words(as_alice.get("/measures/"))
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert "Due" in words(signed_in(alice).get("/measures/"))
    as_alice.post(f"/measures/{instrument.pk}/cadence/", {"every_days": ""})

    assert Cadence.objects.get().every_days is None
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert "Due" not in words(signed_in(alice).get("/measures/"))


def test_a_rhythm_shorter_than_what_is_asked_about_is_not_offered(as_alice):
    instrument = loaded("bam-r")

    assert as_alice.post(f"/measures/{instrument.pk}/cadence/", {"every_days": "7"}).status_code == 422


def test_the_longer_form_is_not_offered_while_nobody_would_see_it(as_alice, alice, bob):
    instrument = loaded("phq-9")
    let_in(alice, bob, Scope.CHARTS)

    assert "Made-up phq-9" not in words(as_alice.get("/measures/"))
    about = as_alice.get(f"/measures/{instrument.pk}/")
    assert "only while a counselor can see your results" in words(about)
    assert page(about).find("a", href="tel:988")
    as_alice.post(f"/measures/{instrument.pk}/start/")
    assert not MeasureDraft.objects.exists()


def test_the_longer_form_is_offered_while_a_counselor_may_see_measures_and_not_a_second_longer(as_alice, alice, bob):
    loaded("phq-9")
    let_in(alice, bob, Scope.MEASURES)
    assert "Made-up phq-9" in words(as_alice.get("/measures/"))

    ConsentScope.objects.update(ended_at=timezone.now())

    assert "Made-up phq-9" not in words(as_alice.get("/measures/"))


def test_once_the_consent_ends_what_was_filled_in_stays_listed_and_is_shown_as_closed(as_alice, alice, bob):
    let_in(alice, bob, Scope.MEASURES)
    take(alice, "phq-9", dict.fromkeys("123456789", 0))
    assert "Closed" not in words(as_alice.get("/measures/"))

    ConsentScope.objects.update(ended_at=timezone.now())
    listed = as_alice.get("/measures/")
    about = as_alice.get(page(listed).find("a", string="Made-up phq-9")["href"])

    assert "Made-up phq-9 Closed" in words(listed)
    assert "0 of 27" in words(listed)
    assert "See your earlier ones" in words(listed)
    assert "only while a counselor can see your results" in words(about)
    assert "/measures/results/" in str(page(about)) or page(about).find("table")


def test_a_supporter_does_not_count_as_somebody_who_reviews(as_alice, alice, dana):
    loaded("phq-9")
    let_in(alice, dana, Scope.MEASURES, role="supporter")

    assert "Made-up phq-9" not in words(as_alice.get("/measures/"))


def test_three_and_more_on_the_short_form_opens_the_long_one_with_the_two_answers_in_it(as_alice, alice, bob):
    loaded("phq-2"), loaded("phq-9")
    let_in(alice, bob, Scope.MEASURES)

    opened = fill_in(as_alice, "phq-2", [2, 1])

    assert "worth a closer look" in words(opened)
    assert "No one at Waylight is watching this in real time" in words(opened)
    third = as_alice.post(f"/measures/{Instrument.objects.get(slug='phq-9').pk}/start/", follow=True)
    assert "Made-up question 3?" in words(third)


def test_below_three_the_long_form_does_not_open(as_alice, alice, bob):
    loaded("phq-2"), loaded("phq-9")
    let_in(alice, bob, Scope.MEASURES)

    assert "2 of 6" in words(fill_in(as_alice, "phq-2", [1, 1]))
    assert not MeasureDraft.objects.exists()


def test_three_and_more_without_a_counselor_leads_to_people_to_call(as_alice):
    loaded("phq-2"), loaded("phq-9")

    result = fill_in(as_alice, "phq-2", [3, 3])

    assert page(result).find("a", href="tel:988")
    assert not MeasureDraft.objects.exists()


def test_a_counselor_sees_name_day_and_score_and_no_answer(as_bob, alice, bob):
    take(alice, "gad-7", dict.fromkeys("1234567", 1))
    let_in(alice, bob, Scope.MEASURES)

    shown = words(as_bob.get(f"/desk/{alice.pk}/"))

    assert "Made-up gad-7 7 of 21" in shown
    assert "Made-up question" not in shown
