"""Narrowing the list by choices and by a typed place, as people do it on the page."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from resources.models import Listing, Place
from resources.search import Wish, find
from tests.resources.factories import ListingFactory
from tests.resources.feeding import feed, make_source, meeting, run_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LIST, NEAR = reverse("resources:listing-list"), reverse("resources:near-choose")


def names(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return {link.get_text() for link in soup.select("#listing-list > .cols > .stack:first-child .listing__name")}


@pytest.fixture
def meetings():
    rows = [
        meeting("a", name="Open steps", types=["O", "ST", "X"], day=1),
        meeting("b", name="Open signed", types=["O", "ASL"], day=2),
        meeting("c", name="Closed women", types=["C", "W", "S"], day=3),
        meeting("d", name="On a screen", types=["O"], day=1, conference_url="https://zoom.us/j/1", approximate="yes"),
    ]
    run_file(make_source(), feed(*rows))


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"facet": "open"}, {"Open steps", "Open signed", "On a screen"}),
        ({"facet": ["open", "steps"]}, {"Open steps"}),
        ({"day": "0"}, {"Open steps", "On a screen"}),
        ({"day": ["0", "2"]}, {"Open steps", "On a screen", "Closed women"}),
        ({"venue": "online"}, {"On a screen"}),
        ({"venue": ["online", "in_person"], "day": "0"}, {"Open steps", "On a screen"}),
        ({"language": "es"}, {"Closed women"}),
        ({"audience": "women"}, {"Closed women"}),
        ({"program": "aa", "facet": "step_free"}, {"Open steps"}),
        ({"q": "signed", "facet": "open"}, {"Open signed"}),
    ],
)
def test_all_kinds_of_choices_hold_at_once_and_any_of_the_days(client, query, found):
    assert names(client.get(LIST, query)) == found


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(
    "query", [{"facet": "magic"}, {"day": "9"}, {"when": "later"}, {"venue": "moon"}, {"program": "none"}]
)
def test_a_choice_that_makes_no_sense_is_left_out(client, query):
    response = client.get(LIST, query)

    assert response.status_code == 200
    assert len(names(response)) == 4


@pytest.mark.usefixtures("meetings")
def test_what_was_chosen_is_still_chosen_on_the_page(client):
    page = BeautifulSoup(client.get(LIST, {"facet": "open", "day": "0", "language": "es"}).content, "html.parser")

    checked = {(box["name"], box["value"]) for box in page.select("input[checked]") if box["value"]}
    assert checked == {("facet", "open"), ("day", "0")}
    assert page.select_one("#language option[selected]")["value"] == "es"
    assert "More choices (3 chosen)" in page.get_text()


@pytest.mark.usefixtures("meetings")
def test_tags_are_no_words_that_somebody_could_type():
    assert not find(Wish(text="facet")).exists()
    assert not find(Wish(text="#facet:open")).exists()


def door(name, lat, city="Springfield", code="45501"):
    place = Place.objects.create(
        latitude=lat, longitude="-83.8", precision="exact", country="US", region="OH", city=city, postal_code=code
    )
    return ListingFactory(name=name, venue="in_person", kind="meeting", place=place)


def test_a_typed_place_brings_the_nearest_first_and_is_in_no_address(client):
    door("Far", "39.99"), door("Close", "39.91"), door("Beyond", "41.5", city="Elsewhere", code="43000")

    response = client.post(NEAR, {"place": "45501", "km": "25"})
    page = BeautifulSoup(client.get(LIST).content, "html.parser")

    assert response.url == LIST
    rows = [link.get_text() for link in page.select("#listing-list .stack:first-child .listing__name")]
    assert set(rows[:2]) == {"Far", "Close"}
    assert "Beyond" not in rows
    assert any("km" in pill.get_text() for pill in page.select(".listing .pill"))
    cookie = client.cookies["near"]
    assert (cookie["httponly"], cookie["max-age"], cookie["path"]) == (True, "", LIST)


def test_a_place_that_we_do_not_know_says_what_to_do_and_keeps_what_was_typed(client):
    response = client.post(NEAR, {"place": "Nowhere", "km": "10"})

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("[role=alert]")
    assert page.select_one("[name=place]")["value"] == "Nowhere"
    assert "near" not in client.cookies


@pytest.mark.parametrize("body", [{}, {"place": "x" * 500, "km": "25"}, {"place": "Springfield", "km": "7"}])
def test_a_place_that_makes_no_sense_is_asked_for_again(client, body):
    assert client.post(NEAR, body).status_code == 422


def test_an_empty_place_is_everywhere_again(client):
    door("Close", "39.91")
    client.post(NEAR, {"place": "Springfield", "km": "2"})
    ListingFactory(name="A line")

    client.post(NEAR, {"place": "", "km": "25"})

    assert names(client.get(LIST)) == {"Close", "A line"}


@pytest.mark.parametrize("kept", ["", "nonsense", "W10:abc:def"])
def test_a_cookie_that_somebody_made_up_means_nothing(client, kept):
    door("Close", "39.91")
    client.cookies["near"] = kept

    assert names(client.get(LIST)) == {"Close"}
    assert Listing.objects.count() == 1
