"""The page that sets reminders, the link that ends them, and the same over the API."""

from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reminders import services
from reminders.models import Delivery, Schedule, Tick
from tests.reminders.factories import daily_kind, delivery_of, schedule_of, utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PAGE = "/you/reminders/"
HTMX = {"HX-Request": "true"}


def said(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def set_for(person, **fields) -> Schedule:
    services.set_daily(person=person, at=time(19), now=timezone.now(), **fields)
    return Schedule.objects.of(person).get()


def test_settings_start_empty_and_say_what_will_come(as_alice):
    response = as_alice.get(PAGE)

    assert "a minute for you?" in said(response)
    assert "Set a time to turn it on" in said(response)
    assert "Send me one now" not in said(response)


def test_settings_save_a_time_and_days_and_show_the_next_three_in_local_time(as_alice, alice):
    response = as_alice.post(PAGE, {"at": "19:30", "days": ["0", "2"]}, follow=True)

    schedule = Schedule.objects.of(alice).get()
    assert (schedule.local_time, schedule.days) == (time(19, 30), 0b101)
    assert "Saved." in said(response)
    assert said(response).count("7:30 pm") >= 4
    assert "Monday" in said(response)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"at": "", "days": ["1"]}, "Pick a time"),
        ({"at": "25:99", "days": ["1"]}, "Write a time such as 19:30"),
        ({"at": "x" * 200_000, "days": ["1"]}, "Write a time such as 19:30"),
        ({"at": "19:30"}, "Pick one day or more"),
        ({"at": "19:30", "days": ["9"]}, "Select a valid choice"),
    ],
)
def test_settings_say_how_to_fix_what_was_typed_and_keep_it(as_alice, typed, words):
    response = as_alice.post(PAGE, typed)

    assert response.status_code == 422
    assert words in said(response)
    assert not Schedule.objects.exists()
    if typed["at"] == "25:99":
        assert BeautifulSoup(response.content, "html.parser").find(id="id_at")["value"] == "25:99"


def test_settings_fragment_is_what_the_page_holds(as_alice, alice):
    set_for(alice)

    page = BeautifulSoup(as_alice.get(PAGE).content, "html.parser").find(id="reminders-settings")
    fragment = BeautifulSoup(as_alice.get(PAGE, headers=HTMX).content, "html.parser").find(id="reminders-settings")

    for token in [*page.find_all(attrs={"name": "csrfmiddlewaretoken"}), *fragment.find_all(type="hidden")]:
        token.decompose()
    assert page.get_text() == fragment.get_text()
    assert len(page.find_all("form")) == len(fragment.find_all("form")) == 4


def test_every_htmx_form_works_as_a_plain_one(as_alice, alice):
    set_for(alice)

    for form in BeautifulSoup(as_alice.get(PAGE).content, "html.parser").find(id="reminders-settings").find_all("form"):
        assert form["action"] == form["hx-post"]
        assert form["method"] == "post"


def test_pause_and_turn_back_on(as_alice, alice):
    set_for(alice)
    until = date.today() + timedelta(days=10)  # noqa: DTZ011  # a day ahead, whatever the zone

    paused = as_alice.post(f"{PAGE}pause/", {"pause-until": until.isoformat()}, follow=True)
    assert "Paused until" in said(paused)

    resumed = as_alice.post(f"{PAGE}resume/", follow=True)
    assert "Paused until" not in said(resumed)
    assert Schedule.objects.get().resumes_on is None


@pytest.mark.parametrize("typed", ["", "tomorrow", "2001-01-01", "9999-12-31"])
def test_a_pause_that_makes_no_sense_is_refused_in_words(as_alice, alice, typed):
    set_for(alice)

    response = as_alice.post(f"{PAGE}pause/", {"pause-until": typed})

    assert response.status_code == 422
    assert "field--err" in response.content.decode()


def test_send_one_now_puts_a_row_on_its_way_and_says_so(as_alice, alice):
    set_for(alice)

    first = as_alice.post(f"{PAGE}send-now/", follow=True)
    again = as_alice.post(f"{PAGE}send-now/", follow=True)

    assert "One is on its way" in said(first)
    assert "another in a minute" in said(again)
    assert Delivery.objects.of(alice).count() == 1


def test_turning_off_says_so(as_alice, alice):
    set_for(alice)

    response = as_alice.post(f"{PAGE}turn-off/", follow=True)

    assert "You will not get any more" in said(response)
    assert not Schedule.objects.get().is_active


def test_a_late_engine_is_told_to_people(as_alice, alice):
    set_for(alice)
    Tick.objects.create(at=timezone.now() - timedelta(minutes=4))
    assert "running late" in said(as_alice.get(PAGE))

    Tick.objects.update(at=timezone.now())
    assert "running late" not in said(as_alice.get(PAGE))


def test_what_happened_to_the_latest_is_shown_to_its_owner_only(as_alice, as_charlie, alice):
    delivery_of(set_for(alice), utc(2026, 6, 11), state="expired", reason="late")

    assert "We could not send it in time." in said(as_alice.get(PAGE))
    assert "We could not send it in time." not in said(as_charlie.get(PAGE))


def test_settings_ask_few_questions_of_the_database(as_alice, alice, django_assert_max_num_queries):
    set_for(alice)

    with django_assert_max_num_queries(7):
        as_alice.get(PAGE)


# The off-link


@pytest.fixture
def link(alice) -> str:
    return reverse("reminders:off", args=[set_for(alice).off_token])


def test_opening_the_link_turns_nothing_off(client, link):
    response = client.get(link)

    assert "Stop these messages?" in said(response)
    assert Schedule.objects.get().is_active


def test_the_button_of_the_mail_program_works_signed_out_and_twice(link):
    strict = Client(enforce_csrf_checks=True)

    for _time in range(2):
        response = strict.post(link, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert "They are off" in said(response)
    assert not Schedule.objects.get().is_active


def test_a_link_that_is_not_ours_leads_nowhere(client, link):
    for wrong in (link.replace("/off/", "/off/x"), link[:-3] + "/", "/off/0/", "/off/a.b/"):
        assert client.post(wrong).status_code == 404
    assert Schedule.objects.get().is_active


def test_the_link_of_an_account_that_is_gone_still_says_off(client, link, alice):
    alice.delete()

    assert client.post(link).status_code == 200


def test_the_page_behind_the_link_tells_nobody_whose_it_is(client, link, alice):
    text = client.get(link).content.decode()

    assert alice.email not in text
    assert "Alice" not in text


# The API

API = "/api/v1/reminders/"


def test_reminders_are_read_over_the_api_by_their_owner(as_alice, as_charlie, alice):
    set_for(alice)

    [kept] = as_alice.get(API).json()["results"]
    assert (kept["kind"], kept["local_time"], kept["days"], kept["is_active"]) == ("check-in", "19:00:00", 127, True)
    assert as_charlie.get(f"{API}check-in/").status_code == 404


def test_reminders_are_set_over_the_api(as_alice, alice):
    def patch(**change):
        return as_alice.patch(f"{API}check-in/", change, content_type="application/json")

    assert patch(days=3).status_code == 409
    assert patch(local_time="18:30").json()["is_active"] is True
    assert patch(days=3).json()["local_time"] == "18:30:00"
    until = (timezone.now() + timedelta(days=5)).date().isoformat()
    assert patch(resumes_on=until).json()["resumes_on"] == until
    assert patch(resumes_on=None).json()["resumes_on"] is None
    assert patch(is_active=False).json()["is_active"] is False
    assert patch(days=3).status_code == 409
    assert patch(is_active=True).json()["local_time"] == "18:30:00"


@pytest.mark.parametrize(
    "change", [{"local_time": "soon"}, {"days": 0}, {"days": 128}, {"resumes_on": "2001"}, {"is_active": "perhaps"}]
)
def test_nonsense_over_the_api_is_refused(as_alice, change):
    response = as_alice.patch(f"{API}check-in/", change, content_type="application/json")

    assert response.status_code == 400


def test_only_the_daily_kind_is_set_over_the_api(as_alice):
    response = as_alice.patch(f"{API}medication/", {"local_time": "18:30"}, content_type="application/json")

    assert response.status_code == 404


def test_the_off_page_needs_no_kind_to_be_known(client, alice):
    daily_kind(slug="another")
    schedule = schedule_of(alice, kind="gone-by-now")

    assert client.post(reverse("reminders:off", args=[schedule.off_token])).status_code == 200
