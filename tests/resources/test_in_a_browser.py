"""Find support in a real browser: typing narrows the list, and all of it works without JavaScript."""

import json

import pytest
from playwright.sync_api import expect

from tests.resources.factories import AccessFactory, ListingFactory, ScheduleFactory


@pytest.fixture
def lines(transactional_db) -> None:
    line = ListingFactory(floor=True)
    AccessFactory(listing=line, number="988", number_type="short_code")
    AccessFactory(listing=line, method="text", number="741741", number_type="sms_keyword", keyword="HOME")
    ListingFactory(name="Evening circle", kind="meeting", sub_kind="other_path", venue="online")


def test_typing_and_choosing_narrow_the_list_and_say_so(site, lines):
    page = site.page
    site.open("/find/?country=US")
    expect(page.locator("#listing-count")).to_contain_text("2 entries")

    page.get_by_label("Search lines").fill("evening")

    expect(page.locator("#listing-count[role=status]")).to_contain_text("1 entry")
    expect(page.locator("#level-1")).to_have_text("Meetings")
    page.locator("label.chip", has_text="Lines").click()
    expect(page.locator("#listing-list")).to_contain_text("without the choices under them")
    assert site.path == "/find/"


def test_finding_calling_and_reporting_work_without_javascript(plain_site, lines):
    page = plain_site.page
    plain_site.open("/find/")

    page.get_by_label("Search lines").fill("988")
    page.get_by_label("Country").select_option("US")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="988", exact=True).first.click()
    assert page.get_by_role("link", name="Call 988").get_attribute("href") == "tel:988"
    assert page.get_by_role("link", name="Text HOME to 741741").get_attribute("href") == "sms:741741?&body=HOME"

    page.get_by_role("link", name="This is wrong").click()
    page.get_by_label("It has closed").check()
    page.get_by_role("button", name="Send it").click()

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_help_lists_meetings_that_are_on_and_stands_where_they_fail(site, lines):
    page = site.page
    ScheduleFactory(listing=ListingFactory(name="Night circle", kind="meeting", venue="online"))
    site.open("/help/")
    expect(page.get_by_role("heading", name="Meetings on now or soon")).to_be_visible()
    expect(page.get_by_role("link", name="Night circle")).to_be_visible()

    page.route("**/find/on-now/", lambda route: route.abort())
    site.open("/help/")
    page.wait_for_timeout(600)
    expect(page.get_by_role("link", name="Find a meeting on now")).to_be_visible()
    expect(page.get_by_role("heading", name="Meetings on now or soon")).to_have_count(0)


def test_linked_data_stands_on_the_page_and_the_policy_for_scripts_has_nothing_against_it(site, lines):
    # A refused script would be a problem that the site’s end reports.
    site.open("/find/us-988/")

    said = json.loads(site.page.locator("script[type='application/ld+json']").text_content())

    assert [point["telephone"] for point in said["contactPoint"]] == ["988", "741741"]
