"""The first steps: four at most, each skipped or answered, and a warning before a start that could be dangerous."""

from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.clock import local_day
from accounts.models import Session, User
from config.forms_you import OTHER, GoalForm, country_of
from plans.models import Contact
from recovery.before_stopping import NOT_AT_ONCE, QUESTIONS
from recovery.models import Journey
from recovery.models.journey import SUBSTANCES
from reminders.models import Schedule

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NO_TO_ALL = dict.fromkeys(QUESTIONS, "no")


@pytest.fixture
def robin(make_user) -> User:
    return make_user("robin", onboarded_at=None)


@pytest.fixture
def as_robin(robin, signed_in):
    return signed_in(robin)


def step(number: int) -> str:
    return reverse("onboarding-step", args=[number])


def today(person: User) -> str:
    return local_day(person, timezone.now()).isoformat()


def today_there(client) -> str:
    return today(User.objects.get(pk=client.session["_auth_user_id"]))


def read(client, path: str) -> str:
    return client.get(path).content.decode()


def test_all_four_answered_keep_what_was_said(as_robin, robin):
    as_robin.post(step(1), {"name": "Robin", "country": "CA"})
    as_robin.post(step(2), {"aim": "abstain", "substance": "opioids", "started_on": "2019-05-03"})
    as_robin.post(step(3), {"name": "Dana", "relation": "sister", "number": "(503) 555-0134"})
    last = as_robin.post(step(4), {"at": "20:15", "zone": "America/Denver"})

    robin.refresh_from_db()
    journey = Journey.objects.of(robin).get()
    assert "Robin" in read(as_robin, reverse("you"))
    assert robin.country == "CA"
    assert (journey.aim, journey.started_on) == ("abstain", date(2019, 5, 3))
    assert Contact.objects.of(robin).count() == 1
    assert Schedule.objects.of(robin).get().local_time == time(20, 15)
    assert robin.time_zone == "America/Denver"
    assert robin.onboarded_at is not None
    assert last["Location"] == reverse("today")


def test_a_time_without_a_time_zone_is_not_taken_for_utc(as_robin, robin):
    User.objects.filter(pk=robin.pk).update(time_zone="")

    answer = as_robin.post(step(4), {"at": "20:15", "zone": ""})

    assert answer.status_code == 422
    assert "Choose your time zone" in answer.content.decode()
    assert 'value="20:15"' in answer.content.decode()
    assert not Schedule.objects.of(robin).exists()

    User.objects.filter(pk=robin.pk).update(time_zone="America/Denver")
    assert as_robin.post(step(4), {"at": "20:15", "zone": ""}).status_code == 302
    assert Schedule.objects.of(robin).get().local_time == time(20, 15)


def test_all_four_can_be_skipped_and_nothing_is_kept(as_robin, robin):
    for number in (1, 2, 3, 4):
        # Whatever is in the fields, wrong or right, skipping takes no note of it.
        answer = as_robin.post(step(number), {"skip": "1", "number": "12", "name": "x" * 90, "at": "25:00"})
        assert answer.status_code == 302

    robin.refresh_from_db()
    assert robin.onboarded_at is not None
    for model in (Journey, Contact, Schedule):
        assert not model.objects.of(robin).exists()


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("America/Chicago", "US"),
        ("America/Toronto", "CA"),
        ("Europe/London", "GB"),
        ("Asia/Calcutta", "IN"),
        ("Australia/ACT", "AU"),
        ("UTC", ""),
        ("", ""),
        ("Nowhere/At_All", ""),
    ],
)
def test_the_zone_of_a_phone_gives_a_guess_at_the_country(zone, code):
    assert country_of(zone) == code


@pytest.mark.parametrize(
    ("cookies", "code"),
    [({"tz": "Europe%2FDublin"}, "IE"), ({"tz": "Europe%2FDublin", "country": "GB"}, "GB"), ({}, "")],
)
def test_the_country_is_guessed_shown_and_kept_only_when_the_person_goes_on(as_robin, robin, cookies, code):
    for name, value in cookies.items():
        as_robin.cookies[name] = value

    field = BeautifulSoup(as_robin.get(step(1)).content, "html.parser").find("select", {"name": "country"})
    assert field.select_one("option[selected]")["value"] == code
    as_robin.post(step(1), {"skip": "1", "country": code})
    robin.refresh_from_db()
    assert robin.country == ""

    as_robin.post(step(1), {"country": code})
    robin.refresh_from_db()
    assert robin.country == code


def test_a_warning_before_a_start_has_the_number_of_the_country(as_robin):
    as_robin.post(step(1), {"country": "GB"})

    told = as_robin.post(step(2), {"aim": "abstain", "started_on": today_there(as_robin), "asked": "1", "daily": "yes"})

    assert 'href="tel:999"' in told.content.decode()
    assert "Call 911" not in told.content.decode()


def test_empty_answers_are_answers_too(as_robin, robin):
    for number in (1, 2, 4):
        assert as_robin.post(step(number), {}).status_code == 302

    assert not Journey.objects.of(robin).exists()
    assert not Schedule.objects.of(robin).exists()


def test_who_leaves_comes_back_to_where_they_were(as_robin):
    as_robin.get(step(1))
    as_robin.post(step(1), {"skip": "1"})
    as_robin.get(step(2))
    as_robin.post(step(2), {"skip": "1"})
    as_robin.get(step(3))

    assert as_robin.get(reverse("onboarding"))["Location"] == step(3)
    assert reverse("onboarding") in read(as_robin, reverse("you"))


def test_there_is_no_fifth_step(as_robin):
    assert as_robin.get(step(5)).status_code == 404
    assert as_robin.post(step(0), {"skip": "1"}).status_code == 404


def test_a_mistake_keeps_what_was_typed(as_robin, robin):
    answer = as_robin.post(step(3), {"name": "Dana", "relation": "sister", "number": "503 555 01"})

    assert answer.status_code == 422
    assert 'value="Dana"' in answer.content.decode()
    assert 'value="503 555 01"' in answer.content.decode()
    assert not Contact.objects.of(robin).exists()


def test_a_start_in_another_century_is_refused_in_words(as_robin, robin):
    answer = as_robin.post(step(2), {"aim": "abstain", "substance": "opioids", "started_on": "0202-05-03"})

    assert answer.status_code == 422
    assert "four digits" in answer.content.decode()
    assert not Journey.objects.of(robin).exists()


@pytest.mark.parametrize("substance", [*sorted(NOT_AT_ONCE), OTHER])
def test_a_start_today_with_something_dangerous_to_stop_asks_first(substance, as_robin, robin):
    said = {"aim": "abstain", "substance": substance, "own_word": "", "started_on": today(robin)}

    page = as_robin.post(step(2), said)

    words = page.content.decode()
    assert "Some things are dangerous to stop suddenly" in words
    assert "awaiting clinical review" in words
    for question in QUESTIONS:
        assert f'name="{question}"' in words
    assert not Journey.objects.of(robin).exists()


def test_five_times_no_goes_on(as_robin, robin):
    said = {"aim": "abstain", "substance": "alcohol", "started_on": today(robin)}

    answer = as_robin.post(step(2), said | {"asked": "1"} | NO_TO_ALL)

    assert answer["Location"] == step(3)
    assert Journey.objects.of(robin).get().started_on.isoformat() == today(robin)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("answered", ["yes", "unsure", ""])
def test_any_other_answer_tells_them_to_see_a_clinician_first(question, answered, as_robin, robin):
    said = {"aim": "abstain", "substance": "alcohol", "started_on": today(robin)}

    page = as_robin.post(step(2), said | {"asked": "1"} | NO_TO_ALL | {question: answered})

    words = page.content.decode()
    assert "stop suddenly. See a clinician first" in words
    assert 'href="tel:911"' in words
    assert "awaiting clinical review" in words
    assert not Journey.objects.of(robin).exists()
    assert as_robin.post(step(2), said | {"told": "1"})["Location"] == step(3)
    assert Journey.objects.of(robin).count() == 1


def test_the_answers_are_kept_nowhere(as_robin, robin):
    said = {"aim": "abstain", "substance": "alcohol", "started_on": today(robin)}
    as_robin.post(step(2), said | {"asked": "1"} | NO_TO_ALL | {"pregnant": "yes"})
    as_robin.post(step(2), said | {"told": "1"})

    kept = str(dict(as_robin.session)) + str(Session.objects.get(person=robin).get_decoded())
    for word in (*QUESTIONS, "alcohol"):
        assert word not in kept


@pytest.mark.parametrize("days_ago", [4, 30, 4000])
def test_a_start_well_behind_them_needs_no_warning(days_ago, as_robin, robin):
    began = local_day(robin, timezone.now()) - timedelta(days=days_ago)

    answer = as_robin.post(step(2), {"aim": "abstain", "substance": "alcohol", "started_on": began.isoformat()})

    assert answer["Location"] == step(3)


@settings(deadline=None)
@given(
    substance=st.sampled_from(["", *SUBSTANCES, OTHER]),
    ahead=st.integers(min_value=-400, max_value=400),
    aim=st.sampled_from(["", *Journey.Aim.values]),
)
def test_the_warning_depends_on_the_day_and_the_substance_alone(substance, ahead, aim):
    day = date(2027, 3, 1)
    form = GoalForm({"aim": aim, "substance": substance, "started_on": (day + timedelta(days=ahead)).isoformat()})
    assert form.is_valid()

    dangerous = substance in {"", "alcohol", "benzodiazepines", "ghb", "opioids", OTHER}

    # The worst of it comes on the second or third day.
    assert form.needs_a_clinician_first(day) == (ahead >= -3 and dangerous)


def test_today_is_the_persons_own_day(robin, signed_in, time_machine):
    # 9 in the evening of 28 February in Chicago is 1 March in UTC: a start on that 28th is today, not yesterday.
    time_machine.move_to("2027-03-01T03:00:00Z")

    page = signed_in(robin).post(step(2), {"aim": "abstain", "substance": "alcohol", "started_on": "2027-02-28"})

    assert "dangerous to stop suddenly" in page.content.decode()


def test_going_back_and_on_again_changes_the_journey_and_starts_no_second_one(as_robin, robin):
    as_robin.post(step(2), {"aim": "abstain", "substance": "opioids", "started_on": "2024-01-01"})
    page = read(as_robin, step(2))
    assert 'value="2024-01-01"' in page

    as_robin.post(step(2), {"aim": "cut_down", "substance": OTHER, "own_word": "kratom", "started_on": "2024-02-02"})

    journey = Journey.objects.of(robin).get()
    assert (journey.aim, journey.started_on) == ("cut_down", date(2024, 2, 2))
    assert 'value="kratom"' in read(as_robin, step(2))


def test_a_stranger_is_sent_to_the_sign_in(client):
    for number in (1, 2, 3, 4):
        assert client.get(step(number))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "text",
    ["\x00", "\u202eabc", "🙂" * 50, "x" * 100_000, "<script>alert(1)</script>"],
    ids=["nul", "right-to-left", "emoji", "long", "markup"],
)
def test_odd_input_gives_an_answer_and_never_a_broken_page(number, text, as_robin):
    fields = ("name", "aim", "substance", "own_word", "started_on", "relation", "number", "at", "zone")

    answer = as_robin.post(step(number), dict.fromkeys(fields, text))

    assert answer.status_code in {200, 302, 422}
    assert b"<script>alert(1)" not in answer.content
