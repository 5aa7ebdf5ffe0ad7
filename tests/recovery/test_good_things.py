"""Three good things: kept in the day's check-in, and shown again on a hard day."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup

from accounts import keys
from plans.services import days_lit
from recovery.models import CheckIn
from recovery.services import save_checkin

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
URL = "/tools/good-things/"
EVENING = dt.datetime(2026, 6, 12, 23, 0, tzinfo=dt.UTC)  # 6 pm in Chicago
DAY = dt.date(2026, 6, 12)


@pytest.fixture(autouse=True)
def _evening():
    with time_machine.travel(EVENING, tick=False):
        yield


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def check_in(person, day, **answers):
    at = dt.datetime.combine(day, dt.time(23), tzinfo=dt.UTC)
    return save_checkin(
        person=person, day=day, answers={"mood": 3, **answers}, submission=uuid.uuid4(), answered_at=at, now=at
    )


def said(**more):
    return {"submission": str(uuid.uuid4()), "first": "Soup, because Dana made it", "second": "Sun", **more}


def good_things(person, day=DAY):
    with keys.ring_of(person.pk):
        return str(CheckIn.objects.of(person).get(day=day).good_things)


def test_on_a_day_without_a_check_in_they_make_one(as_alice, alice):
    typed = said(mood="4")

    for _ in range(2):
        response = as_alice.post(URL, typed)

    assert response.url == URL
    assert good_things(alice) == "Soup, because Dana made it\nSun"
    assert CheckIn.objects.of(alice).get().mood == 4
    assert days_lit(alice) == 1


def test_whatever_the_check_in_holds_is_saved_here_without_cutting_a_word(as_alice, alice):
    lines = ["One long walk. " * 100, "Soup", "Sun. " * 200, "Rain on the roof. " * 80]
    check_in(alice, DAY, good_things="\n".join(line.strip() for line in lines))

    fields = soup(as_alice.get(URL)).select("main textarea")
    typed = {field["name"]: field.get_text().strip() for field in fields}
    saved = as_alice.post(URL, {"submission": str(uuid.uuid4()), **typed})

    assert saved.status_code == 302
    assert good_things(alice).replace("\n", " ") == " ".join(line.strip() for line in lines)


def test_more_than_the_check_in_holds_stays_typed_and_is_not_kept(as_alice, alice):
    refused = as_alice.post(URL, said(mood="4", second="x" * 3000, third="y" * 3000))

    assert refused.status_code == 422
    assert "Together this is too long" in refused.content.decode()
    assert not CheckIn.objects.of(alice).exists()


def test_they_join_the_check_in_that_is_there(as_alice, alice):
    check_in(alice, DAY, craving=6)

    assert "mood" not in str(soup(as_alice.get(URL)).select("input[name]"))
    as_alice.post(URL, said(third="Tea\nand toast"))

    kept = CheckIn.objects.of(alice).get()
    assert (kept.mood, kept.craving) == (3, 6)
    assert good_things(alice) == "Soup, because Dana made it\nSun\nTea and toast"


def test_what_is_kept_stands_in_the_form_again(as_alice, alice):
    check_in(alice, DAY, good_things="One\n\nTwo\nThree\nFour")

    page = soup(as_alice.get(URL))

    assert [page.select_one(f"[name={name}]").text.strip() for name in ("first", "second", "third")] == [
        "One",
        "Two",
        "Three Four",
    ]


@pytest.mark.parametrize(
    "typed", [{}, {"first": "", "mood": "3"}, {"mood": ""}, {"mood": "9"}, {"mood": "3", "first": "x" * 4001}]
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(as_alice, typed):
    response = as_alice.post(URL, {**said(), "second": "Sun", **typed})

    assert response.status_code == 422
    assert not CheckIn.objects.exists()
    assert soup(response).select_one("[name=second]").text.strip() == "Sun"


def test_in_the_small_hours_they_are_about_the_day_that_ended(as_alice, alice):
    with time_machine.travel(dt.datetime(2026, 6, 13, 6, 30, tzinfo=dt.UTC), tick=False):  # 1:30 am in Chicago
        assert "Friday, June 12" in soup(as_alice.get(URL)).get_text()
        as_alice.post(URL, said(mood="3"))

    assert good_things(alice).startswith("Soup")


def test_earlier_ones_are_shown_newest_first_and_only_ones_own(as_alice, alice, charlie):
    for back, words in ((1, "Yesterday's tea"), (5, ""), (9, "A long walk"), (200, "Long ago")):
        check_in(alice, DAY - dt.timedelta(days=back), good_things=words)
    check_in(charlie, DAY - dt.timedelta(days=1), good_things="Strange")

    text = soup(as_alice.get(URL)).select_one("#earlier").parent.get_text()

    assert text.index("Yesterday's tea") < text.index("A long walk")
    assert "Long ago" not in text
    assert "Strange" not in text


@pytest.mark.parametrize(
    ("answers", "is_shown"),
    [({"mood": 1}, True), ({"craving": 7}, True), ({"craving": 6, "mood": 2}, False), ({}, False)],
)
def test_a_hard_day_shows_what_was_good_on_others(as_alice, alice, answers, is_shown):
    check_in(alice, DAY - dt.timedelta(days=3), good_things="A long walk")
    check_in(alice, DAY, **answers)

    for address in ("/today/", f"/check-ins/{DAY}/saved/"):
        assert ("A long walk" in soup(as_alice.get(address)).get_text()) is is_shown


def test_a_hard_day_costs_one_query_more(as_alice, alice, django_assert_max_num_queries):
    for back in range(1, 100):
        check_in(alice, DAY - dt.timedelta(days=back), good_things="Sun")
    check_in(alice, DAY, mood=1)
    as_alice.get("/today/")

    with django_assert_max_num_queries(12):
        as_alice.get("/today/")
