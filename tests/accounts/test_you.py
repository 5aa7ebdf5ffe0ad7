"""You: everything that is the person's own, one tap away; and a phone that has travelled."""

import pytest
from bs4 import BeautifulSoup
from django.urls import NoReverseMatch, reverse

from accounts.clock import is_zone
from accounts.models import User
from config.forms_you import country_choices, place, zone_choices

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ROWS = [
    "recovery:journey-list", "recovery:path", "reminders:settings", "profile", "support:sharing", "support:access-log",
    "my-data", "accounts:device-list", "account_change_password", "account_email", "accounts:counselor",
]  # fmt: skip


def page(client, name: str = "you") -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse(name)).content, "html.parser")


def reversed_or_none(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def test_you_leads_to_everything_of_ones_own(as_alice):
    links = {link["href"] for link in page(as_alice).select("main a")}

    assert {address for name in ROWS if (address := reversed_or_none(name))} <= links


def test_a_counselor_finds_the_desk_on_you_and_nobody_else_does(as_alice, as_bob):
    desk = f'main a[href="{reverse("support:desk")}"]'

    assert page(as_bob).select_one(desk)
    assert not page(as_alice).select_one(desk)


def test_no_row_of_you_leads_nowhere(as_alice):
    for link in page(as_alice).select("main a"):
        assert as_alice.get(link["href"]).status_code in {200, 302}, link


def test_only_administrators_are_led_to_the_requests(as_alice, as_erin, make_user, signed_in):
    ada = signed_in(make_user("ada", is_staff=True, is_superuser=True))

    for client, roles, office in ((as_alice, False, False), (as_erin, False, True), (ada, True, True)):
        links = {link["href"] for link in page(client).select("main a")}
        assert (reverse("accounts:role-list") in links, reverse("admin:index") in links) == (roles, office)


def test_signing_out_is_a_button_and_not_a_link(as_alice):
    form = page(as_alice).select_one(f'form[action="{reverse("account_logout")}"]')

    assert form["method"] == "post"
    as_alice.post(reverse("account_logout"))
    assert as_alice.get(reverse("you")).status_code == 302


def test_a_person_says_who_they_are(as_alice, alice):
    said = {"name": "Al", "zone": "Europe/Dublin", "country": "IE", "theme": "dark"}

    answer = as_alice.post(reverse("profile"), said)

    alice = User.objects.get(pk=alice.pk)
    assert answer["Location"] == reverse("you")
    assert (alice.time_zone, alice.country, alice.theme) == ("Europe/Dublin", "IE", "dark")
    assert "Al" in page(as_alice).get_text()
    assert page(as_alice).html["data-theme"] == "dark"


@pytest.mark.parametrize(
    "wrong", [{"zone": "Mars/Olympus"}, {"country": "XX"}, {"theme": "pink"}, {"name": "x" * 61}, {"name": "\x00"}]
)
def test_what_cannot_be_kept_comes_back_in_words(wrong, as_alice, alice):
    said = {"name": "Al", "zone": "Europe/Dublin", "country": "IE", "theme": "dark"} | wrong

    answer = as_alice.post(reverse("profile"), said)

    assert answer.status_code == 422
    assert User.objects.get(pk=alice.pk).time_zone == "America/Chicago"


def test_a_phone_elsewhere_is_asked_about_and_one_tap_moves_the_day(as_alice, alice):
    as_alice.cookies["tz"] = "America%2FDenver"
    assert "Your phone says Denver. Use it?" in page(as_alice).get_text()

    as_alice.post(reverse("zone-take"), {"zone": "America/Denver", "next": reverse("you")})

    assert User.objects.get(pk=alice.pk).time_zone == "America/Denver"
    assert "Your phone says" not in page(as_alice).get_text()


@pytest.mark.parametrize("there", ["today", "not-an-address", "\x00", "//evil.example", "https://evil.example/"])
def test_an_answer_about_the_zone_comes_back_to_a_page_of_ours(as_alice, there):
    for deed in ("zone-take", "zone-later"):
        answer = as_alice.post(reverse(deed), {"zone": "America/Denver", "next": there})

        assert answer.headers["Location"] == reverse("you")


def test_not_now_is_heard_until_the_phone_moves_on(as_alice, alice):
    as_alice.cookies["tz"] = "America%2FDenver"

    as_alice.post(reverse("zone-later"), {"zone": "America/Denver"})

    assert "Your phone says" not in page(as_alice).get_text()
    assert User.objects.get(pk=alice.pk).time_zone == "America/Chicago"
    as_alice.cookies["tz"] = "Europe%2FDublin"
    assert "Your phone says Dublin" in page(as_alice).get_text()


@pytest.mark.parametrize("cookie", ["", "America%2FChicago", "Mars%2FOlympus", "<script>", "%00"])
def test_nothing_is_asked_without_a_reason(cookie, as_alice):
    as_alice.cookies["tz"] = cookie

    assert "Your phone says" not in page(as_alice).get_text()


def test_a_zone_that_nobody_knows_changes_nothing(as_alice, alice):
    as_alice.post(reverse("zone-take"), {"zone": "Mars/Olympus"})

    assert User.objects.get(pk=alice.pk).time_zone == "America/Chicago"


def test_the_answer_leads_back_and_never_outside(as_alice):
    for name in ("zone-take", "zone-later"):
        answer = as_alice.post(reverse(name), {"zone": "America/Denver", "next": "https://elsewhere.example/"})
        assert answer["Location"] == reverse("you")


def test_every_zone_in_the_list_is_one_and_countries_are_named():
    zones = [zone for _region, group in zone_choices()[2:] for zone, _name in group]

    assert len(zones) > 400
    assert all(is_zone(zone) for zone in zones)
    assert place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert ("US", "United States") in country_choices()
    assert all(len(code) in {0, 2} for code, _name in country_choices())
