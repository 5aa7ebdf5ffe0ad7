"""A day in a real browser: three things, a routine, an appointment and how it was; with scripts and as plain forms."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.clock import local_day


@pytest.fixture(params=[True, False], ids=["scripts", "plain-forms"])
def tab(request, open_site, alice):
    tab = open_site(java_script_enabled=request.param)
    tab.sign_in(alice)
    return tab


def test_a_day_is_planned_from_my_path_and_ticked_on_today(tab):
    page = tab.page
    tab.open("/path/")
    page.get_by_role("link", name="My day").click()
    page.get_by_label("One thing").fill("Post office")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("button", name="20 min").click()
    expect(page.get_by_role("button", name="10 min")).to_have_attribute("aria-pressed", "true")

    tab.open("/today/")
    page.get_by_role("button", name="Done: Post office").click()

    expect(page.get_by_role("button", name="Done: Post office")).to_have_attribute("aria-pressed", "true")
    assert tab.path == "/today/"


def test_a_routine_starts_from_the_example_and_three_make_a_day(tab):
    page = tab.page
    tab.open("/routine/")
    for words in ("Breakfast with some protein", "My check-in", "Wind down"):
        page.locator("label.chip", has_text=words).click()
    page.get_by_role("button", name="Take these").click()

    for words in ("Breakfast with some protein", "My check-in", "Wind down"):
        page.get_by_role("button", name=f"Done: {words}").click()
        expect(page.get_by_role("button", name=f"Done: {words}")).to_have_attribute("aria-pressed", "true")

    expect(page.get_by_role("status")).to_contain_text("1 of the last 7 days held 3 or more.")


def test_an_appointment_is_planned_and_says_afterwards_that_it_helped(tab, alice):
    page = tab.page
    tab.open("/appointments/")
    page.get_by_role("link", name="Add the first one").click()
    page.locator("label", has_text="Meeting").click()
    page.get_by_label("Which day?").fill(local_day(alice, timezone.now()).isoformat())
    page.get_by_label("What time?").fill("00:00")
    page.get_by_label("Where, or with whom?").fill("The hall on Oak")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Did you go? Did it help?")).to_be_visible()

    page.get_by_role("button", name="A lot").click()

    expect(page.get_by_text("You went. It helped: a lot.")).to_be_visible()


@pytest.mark.parametrize("address", ["/day/", "/routine/", "/routine/add/", "/appointments/", "/appointments/add/"])
def test_the_pages_of_a_day_are_read_by_axe_and_fit_a_narrow_phone(open_site, alice, address):
    for scheme in ("light", "dark"):
        tab = open_site(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        tab.sign_in(alice)
        tab.open(address)

        assert tab.accessibility_problems() == []
        assert tab.overflow() == 0
