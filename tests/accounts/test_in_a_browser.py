"""Making an account in a real browser, with scripts and without: the mail, the code, the first steps, You."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

PASSWORD = "quiet-evening-walks"


@pytest.fixture(params=["site", "plain_site"])
def tab(request, site, plain_site):
    return {"site": site, "plain_site": plain_site}[request.param]


def go_on(tab) -> None:
    tab.page.locator("main form button.btn--pine").first.click()


def test_somebody_makes_an_account_and_finds_their_way(tab):
    tab.open(reverse("account_signup"))
    tab.page.get_by_label("E-mail address").fill("robin@example.org")
    tab.page.get_by_label("Password").fill(PASSWORD)
    tab.page.get_by_label("I am 18 or older").check()
    go_on(tab)
    code = re.search(r"your code is (\S+)", mail.outbox[-1].body)[1]
    tab.page.get_by_label("Code from the mail").fill(code.lower().replace("-", " "))
    go_on(tab)
    assert tab.path == "/welcome/1/"

    tab.page.get_by_label("What would you like to be called?").fill("Robin")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("heading", name="What are you working toward?").wait_for()
    assert tab.page.get_by_label("Your own word for it").is_hidden()
    tab.page.get_by_label("Not using at all").check()
    tab.page.get_by_label("With what?").select_option("other")
    assert tab.page.get_by_label("Your own word for it").is_visible()
    tab.page.get_by_label("With what?").select_option("opioids")
    tab.page.get_by_label("Since when?").fill("2024-05-03")
    go_on(tab)
    assert tab.path == "/welcome/3/"
    tab.page.get_by_role("button", name="Skip").click()
    assert tab.path == "/welcome/4/"

    tab.open(reverse("you"))
    assert tab.page.get_by_text("Robin", exact=True).is_visible()
    assert tab.page.get_by_text("Pick up where you were").is_visible()
    tab.page.get_by_role("button", name="Sign out").click()
    # With a script, what the phone keeps is forgotten first.
    tab.page.wait_for_url(lambda address: "/you/" not in address)
    tab.open(reverse("you"))
    assert tab.path == reverse("account_login")


def test_the_questions_before_a_start_can_be_read_and_answered_by_everybody(site, alice):
    site.sign_in(alice)
    site.open("/welcome/2/")
    site.page.get_by_label("Since when?").fill((timezone.now() + timedelta(days=30)).date().isoformat())
    go_on(site)
    assert site.page.get_by_role("heading", name="Before you start").is_visible()
    assert site.accessibility_problems() == []
    assert site.overflow() <= 0

    site.page.get_by_role("group", name="Are you pregnant").get_by_label("Not sure").check()
    go_on(site)

    assert site.page.get_by_role("link", name="Call 911").is_visible()
    assert site.accessibility_problems() == []
    assert site.overflow() <= 0
    go_on(site)
    assert site.path == "/welcome/3/"
