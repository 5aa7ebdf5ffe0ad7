"""A story in a real browser: told, read, found helpful and taken back; with scripts and as plain forms."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from resources import telling
from resources.models import Story

BODY = (
    "It rained, and the door was open, so I went in and sat down. Nobody asked me to talk. I came back for the coffee. "
)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain-forms"])
def test_a_story_is_told_read_found_helpful_and_taken_back(open_site, alice, charlie, erin, scripts):
    author, reader = open_site(java_script_enabled=scripts), open_site(java_script_enabled=scripts)
    author.sign_in(alice)
    reader.sign_in(charlie)
    page = author.page
    author.open("/stories/")
    page.get_by_role("link", name="Tell my story").click()
    page.get_by_label("A name for this story").fill("Heron")
    page.get_by_label("A title").fill("The door was open")
    page.get_by_label("Your story").fill(BODY + "It was 12 beers a night. " + BODY)
    page.locator("label", has_text="I have read this and agree").click()
    page.get_by_role("button", name="Offer my story").click()
    expect(page.get_by_role("alert").first).to_contain_text("Leave out amounts, such as “12 beers”.")

    page.get_by_label("Your story").fill(BODY * 2)
    page.get_by_role("button", name="Offer my story").click()
    expect(page.get_by_text("Waiting to be read")).to_be_visible()
    story = Story.objects.get()
    telling.publish_story(story=story, by=erin, notes=["return"], read_at=story.changed_at, now=timezone.now())

    reader.open("/stories/")
    reader.page.get_by_role("link", name="The door was open").click()
    expect(reader.page.get_by_text("It mentions a return to use.")).to_be_visible()
    reader.page.get_by_role("button", name="This helped me").click()
    expect(reader.page.get_by_text("1 person found this helpful")).to_be_visible()

    author.open("/stories/mine/")
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back and delete its words").click()
    expect(page.get_by_text("Nothing of it is left.")).to_be_visible()
    assert reader.open(story.get_absolute_url()).status == 404


@pytest.mark.parametrize("address", ["/stories/", "/stories/offer/", "/stories/mine/"])
def test_the_pages_of_stories_are_read_by_axe_and_fit_a_narrow_phone(open_site, alice, address):
    for scheme in ("light", "dark"):
        tab = open_site(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        tab.sign_in(alice)
        tab.open(address)

        assert tab.accessibility_problems() == []
        assert tab.overflow() == 0
