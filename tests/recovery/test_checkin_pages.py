"""The check-in page: under a minute on a phone, kept at once, and nothing typed is ever lost."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts import keys
from plans.models import LitDay, Trigger
from recovery.models import CheckIn, CheckInVersion, Lapse

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
URL = "/check-in/"
TODAY = dt.date(2025, 6, 12)


@pytest.fixture(autouse=True)
def _evening():
    """Thursday, June 12, 8 pm in Chicago, which is already the 13th in UTC."""
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=False):
        yield


def answers(**changes):
    return {"submission": str(uuid.uuid4()), "day": TODAY.isoformat(), "mood": "4", **changes}


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def kept(person, day=TODAY):
    with keys.ring_of(person.pk):
        found = CheckIn.objects.of(person).get(day=day)
        return {**found.answers(), "late": found.late}


def test_nothing_is_chosen_beforehand(as_alice):
    form = page(as_alice.get(URL)).form

    assert form.select("[checked], [selected]") == []
    assert form.textarea.text.strip() == ""


def test_a_tap_on_today_fills_in_the_mood_and_nothing_else(as_alice):
    form = page(as_alice.get(URL, {"mood": "4"})).form

    assert [(each["name"], each["value"]) for each in form.select("[checked]")] == [("mood", "4")]


def test_the_six_questions_stand_first_and_the_rest_is_folded_away(as_alice):
    form = page(as_alice.get(URL)).form

    folded = form.find("details")
    names = {each["name"] for each in form.select("[name]")}
    assert not folded.has_attr("open")
    first = names - {each["name"] for each in folded.select("[name]")}
    assert first == {"csrfmiddlewaretoken", "submission", "day", "mood", "craving", "sleep", "around", "used", "note"}


def test_a_mood_alone_is_enough_and_lights_the_day(as_alice, alice):
    response = as_alice.post(URL, answers(), follow=True)

    assert response.redirect_chain == [("/check-ins/2025-06-12/saved/", 302)]
    assert page(response).h1.text == "1 day lit"
    assert kept(alice)["mood"] == 4


def test_the_day_is_the_persons_own_and_not_that_of_utc(as_alice, alice):
    as_alice.post(URL, answers())

    assert CheckIn.objects.of(alice).get().day == TODAY


def test_every_answer_is_kept_as_given(as_alice, alice):
    more = {
        "craving": "0",
        "sleep": "4.5",
        "around": ["other"],
        "used": "skip",
        "note": "Tea. 🌧️ שלום",
        "halt": ["h", "t"],
    }
    rest = {"medication": "taken", "connection": "none", "confidence": "10", "risky_ahead": "no", "sleep_quality": "2"}

    as_alice.post(URL, answers(**more, **rest, craving_when="night", good_things="Sun\r\nTea"))

    said = kept(alice)
    assert (said["craving"], said["sleep_half_hours"], said["used"], said["halt"]) == (0, 9, "skip", "ht")
    assert (said["medication"], said["connection"], said["confidence"], said["risky_ahead"]) == (
        "taken",
        "none",
        10,
        False,
    )
    assert (said["sleep_quality"], said["craving_when"], said["something_else"]) == (2, "night", True)
    assert said["note"] == "Tea. 🌧️ שלום"


@pytest.mark.parametrize(("halt", "is_shown"), [(["h", "t"], True), ([], False)])
def test_what_was_ticked_leads_to_one_thing_to_do(as_alice, halt, is_shown):
    saved = as_alice.post(URL, answers(halt=halt), follow=True)

    assert ('href="/tools/halt/"' in saved.content.decode()) is is_shown


def test_without_a_mood_it_says_so_and_keeps_what_was_typed(as_alice, alice):
    response = as_alice.post(URL, answers(mood="", note="A long day"))

    assert response.status_code == 422
    assert "Choose how you are feeling" in page(response).text
    assert page(response).textarea.text.strip() == "A long day"
    assert not CheckIn.objects.of(alice).exists()


@pytest.mark.parametrize(
    ("note", "sentence"),
    [("a" * 4001, "4000 fit"), ("é" * 200_000, "4000 fit"), ("one\x00two", "can't be kept"), ("🌧️" * 2500, "4000 fit")],
)
def test_a_note_that_does_not_fit_is_turned_away_with_its_text(as_alice, alice, note, sentence):
    response = as_alice.post(URL, answers(note=note))

    assert response.status_code == 422
    assert sentence in page(response).text
    assert page(response).textarea.text.strip("\n") == note
    assert not CheckIn.objects.of(alice).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"mood": "6"},
        {"mood": "x"},
        {"craving": "11"},
        {"craving": "-1"},
        {"sleep": "99"},
        {"sleep_exact": "24.5"},
        {"sleep_exact": "6.3"},
        {"sleep_exact": "nan"},
        {"sleep_exact": "a lot"},
        {"used": "maybe"},
        {"halt": ["x"]},
        {"around": [str(uuid.uuid4())]},
        {"submission": "1"},
        {"confidence": "eleven"},
    ],
)
def test_wrong_answers_get_a_sentence_and_never_a_break(as_alice, alice, wrong):
    response = as_alice.post(URL, answers(note="Still here", **{"craving": "3", **wrong}))

    assert response.status_code == 422
    assert page(response).select(".errsum li, .err")
    assert page(response).textarea.text.strip() == "Still here"
    assert not CheckIn.objects.of(alice).exists()


def test_saving_twice_is_saving_once(as_alice, alice):
    same = answers(note="Once")

    first, second = as_alice.post(URL, same), as_alice.post(URL, same)

    assert first.url == second.url
    assert CheckInVersion.objects.of(alice).count() == 1


def test_the_same_form_with_other_answers_is_turned_away_in_words(as_alice, alice):
    same = answers()

    as_alice.post(URL, same)
    response = as_alice.post(URL, {**same, "mood": "1"})

    assert response.status_code == 422
    assert "saved already" in page(response).text
    assert kept(alice)["mood"] == 4


def test_a_second_check_in_adds_and_erases_nothing(as_alice, alice):
    as_alice.post(URL, answers(mood="2", craving="6", note="Morning"))
    assert (
        "What you leave empty stays" in page(as_alice.get(URL)).text or "stays as it is" in page(as_alice.get(URL)).text
    )

    as_alice.post(URL, answers(mood="", craving="3"))

    said = kept(alice)
    assert (said["mood"], said["craving"], said["note"]) == (2, 3, "Morning")
    assert CheckInVersion.objects.of(alice).count() == 2


@pytest.mark.parametrize("back", [1, 2])
def test_yesterday_and_the_day_before_are_open_and_marked_late(as_alice, alice, back):
    day = TODAY - dt.timedelta(days=back)
    assert as_alice.get(URL, {"day": day}).status_code == 200

    as_alice.post(URL, answers(day=day.isoformat()))

    assert kept(alice, day)["late"] is True


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-06-13", "hasn't come yet"),
        ("2030-01-01", "hasn't come yet"),
        ("2025-06-09", "can't be filled in"),
        ("soon", "can't be"),
    ],
)
def test_other_days_are_refused_in_words(as_alice, alice, day, words):
    asked, sent = as_alice.get(URL, {"day": day}), as_alice.post(URL, answers(day=day, note="Kept"))

    assert (asked.status_code, sent.status_code) == (422, 422)
    assert words in page(asked).text
    assert words in page(sent).text
    assert page(sent).textarea.text.strip() == "Kept"
    assert not CheckIn.objects.of(alice).exists()


@time_machine.travel(dt.datetime(2025, 6, 13, 6, 30, tzinfo=dt.UTC), tick=False)
def test_after_midnight_it_asks_which_day(as_alice, alice):
    offered = [each["value"] for each in page(as_alice.get(URL)).select("input[name=day]")]
    assert offered == ["2025-06-13", "2025-06-12"]

    unsaid = as_alice.post(URL, answers(day=""))
    assert unsaid.status_code == 422
    assert "Choose which day" in page(unsaid).text

    as_alice.post(URL, answers(day="2025-06-12"))
    # The evening is not over at 1:30 am: this is not filled in later.
    assert kept(alice)["late"] is False


def test_a_form_opened_before_midnight_keeps_its_day(as_alice, alice):
    form = page(as_alice.get(URL)).form
    sent = {"submission": form.select_one("[name=submission]")["value"], "day": form.select_one("[name=day]")["value"]}

    with time_machine.travel(dt.datetime(2025, 6, 13, 5, 10, tzinfo=dt.UTC), tick=False):
        as_alice.post(URL, {**sent, "mood": "3"})

    assert CheckIn.objects.of(alice).get().day == TODAY


def test_use_is_saved_and_safety_comes_first(as_alice, alice):
    response = as_alice.post(URL, answers(used="yes"), follow=True)

    assert response.redirect_chain == [("/right-now/2025-06-12/", 302)]
    assert "Your 1 light is still on" in page(response).text
    assert "Call 911" in page(response).text or "Call 112" in page(response).text
    assert Lapse.objects.of(alice).days() == {TODAY}


@pytest.mark.parametrize("strong", [{"craving": "7"}, {"craving": "10"}])
def test_a_strong_craving_is_met_with_company(as_alice, strong):
    response = as_alice.post(URL, answers(**strong), follow=True)

    assert "Ride it out together?" in page(response).text


def test_a_mild_craving_is_not(as_alice):
    assert "Ride it out" not in page(as_alice.post(URL, answers(craving="6"), follow=True)).text


def test_one_day_shows_what_was_said_and_can_be_changed(as_alice, alice):
    as_alice.post(URL, answers(craving="6", note="Before", used="yes"))
    day = reverse("recovery:checkin-day", args=[TODAY])
    assert "6 of 10" in page(as_alice.get(day)).text

    form = page(as_alice.get(day + "edit/")).form
    assert form.select_one("[name=craving][checked]")["value"] == "6"
    response = as_alice.post(day + "edit/", answers(mood="5", used="no"))

    assert response.url == day
    said = kept(alice)
    assert (said["mood"], said["craving"], said["note"]) == (5, None, "")
    assert not Lapse.objects.of(alice).exists()
    with keys.ring_of(alice.pk):
        assert {version.note for version in CheckInVersion.objects.of(alice)} == {""}


def test_an_edit_keeps_what_was_met_even_where_the_list_has_moved_on(as_alice, alice):
    with keys.ring_of(alice.pk):
        names = [Trigger.objects.create(person=alice, name=f"T{n}", category="stress", impact=10 - n) for n in range(8)]
    last = names[-1]
    sent = {"day": TODAY.isoformat(), "mood": 4, "met": [{"trigger": str(last.pk), "intensity": 9}]}
    as_alice.post("/api/v1/check-ins/", {**sent, "submission": str(uuid.uuid4())}, content_type="application/json")

    form = page(as_alice.get(f"/check-ins/{TODAY}/edit/")).form
    ticked = [each["value"] for each in form.select("[name=around][checked]")]
    as_alice.post(f"/check-ins/{TODAY}/edit/", answers(around=ticked))

    assert ticked == [str(last.pk)]
    assert kept(alice)["met"] == [[str(last.pk), 9]]


def test_a_rough_day_with_use_is_met_with_safety_first_and_then_company(as_alice):
    as_alice.post(URL, answers(mood="1", used="yes"))

    assert "Ride it out together?" in page(as_alice.get(f"/check-ins/{TODAY}/saved/")).text


def test_deleting_a_day_deletes_every_trace(as_alice, alice):
    as_alice.post(URL, answers(used="yes", note="Gone soon"))
    as_alice.post(URL, answers(mood="", craving="2"))

    response = as_alice.post(f"/check-ins/{TODAY}/remove/")

    assert response.url == "/check-ins/"
    for model in (CheckIn, CheckInVersion, Lapse, LitDay):
        assert not model.objects.of(alice).exists()


@pytest.mark.parametrize("page_of", ["", "saved/", "edit/", "delete/"])
def test_a_day_is_not_there_for_a_stranger(as_alice, as_charlie, page_of):
    as_alice.post(URL, answers())

    # 404 and not 403: a stranger must not learn that the record exists.
    assert as_charlie.get(f"/check-ins/{TODAY}/{page_of}").status_code == 404
    assert as_charlie.post(f"/check-ins/{TODAY}/remove/").status_code == 404


@pytest.mark.parametrize("address", ["/check-ins/2025-02-30/", "/check-ins/today/", "/check-ins/0000-00-00/"])
def test_an_address_that_is_no_day_is_no_page(as_alice, address):
    assert as_alice.get(address).status_code == 404
