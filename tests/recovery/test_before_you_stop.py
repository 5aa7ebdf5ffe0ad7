"""Before you stop: open to everyone, keeps no answer, and says what is dangerous whatever is answered."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Session
from recovery.before_stopping import NOT_AT_ONCE, QUESTIONS, needs_a_clinician_first
from recovery.models import Journey, SafetyText
from recovery.models.journey import SUBSTANCES
from recovery.safety_texts import GOING_ON, STOP_DANGER, STOPPING
from recovery.services import sign_safety_text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PAGE = "/before-you-stop/"
NO_TO_ALL = dict.fromkeys(QUESTIONS, "no")


def words(answer):
    return answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("said", [None, NO_TO_ALL, {"daily": "yes"}])
def test_the_danger_signs_and_the_number_stand_on_every_answer_for_a_visitor(client, said):
    page = words(client.get(PAGE) if said is None else client.post(PAGE, said))

    assert all(str(line) in page for line in STOP_DANGER.lines)
    assert 'href="tel:' in page
    assert "pregnant" in page
    assert "awaiting clinical review" in page


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("answered", ["yes", "unsure", ""])
def test_anything_but_five_times_no_says_not_to_stop_suddenly(client, question, answered):
    page = words(client.post(PAGE, NO_TO_ALL | {question: answered}))

    assert "Don't stop suddenly. See a clinician first" in page


def test_five_times_no_is_called_no_medical_answer(client):
    page = words(client.post(PAGE, NO_TO_ALL))

    assert "None of these five applies to you" in page
    assert "That is not a medical answer" in page
    assert "See a clinician first" not in page


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_that_cannot_be_read_counts_as_not_sure(client, question):
    answer = client.post(PAGE, NO_TO_ALL | {question: "maybe"})

    assert answer.status_code == 422
    assert "Don't stop suddenly. See a clinician first" in words(answer)


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        ({"daily": "yes"}, True),
        ({"morning": "unsure"}, True),
        ({"before": "yes", "ill": "yes"}, True),
        ({"pregnant": "yes"}, False),
        ({"pregnant": "unsure", "ill": "yes"}, False),
    ],
)
def test_only_daily_use_or_a_hard_time_before_makes_going_on_the_safer_way(client, said, goes_on):
    page = words(client.post(PAGE, NO_TO_ALL | said))

    assert (str(GOING_ON) in page) is goes_on
    assert "before you change anything" in page


def test_the_title_says_nothing_of_what_it_is_about(as_alice):
    for address in (PAGE, "/kind-of-help/"):
        title = words(as_alice.get(address)).split("<title>")[1].split("</title>")[0].lower()
        assert not any(word in title for word in ("stop", "help?"))


def test_no_answer_is_kept(as_alice, alice):
    as_alice.post(PAGE, NO_TO_ALL | {"pregnant": "yes"})

    kept = str(Session.objects.get(person=alice).get_decoded())
    assert not any(name in kept for name in QUESTIONS)


def test_signed_words_await_no_review(client):
    for text in STOPPING:
        row = SafetyText.objects.get(slug=text.slug)
        sign_safety_text(
            text=row, reviewed_by="Dr. A. Okafor", reviewed_on=dt.date(2026, 1, 5), day=dt.date(2026, 1, 6)
        )

    assert "awaiting clinical review" not in words(client.get(PAGE))


@pytest.mark.parametrize(("substance", "asks"), [("alcohol", True), ("", True), ("opioids", True), ("cannabis", False)])
def test_a_journey_that_starts_today_leads_to_the_questions(as_alice, alice, substance, asks):
    alice.time_zone = "UTC"
    alice.save()
    today = timezone.now().date()

    answer = as_alice.post(
        "/journeys/add/", {"aim": "abstain", "substance": substance, "started_on": today.isoformat()}
    )

    assert Journey.objects.of(alice).get().started_on == today
    assert answer["Location"] == (PAGE if asks else "/journeys/")


def test_a_journey_from_long_ago_asks_nothing(as_alice):
    answer = as_alice.post("/journeys/add/", {"aim": "abstain", "substance": "alcohol", "started_on": "2020-01-01"})

    assert answer["Location"] == "/journeys/"


def test_another_substance_for_a_start_of_these_days_asks_and_another_aim_does_not(as_alice, alice):
    alice.time_zone = "UTC"
    alice.save()
    start = (timezone.now().date() - dt.timedelta(days=2)).isoformat()
    as_alice.post("/journeys/add/", {"aim": "abstain", "substance": "cannabis", "started_on": start})
    address = f"/journeys/{Journey.objects.of(alice).get().pk}/"

    changed = as_alice.post(address, {"aim": "abstain", "substance": "alcohol", "started_on": start})
    same = as_alice.post(address, {"aim": "cut_down", "substance": "alcohol", "started_on": start})

    assert (changed["Location"], same["Location"]) == (PAGE, "/journeys/")


@pytest.mark.parametrize(("substance", "asks"), [("opioids", True), ("tobacco", False)])
def test_over_the_api_a_journey_says_that_the_questions_come_first(as_alice, alice, substance, asks):
    alice.time_zone = "UTC"
    alice.save()
    wish = {"aim": "abstain", "substance": substance, "started_on": timezone.now().date().isoformat()}

    kept = as_alice.post("/api/v1/journeys/", {**wish, "before_stopping": not asks}, content_type="application/json")

    assert kept.json()["before_stopping"] is asks


@given(substance=st.sampled_from([*SUBSTANCES, "", "kratom"]), ahead=st.integers(-400, 400))
def test_only_a_start_within_three_days_or_ahead_with_something_dangerous_asks(substance, ahead):
    today = dt.date(2027, 3, 1)
    dangerous = substance in NOT_AT_ONCE or substance == "kratom"

    assert needs_a_clinician_first(substance, today + dt.timedelta(days=ahead), today) == (dangerous and ahead >= -3)
    assert not needs_a_clinician_first(substance, None, today)
