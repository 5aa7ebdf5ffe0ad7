"""Find support: who sees what, in which order, and what a search finds."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from resources.folding import fold, search_words
from resources.models import Listing
from resources.search import Wish, find, find_something
from tests.resources.factories import AccessFactory, ListingFactory, ScheduleFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LIST = reverse("resources:listing-list")


@pytest.fixture(params=["nobody", "alice", "bob", "dana", "charlie", "erin"])
def anybody(request, signed_in):
    """Return a browser: of nobody, or of each of the cast in turn."""
    return Client() if request.param == "nobody" else signed_in(request.getfixturevalue(request.param))


def names(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [link.get_text() for link in soup.select("#listing-list > .cols > .stack:first-child .listing__name")]


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def found(words, **wish):
    return set(find(Wish(text=words, **wish)).values_list("name", flat=True))


def test_a_draft_is_nowhere_for_anybody(anybody):
    draft = ListingFactory(draft=True, name="Hidden door")

    assert "Hidden door" not in anybody.get(LIST, {"q": "hidden"}).content.decode()
    assert anybody.get(draft.get_absolute_url()).status_code == 404
    assert anybody.get(reverse("resources:report-new", args=[draft.slug])).status_code == 404
    assert anybody.get(reverse("resources:report-thanks", args=[draft.slug])).status_code == 404


def test_a_draft_is_not_in_the_api(as_alice, as_erin):
    draft = ListingFactory(draft=True)

    for client in (as_alice, as_erin):
        assert client.get("/api/v1/listings/").json()["results"] == []
        assert client.get(f"/api/v1/listings/{draft.slug}/").status_code == 404


def test_the_api_reads_and_never_writes(as_erin):
    shown = ListingFactory()

    for method in ("post", "put", "patch", "delete"):
        assert getattr(as_erin, method)(f"/api/v1/listings/{shown.slug}/", {}).status_code == 405
    assert Client().get("/api/v1/listings/").status_code == 401


def test_the_api_gives_numbers_as_they_are_dialled(as_alice):
    AccessFactory(listing=ListingFactory(floor=True), number="988", number_type="short_code")

    [line] = as_alice.get("/api/v1/listings/", {"q": "988"}).json()["results"]

    assert line["accesses"][0]["number"] == "988"
    assert line["accesses"][0]["href"] == "tel:988"


def test_the_api_pages_through_everything_once(as_alice):
    ListingFactory.create_batch(7, level=2)

    slugs, url = [], "/api/v1/listings/?page_size=3"
    while url:
        page = as_alice.get(url).json()
        slugs += [row["slug"] for row in page["results"]]
        url = page["next"]

    assert len(slugs) == len(set(slugs)) == 7


def test_what_is_most_urgent_stands_first(client):
    for level, name in [(3, "Aaa"), (2, "Mmm"), (1, "Zzz"), (2, "Bbb")]:
        ListingFactory(level=level, name=name)

    assert names(client.get(LIST, {"country": "US"})) == ["Zzz", "Bbb", "Mmm", "Aaa"]


def test_pages_hold_everything_once_and_in_order(client):
    ListingFactory.create_batch(45)

    seen, query = [], "?country=US&after="
    while query:
        response = client.get(LIST + query)
        seen += names(response)
        more = BeautifulSoup(response.content, "html.parser").select_one("a.btn.end")
        query = more["href"] if more else ""

    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("amount", [1, 20])
def test_the_list_asks_the_database_the_same_number_of_times_however_long_it_is(
    client, amount, django_assert_num_queries
):
    for _ in range(amount):
        listing = ListingFactory(level=2)
        AccessFactory(listing=listing)
        AccessFactory(listing=listing, method="text", number="741741", number_type="short_code")
        ScheduleFactory(listing=listing)

    with django_assert_num_queries(8):
        client.get(LIST, {"country": "US"})


def test_the_country_comes_from_the_account_or_from_what_was_chosen_before(client, alice, signed_in):
    ListingFactory(name="British line", country="GB", slug="gb-line")
    ListingFactory(name="American line")
    ListingFactory(name="Everywhere", worldwide=True)
    alice.country = "GB"
    alice.save(update_fields=["country"])

    assert set(names(signed_in(alice).get(LIST))) == {"British line", "Everywhere"}
    assert set(names(client.get(LIST, {"country": "US"}))) == {"American line", "Everywhere"}
    assert set(names(client.get(LIST))) == {"American line", "Everywhere"}
    assert set(names(client.get(LIST, {"country": ""}))) == {"American line", "British line", "Everywhere"}


@pytest.mark.parametrize("query", [{}, {"q": "open"}, {"kind": "meeting"}, {"q": "nothing of the kind"}])
def test_the_page_and_its_fragment_say_the_same(client, query):
    ListingFactory.create_batch(3)
    ListingFactory(kind="meeting", name="Open circle")

    page = client.get(LIST, query)
    fragment = client.get(LIST, query, headers={"HX-Request": "true"})

    whole = BeautifulSoup(page.content, "html.parser")
    part = BeautifulSoup(fragment.content, "html.parser")
    assert part.find("html") is None
    assert part.find(id="listing-count").extract().get_text() == whole.find(id="listing-count").get_text()
    assert part.get_text().split() == whole.find(id="listing-list").get_text().split()


def test_words_are_found_without_accents_in_any_case_and_order():
    ListingFactory(name="Línea de Ayuda", notes="Someone listens.")

    for words in ("linea", "LÍNEA ayuda", "ayu lin", "listens LINEA", "línea"):
        assert found(words) == {"Línea de Ayuda"}, words
    assert found("linea nowhere") == set()


def test_a_word_counts_from_its_start_only():
    ListingFactory(name="Meetings")

    assert found("meet") == {"Meetings"}
    assert found("eeting") == set()


@pytest.mark.parametrize("typed", ["100%", "_", "%", "\\", "%_%"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(typed):
    ListingFactory(name="Plain")

    assert found(f"{typed}zz") == set()


@pytest.mark.parametrize("typed", ["1-800-273-8255", "18002738255", "8002738255", "800 273 8255", "(800) 273-8255"])
def test_an_older_number_leads_to_the_one_that_follows_it(typed):
    ListingFactory(floor=True, aliases="An older name\n1-800-273-8255")

    assert found(typed) == {"988"}


def test_a_number_is_found_as_it_is_dialled_and_with_its_digits_alone():
    listing = ListingFactory(name="A line")
    AccessFactory(listing=listing, number="0300 123 6600")
    listing.reindex()

    for typed in ("0300 123 6600", "03001236600", "0300"):
        assert found(typed) == {"A line"}


texts = st.lists(st.text(alphabet="aábcdeéñoöst ILMÑßİ’'-1289", min_size=1, max_size=30), min_size=1, max_size=6)


@given(names=texts, typed=st.text(alphabet="aábcdeéñoöst ILMÑßİ’'-1289%_", max_size=12))
def test_a_search_finds_what_matching_every_word_by_hand_finds(names, typed):
    Listing.objects.all()._raw_delete("default")
    kept = [ListingFactory(name=f"{name} x", notes="-", audience=[], languages=[], program=None) for name in names]

    def has(listing, word):
        return any(own.startswith(word) for own in listing.words.split())

    by_hand = {row.pk for row in kept if all(has(row, word) for word in search_words(typed))}

    assert set(find(Wish(text=typed)).values_list("pk", flat=True)) == by_hand


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(words):
    assert fold(fold(words)) == fold(words)


def test_where_nothing_fits_the_search_lets_go_of_one_thing_after_another():
    ListingFactory(name="British meeting", kind="meeting", country="GB", slug="gb-meeting")
    ListingFactory(name="Evening line")

    def dropped(**wish):
        wider, rows = find_something(Wish(**wish))
        return wider.dropped, {row.name for row in rows}

    assert dropped(text="evening", kinds=frozenset({"meeting"})) == (("kinds",), {"Evening line"})
    assert dropped(text="british", country="US") == (("country",), {"British meeting"})
    assert dropped(text="evening zebra") == (("words",), {"Evening line"})
    assert dropped(text="zebra") == ((), set())


def test_an_empty_result_shows_somebody_to_call(client):
    AccessFactory(listing=ListingFactory(floor=True), number="988", number_type="short_code")

    response = client.get(LIST, {"q": "zebra", "country": "US"})

    assert "Nothing here has those words" in text(response)
    assert 'href="tel:988"' in response.content.decode()


@pytest.mark.parametrize("typed", ["a" * 5000, "word " * 900, "😀", "‮", "\u202e\u2066abc", "'; drop table", "<b>"])
def test_anything_typed_is_answered(client, typed):
    assert client.get(LIST, {"q": typed, "after": typed[:900], "country": typed[:9]}).status_code == 200


@pytest.mark.parametrize("path", ["?q=%00", "?after=%00", "?country=%00", "%00/", "x%00y/", "..%2f/", "%F0%9F%98%80/"])
def test_what_no_page_means_is_refused(client, path):
    assert client.get(f"{LIST}{path}").status_code in {400, 404}


def test_what_was_typed_or_kept_is_shown_and_never_run(client):
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    listing = ListingFactory(name=bad, notes=bad, caution=bad, curator_note="for us only")
    AccessFactory(listing=listing, note=bad[:120])

    for url in (f"{LIST}?q={quote(bad)}", f"{LIST}?country=US", listing.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "for us only" not in page


def test_a_page_says_when_and_how_a_number_was_checked(client):
    day = timezone.now().date()
    listing = ListingFactory(checked_on=day, checked_how="phone", due_on=day + timedelta(days=30))
    AccessFactory(listing=listing)

    said = text(client.get(listing.get_absolute_url()))

    assert f"Number checked {day.day} {day:%b}" in said
    assert "Called or texted it" in said


def test_what_nobody_has_checked_says_so(client):
    assert "Not yet checked by this site" in text(client.get(ListingFactory().get_absolute_url()))


def test_an_old_check_says_so_even_before_the_worker_came_by(client):
    day = timezone.now().date()
    listing = ListingFactory(checked_on=day - timedelta(days=40), due_on=day - timedelta(days=10))

    page = client.get(listing.get_absolute_url())

    assert "Not checked lately" in text(page)
    assert "Number checked" not in text(page)


def test_no_title_or_address_tells_what_an_entry_is_about(client):
    listing = ListingFactory(slug="", name="Opioid recovery circle")

    page = BeautifulSoup(client.get(listing.get_absolute_url()).content, "html.parser")

    assert "pioid" not in page.title.get_text() + listing.get_absolute_url()


def test_links_out_tell_nobody_where_they_come_from(client):
    listing = ListingFactory(url="https://example.org/")
    AccessFactory(listing=listing, method="chat", number="", number_type="", url="https://example.org/chat/")

    page = BeautifulSoup(client.get(listing.get_absolute_url()).content, "html.parser")

    out = list(page.select("main a[href^=http]"))
    assert len(out) == 2
    assert all({"noopener", "noreferrer"} <= set(link["rel"]) for link in out)


def test_help_is_given_a_few_meetings_that_are_on(anybody, django_assert_max_num_queries):
    for number in range(5):
        ScheduleFactory(listing=ListingFactory(name=f"Circle {number}", kind="meeting", venue="online"))
    ScheduleFactory(listing=ListingFactory(name="Night line"))
    ScheduleFactory(listing=ListingFactory(name="Hidden circle", kind="meeting", draft=True))

    with django_assert_max_num_queries(9):  # three of them where a session is kept alive
        page = anybody.get(reverse("resources:on-now"))

    named = [link.get_text() for link in BeautifulSoup(page.content, "html.parser").select("li a")]
    assert len(named) == 3
    assert all(name.startswith("Circle") for name in named)
    assert page.headers["Cache-Control"] == "private, max-age=60"


def test_help_is_given_nothing_where_no_meeting_is_on(anybody):
    ListingFactory(kind="meeting")

    assert anybody.get(reverse("resources:on-now")).content.strip() == b""
