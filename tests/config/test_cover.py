"""Quick exit: once somebody has hidden a page, whoever looks next finds a closed one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.services import add_contact

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HIDDEN_WITHIN_MS = 100
# Stands in for the neutral page, which is on another host.
AWAY = "/robots.txt"


def test_a_covered_session_shows_the_cover_on_every_page(client):
    client.post(reverse("cover"))

    for path in ("/", "/terms/", "/accounts/login/", "/nothing-here/"):
        answer = client.get(path)
        assert "Carry on" in answer.content.decode(), path
        assert "Waylight" not in answer.content.decode(), path
        assert "no-store" in answer["Cache-Control"], path


def test_the_cover_comes_off_and_leads_back_to_the_same_page(client):
    client.post(reverse("cover"))
    page = client.get("/terms/?from=mail").content.decode()
    back_to = re.search(r'name="next" value="([^"]*)"', page)
    assert back_to

    answer = client.post(reverse("uncover"), {"next": back_to.group(1)})

    assert answer["Location"] == "/terms/?from=mail"
    assert "Carry on" not in client.get("/terms/").content.decode()


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1", "", "/\\elsewhere.example"]
)
def test_the_way_back_never_leads_to_another_site(client, to):
    assert client.post(reverse("uncover"), {"next": to})["Location"] == "/"


def test_without_a_script_the_link_itself_covers_and_leaves(client):
    answer = client.get(reverse("cover"))

    assert answer.status_code == 302
    assert answer["Location"].startswith("https://")
    assert "Carry on" in client.get("/").content.decode()


def test_the_cover_stands_before_the_sign_in_and_before_the_api(as_alice):
    as_alice.post(reverse("cover"))

    assert "Carry on" in as_alice.get("/you/data/").content.decode()
    assert as_alice.get("/api/v1/").status_code == 403


def test_a_part_of_a_page_asks_for_the_whole_page_instead(as_alice):
    as_alice.post(reverse("cover"))

    answer = as_alice.get("/you/data/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_what_was_typed_in_another_tab_still_arrives(as_alice):
    as_alice.post(reverse("cover"))

    answer = as_alice.post("/you/data/copies/", {"password": "wrong"})

    assert "Carry on" not in answer.content.decode()


def test_help_opens_while_covered_as_for_a_visitor(as_alice, alice):
    add_contact(
        person=alice, name="Marisol", number="+1 512 555 0123", relation="Sponsor", sure=True, now=timezone.now()
    )
    assert "Marisol" in as_alice.get(reverse("help-now")).content.decode()
    as_alice.post(reverse("cover"))

    answer = as_alice.get(reverse("help-now"))

    page = answer.content.decode()
    assert 'href="tel:988"' in page
    assert "Carry on" not in re.sub(r'data-carry-on="[^"]*"', "", page)
    assert "Marisol" not in page
    assert "555" not in page
    # Kept by the browser, it would stand in for her own page after the cover is off.
    assert answer["Cache-Control"] == "no-store"
    as_alice.post(reverse("uncover"), {"next": "/help/"})
    assert "Marisol" in as_alice.get(reverse("help-now")).content.decode()


def test_the_timer_on_help_starts_while_covered_and_everything_else_stays_closed(as_alice):
    as_alice.post(reverse("cover"))

    started = as_alice.get(reverse("help-start"), follow=True)

    assert "20:00" in started.content.decode() or "19:5" in started.content.decode()
    for path in ("/today/", "/plan/contacts/", "/find/", "/help-me/"):
        page = as_alice.get(path).content.decode()
        assert "This page is closed" in page, path
        assert "Help" not in page, path


def test_hiding_signs_nobody_out(as_alice):
    as_alice.post(reverse("cover"))
    as_alice.post(reverse("uncover"), {"next": "/you/data/"})

    assert as_alice.get("/you/data/").status_code == 200


def stay_on_this_site(site) -> None:
    """Let Hide lead to a page of ours: the tests load nothing from elsewhere."""
    site.page.evaluate(f"for (const link of document.querySelectorAll('[data-hide]')) link.dataset.hide = '{AWAY}'")


def hide_by_tap(site) -> None:
    site.page.locator("[data-hide]:visible").first.tap()


def hide_by_keys(site) -> None:
    for _ in range(3):
        site.page.keyboard.press("Shift")


@pytest.mark.parametrize("hide", [hide_by_tap, hide_by_keys])
def test_back_shows_nothing_after_hiding(open_site, alice, hide):
    site = open_site(has_touch=True)
    site.sign_in(alice)
    for path in ("/privacy/", "/you/data/", "/terms/"):
        site.open(path)
    stay_on_this_site(site)

    hide(site)
    site.page.wait_for_url(f"**{AWAY}")
    for _ in range(2):
        site.page.go_back()
        assert site.page.get_by_role("button", name="Carry on").is_visible()
        assert not site.page.get_by_text("Take a copy").count()

    site.page.get_by_role("button", name="Carry on").click()
    assert site.page.get_by_role("heading", level=1).is_visible()


def test_the_page_is_blank_within_a_tenth_of_a_second(site, alice):
    site.sign_in(alice)
    site.open("/you/data/")
    # A way out that never ends: what is measured is what somebody sees in the meantime.
    site.page.evaluate("for (const link of document.querySelectorAll('[data-hide]')) link.dataset.hide = '#away'")

    took, blank, title = site.page.evaluate("""() => {
        const started = performance.now();
        document.querySelector("[data-hide]").click();
        const blank = getComputedStyle(document.body).display === "none";
        return [performance.now() - started, blank, document.title];
    }""")

    assert blank
    assert "data" not in title
    assert took < HIDDEN_WITHIN_MS


def test_typing_capitals_does_not_hide_the_page(site):
    site.open("/accounts/login/")

    field = site.page.get_by_label("E-mail address")
    field.press_sequentially("ABC Def GHI")

    assert site.page.locator("body").is_visible()
    assert field.input_value()
