"""Help now: it stands for everyone, whatever is broken, and says what is true."""

import re
import time
import uuid
from importlib import import_module

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import PersonKey
from plans import emergency, services
from plans.models import Ride
from tests.plans.factories import ContactFactory, ReasonFactory, StrategyFactory, StrategyUseFactory

both = pytest.mark.django_db(databases=["default", "keys"])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def links(response):
    return [link["href"] for link in soup(response).select("a[href]")]


@both
def test_help_asks_no_database_of_somebody_signed_out(client, django_assert_num_queries):
    with django_assert_num_queries(0), django_assert_num_queries(0, using="keys"):
        response = client.get("/help/")

    assert response.status_code == 200


def test_help_stands_without_any_database(client):
    # No database mark: a query of any kind would be an error here.
    response = client.get("/help/")

    assert response.status_code == 200
    assert {"tel:988", "sms:988", "tel:911", "tel:112"} <= set(links(response))


def test_the_signed_out_page_may_be_cached(client):
    response = client.get("/help/")

    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert b"csrf" not in response.content


@both
def test_the_page_of_a_person_is_never_cached(as_alice):
    assert as_alice.get("/help/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("US", {"tel:911", "tel:988", "sms:988"}),
        ("CA", {"tel:911", "tel:988", "sms:988"}),
        ("GB", {"tel:999", "tel:111", "tel:116123"}),
        ("IE", {"tel:112", "tel:999", "tel:116123"}),
        ("AU", {"tel:000", "tel:131114"}),
        ("NZ", {"tel:111", "tel:1737", "sms:1737"}),
        ("", {"tel:911", "tel:112", "tel:988", "sms:988"}),
        ("<script>", {"tel:911", "tel:112", "tel:988", "sms:988"}),
    ],
)
def test_the_chosen_country_says_which_numbers_stand_there(client, country, numbers):
    chosen = client.post("/help/country/", {"country": country})

    response = client.get("/help/")

    assert chosen.status_code == 302
    assert {link for link in links(response) if link.startswith(("tel:", "sms:"))} == numbers


@both
@pytest.mark.parametrize(
    ("country", "numbers", "said"),
    [
        ("DE", ["tel:112"], "no listening line for Germany here"),
        ("CH", ["tel:112"], "no listening line for Switzerland here"),
        ("IS", ["tel:112"], "no listening line for Iceland here"),
        ("IN", ["tel:112", "tel:911"], "112 and 911 are the numbers that most phones accept"),
    ],
)
@pytest.mark.parametrize("page", ["/help/", "/plan/", "/right-now/"])
def test_a_country_without_a_line_gets_the_emergency_number_and_is_told_so(
    make_user, signed_in, country, numbers, said, page
):
    response = signed_in(make_user("anna", country=country)).get(page)

    dialled = [link for link in links(response) if link.startswith(("tel:", "sms:"))]
    assert list(dict.fromkeys(dialled)) == (numbers[:1] if page == "/plan/" else numbers)
    assert said in soup(response).get_text(" ")


@pytest.mark.parametrize("code", ["", "ZZ", "de", "xx", "1A", "419"])
def test_what_is_no_country_gets_what_most_phones_take(code):
    assert emergency.numbers_for(code) is emergency.UNKNOWN


def test_every_country_has_somebody_who_listens_and_an_ambulance():
    for numbers in [*emergency.COUNTRIES.values(), emergency.UNKNOWN]:
        assert numbers.lines
        assert all(number.isdigit() for number in numbers.ambulance)
        assert all(line.shown.replace(" ", "").endswith(line.number) for line in numbers.lines)


@both
def test_the_country_of_the_account_counts_more_than_the_browsers(make_user, signed_in):
    client = signed_in(make_user("sian", country="GB"))
    client.cookies["country"] = "US"

    assert "tel:999" in links(client.get("/help/"))


def test_the_steps_for_an_overdose_are_there_and_say_they_await_review(client):
    text = soup(client.get("/help/")).select_one("#danger").get_text(" ")

    for step in ("Try to wake them", "naloxone", "2 to 3 minutes", "onto their side", "Stay until help comes"):
        assert step in text
    assert "awaiting clinical review" in text


@both
def test_a_person_sees_their_own_people_strategies_and_reason(as_alice, alice, charlie):
    ContactFactory(person=alice, name="Denise", relation="Sponsor", number="+12025550134")
    walk, breathe = StrategyFactory(person=alice, name="Walk"), StrategyFactory(person=alice, name="Breathe")
    for outcome in ("some", "a_lot", "none"):
        StrategyUseFactory(strategy=breathe, outcome=outcome)
    ReasonFactory(person=alice, text="Saturday games")
    ContactFactory(person=charlie, name="Strange", number="+12025550199")

    response = as_alice.get("/help/")
    text = soup(response).get_text(" ", strip=True)

    assert "tel:+12025550134" in links(response)
    assert text.index("Breathe") < text.index(walk.name)
    assert "Eased it 2 of 3 times" in text
    assert "Saturday games" in text
    assert "Strange" not in text


@both
def test_a_person_gets_help_in_few_queries_however_much_they_keep(as_alice, alice, django_assert_max_num_queries):
    for _ in range(30):
        ContactFactory(person=alice)
        StrategyUseFactory(strategy=StrategyFactory(person=alice))
        ReasonFactory(person=alice)

    with django_assert_max_num_queries(8):
        as_alice.get("/help/")


@both
def test_a_key_that_is_gone_leaves_the_lines(as_alice, alice):
    ContactFactory(person=alice, name="Denise")
    PersonKey.objects.all().update(master="gone")

    response = as_alice.get("/help/")

    assert response.status_code == 200
    assert "tel:988" in links(response)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_broken_tables_leave_the_lines(as_alice, alice):
    ContactFactory(person=alice, name="Denise")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plans_contact RENAME TO plans_contact_away")
    try:
        response = as_alice.get("/help/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE plans_contact_away RENAME TO plans_contact")

    assert response.status_code == 200
    assert "We can't open your own people and plan right now." in soup(response).get_text()
    assert {"tel:988", "tel:911"} <= set(links(response))


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_broken_sessions_leave_the_lines(alice):
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    table = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        response = client.get("/help/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table}_away RENAME TO {table}")

    assert response.status_code == 200
    assert {"tel:988", "sms:988", "tel:911", "tel:112"} <= set(links(response))
    assert response.headers["Cache-Control"] == "no-store"


def test_the_timer_works_by_loading_the_page_again(client):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        started = client.get("/help/start/")
        clock.shift(624)
        page = soup(client.get(started.url))

    assert started.url == "/help/?since=1790000000"
    assert page.select_one("[data-clock]").get_text() == "9:36"
    assert page.select_one("noscript a")["href"] == "?since=1790000000"
    assert "past" not in page.select_one(".help__wave").get_text()


@pytest.mark.parametrize("since", ["", "x", "-1", "٣", "99999999999", "1" * 400, "0", "%00"])
def test_a_timer_that_makes_no_sense_starts_anew(client, since):
    response = client.get(f"/help/?since={since}")

    assert response.status_code == (400 if since == "%00" else 200)
    if response.status_code == 200:
        assert soup(response).select_one("[data-clock]").get_text() == "20:00"


@both
def test_a_paused_timer_stands_still_and_goes_on_where_it_was(as_alice):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        clock.shift(3600)
        page = soup(as_alice.get("/help/?gone=300"))
        going_on = as_alice.get(page.select_one("noscript a")["href"])

    assert page.select_one("[data-clock]").get_text() == "15:00"
    assert page.select_one("[data-pause]").get_text() == "Carry on"
    assert page.select_one("[data-wave]").has_attr("data-still")
    # The start that a form would send has moved along: five minutes were ridden and no more.
    assert page.select_one("[data-since]")["value"] == str(1_790_003_600 - 300)
    assert going_on.url == f"/help/?since={1_790_003_600 - 300}"


def test_a_running_timer_is_not_kept_in_caches_where_it_would_stand_still(client):
    assert client.get(f"/help/?since={int(time.time())}").headers["Cache-Control"] == "no-store"


def ride(client, outcome: str, since: int | str, submission: uuid.UUID | None = None):
    typed = {"outcome": outcome, "submission": str(submission or uuid.uuid4()), "since": str(since)}
    return client.post(reverse("help-ride"), typed)


@both
@pytest.mark.parametrize("outcome", ["eased", "still_strong", "used"])
def test_how_it_went_is_kept_lights_the_day_and_leads_on(as_alice, alice, outcome):
    since, submission = int(time.time()) - 700, uuid.uuid4()

    for _ in range(2):
        response = ride(as_alice, outcome, since, submission)

    kept = Ride.objects.of(alice).get()
    leads_to = {
        "eased": reverse("help-ride-ended", args=[kept.pk]),
        "still_strong": f"/help/?since={since}",
        "used": reverse("recovery:right-now"),
    }
    assert response.url == leads_to[outcome]
    assert (kept.outcome, kept.minutes) == (outcome, 11)
    assert services.days_lit(alice) == 1


@both
@pytest.mark.parametrize(
    ("ago", "left"),
    [(700, "8:20"), (1199, "0:01"), (1200, "20:00"), (3000, "20:00"), (-50, "20:00"), (None, "20:00")],
)
def test_still_strong_goes_on_with_the_timer_and_adds_another_when_it_is_over(as_alice, ago, left):
    with time_machine.travel(1_790_000_000, tick=False):
        answer = ride(as_alice, "still_strong", "" if ago is None else 1_790_000_000 - ago)
        page = soup(as_alice.get(answer.url))

    assert page.select_one("[data-clock]").get_text() == left
    assert "data-wait" not in page.select_one("[data-wave]").attrs
    assert "Thank you for staying." in page.get_text()


@both
def test_what_helped_is_told_after_it_eased_and_counts_for_that_strategy(as_alice, alice, charlie):
    walk, other = StrategyFactory(person=alice, name="Walk"), StrategyFactory(person=alice, name="Breathe")
    strange = StrategyFactory(person=charlie, name="Strange")
    page = ride(as_alice, "eased", int(time.time()) - 700).url

    form = soup(as_alice.get(page))
    asked = form.get_text(" ", strip=True)
    refused = as_alice.post(page, {"strongest": "11", "strategy": str(strange.pk)})
    for chosen in (other, walk):
        told = as_alice.post(page, {"strongest": "8", "strategy": str(chosen.pk)})

    assert "You stayed with it for 11 minutes." in asked
    assert not form.select("[checked]")
    assert "Walk" in asked
    assert "Strange" not in asked
    assert refused.status_code == 422
    assert told.url == reverse("today")
    kept = Ride.objects.of(alice).get()
    assert (kept.strongest, kept.strategy) == (8, walk)
    assert services.helped(alice) == {walk.pk: (1, 1)}
    assert services.days_lit(alice) == 1


@both
def test_nothing_has_to_be_told_and_nothing_is_asked_that_the_plan_does_not_hold(as_alice, alice):
    page = ride(as_alice, "eased", "").url

    assert not soup(as_alice.get(page)).select('[name="strategy"], [checked]')
    assert as_alice.post(page, {}).url == reverse("today")
    assert Ride.objects.of(alice).get().strongest is None


@both
def test_what_was_told_can_be_taken_back(as_alice, alice):
    walk = StrategyFactory(person=alice, name="Walk")
    page = ride(as_alice, "eased", "").url
    as_alice.post(page, {"strategy": str(walk.pk)})

    as_alice.post(page, {"strategy": "none"})

    assert Ride.objects.of(alice).get().strategy is None
    assert services.helped(alice) == {}


@both
def test_a_ride_of_somebody_else_is_not_there(as_alice, as_charlie):
    page = ride(as_alice, "eased", "").url

    assert as_charlie.get(page).status_code == 404
    assert as_charlie.post(page, {"strongest": "1"}).status_code == 404


@both
@pytest.mark.parametrize(
    "typed",
    [{}, {"outcome": "reset", "submission": str(uuid.uuid4())}, {"outcome": "eased", "submission": "x"}],
)
def test_a_ride_that_cannot_be_read_is_not_kept_and_says_so(as_alice, typed):
    response = as_alice.post(reverse("help-ride"), typed, follow=True)

    assert "We couldn't save that." in soup(response).get_text()
    assert not Ride.objects.exists()


@both
def test_a_name_cannot_break_out_of_the_page(as_alice, alice):
    ContactFactory(person=alice, name="<script>alert(1)</script>")
    ReasonFactory(person=alice, text='"><img src=x onerror=alert(1)>')

    page = as_alice.get("/help/").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert re.search(r"&lt;script&gt;alert", page)
