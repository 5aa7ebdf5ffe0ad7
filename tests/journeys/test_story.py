"""The whole story on a phone, with scripts and as plain forms: a plan, a check-in, a counselor let in and out."""

import re
import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.clock import local_day
from accounts.models import User
from accounts.unlocking import acting_for
from recovery import services
from tests.browsing import DESK, Site

PASSWORD = "quiet-evening-walks"
TRIGGER, ANSWER = "Fourth Street after dark", "Ring Ottilie from the harbor"
REASON = "Breakfast with Ida, wide awake"
# Nobody but the one who wrote it may ever read this.
NOTE = "The marmalade jar is where it was"
EARLIER_DAYS, EVENING = 20, time(19, 30)
AWAY = "/robots.txt"


@pytest.fixture(params=[True, False], ids=["scripts", "plain-forms"])
def scripts(request) -> bool:
    return request.param


def sees(tab: Site, *words: str) -> None:
    """Assert that somebody who looks at the page can read each of these."""
    for text in words:
        expect(tab.page.get_by_text(text).locator("visible=true").first).to_be_visible()


def sees_nowhere(tab: Site, *words: str) -> None:
    """Assert that none of these is on the page, shown or hidden."""
    page = tab.page.content()
    for text in words:
        assert text not in page, f"“{text}” on {tab.path}"


def press(tab: Site, name: str) -> None:
    tab.page.get_by_role("button", name=name).first.click()


def follow(tab: Site, name: str) -> None:
    tab.page.get_by_role("link", name=name).locator("visible=true").first.click()


def go_to(tab: Site, name: str, heading: str) -> None:
    """Take the bar at the bottom of a phone."""
    tab.page.get_by_role("navigation", name="Main, bottom").get_by_role("link", name=name).click()
    expect(tab.page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def sign_up(tab: Site) -> None:
    tab.open("/")
    sees(tab, "The path behind you stays lit")
    follow(tab, "Make an account")
    tab.page.get_by_label("E-mail address").fill("robin@example.org")
    tab.page.get_by_label("Password").fill(PASSWORD)
    tab.page.get_by_label("I am 18 or older").check()
    press(tab, "Make my account")
    sees(tab, "Check your mail", "robin@example.org")
    code = re.search(r"your code is (\S+)", mail.outbox[-1].body)
    assert code
    tab.page.get_by_label("Code from the mail").fill(code[1])
    press(tab, "Go on")
    sees(tab, "Good that you are here")


def take_the_first_steps(tab: Site) -> None:
    """Say a name, an aim that needs a clinician first, one person to call, and a time to be reminded."""
    page = tab.page
    page.get_by_label("What would you like to be called?").fill("Robin")
    press(tab, "Go on")
    sees(tab, "What are you working toward?")
    page.get_by_label("Not using at all").check()
    page.get_by_label("With what?").select_option("alcohol")
    page.get_by_label("Since when?").fill((timezone.now() + timedelta(days=3)).date().isoformat())
    press(tab, "Go on")
    sees(tab, "Some things are dangerous to stop suddenly.")
    page.get_by_role("group", name="Do you need some in the morning").get_by_label("Yes").check(force=True)
    press(tab, "Go on")
    sees(tab, "Don't stop suddenly. See a clinician first", "a seizure, or fainting")
    assert page.get_by_role("link", name="Call 911").get_attribute("href") == "tel:911"
    press(tab, "I have read this")
    sees(tab, "Who could you call?")
    page.get_by_label("Their name").fill("Ottilie")
    page.get_by_label("Who they are to you").fill("Sponsor, any hour")
    page.get_by_label("Their number").fill("202 555 0134")
    press(tab, "Go on")
    sees(tab, "A quiet word once a day?")
    page.get_by_label("When shall we ask?").fill("20:15")
    page.get_by_label("Your time zone").select_option("America/Chicago")
    press(tab, "Remind me, and show me Today")
    sees(tab, "Your first light goes right there.", "Where are you on the path?")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Robin")


def rate(tab: Site, impact: int) -> None:
    if tab.page.get_by_role("slider").count() == 0:
        tab.page.get_by_role("spinbutton").fill(str(impact))
        return
    while tab.page.get_by_role("slider").input_value() != str(impact):
        press(tab, "One higher")
    sees(tab, str(impact))


def make_a_plan(tab: Site) -> None:
    go_to(tab, "My plan", "My plan")
    sees(tab, "1 of 9 parts have something in them.", "Ottilie")
    follow(tab, "Add What sets it off")
    tab.page.get_by_label("What sets it off?").fill(TRIGGER)
    tab.page.get_by_label("Kind").select_option("place")
    rate(tab, 8)
    tab.page.get_by_label("In my own words").fill(ANSWER)
    press(tab, "Save")
    sees(tab, TRIGGER, ANSWER)
    go_to(tab, "My plan", "My plan")
    follow(tab, "Add Why I'm doing this")
    follow(tab, "Write just one, with its details")
    tab.page.get_by_label("Why are you doing this?").fill(REASON)
    press(tab, "Save")
    sees(tab, REASON)
    go_to(tab, "My plan", "My plan")
    sees(tab, "3 of 9 parts have something in them.", REASON, TRIGGER, ANSWER)
    expect(tab.page.get_by_role("region", name="What sets it off")).to_contain_text("8")
    follow(tab, "Print")
    sees(tab, TRIGGER, ANSWER, "Ottilie")
    tab.page.go_back()


def say_which_day(tab: Site) -> None:
    """Answer what is asked between midnight and 4 in the morning only."""
    if tab.page.get_by_role("group", name="Which day is this for?").count():
        tab.page.get_by_role("radio", name="Today,").check(force=True)


def start_the_checkin(tab: Site, mood: str) -> None:
    go_to(tab, "Today", "Robin")
    press(tab, mood)
    expect(tab.page.get_by_role("radio", name=mood)).to_be_checked()
    assert tab.page.get_by_role("radio", checked=True).count() == 1  # nothing is answered for anybody
    say_which_day(tab)


def check_in_on_a_hard_day(tab: Site) -> None:
    page = tab.page
    start_the_checkin(tab, "Low")
    page.get_by_role("radio", name="Craving 8 of 10").check(force=True)
    page.get_by_role("radio", name="6 hours").check(force=True)
    page.get_by_role("checkbox", name=TRIGGER).check(force=True)
    page.get_by_role("group", name="Any drinking or using").get_by_role("radio", name="No").check(force=True)
    page.get_by_label("A line for yourself").fill(NOTE)
    press(tab, "Save check-in")
    sees(tab, "1 day lit", "light is on. Thank you.", "That's a strong one. Ride it out together?")
    sees(tab, f"{TRIGGER} was around", "It's on your plan at 8 of 10.", ANSWER)
    expect(page.get_by_role("link", name="Ride the wave")).to_be_visible()


def find_it_again(tab: Site) -> None:
    follow(tab, "Back to Today")
    sees(tab, "1 day lit. It still counts.", "Today's light is on", "Low, craving 8, 6 h sleep", REASON)
    go_to(tab, "Insights", "Insights")
    sees(tab, "Your lines start here")
    follow(tab, "All check-ins")
    sees(tab, "Low · craving 8 of 10 · 6 h sleep", NOTE)
    tab.page.get_by_role("link", name="Open ").click()
    sees(tab, NOTE, "Notes are never shared, with anyone.", TRIGGER)
    follow(tab, "Change it")
    expect(tab.page.get_by_role("radio", name="Craving 8 of 10")).to_be_checked()
    follow(tab, "Close without saving")
    sees(tab, NOTE)


def let_earlier_days_be_there(person: User) -> None:
    """Tell the days before this one, as if each had been answered on its evening."""
    today = local_day(person, timezone.now())
    for back in range(1, EARLIER_DAYS + 1):
        day = today - timedelta(days=back)
        at = datetime.combine(day, EVENING, tzinfo=ZoneInfo(person.time_zone))
        answers = {"mood": 3, "craving": 2 + back % 4, "sleep_half_hours": 14, "note": f"{NOTE}, day {back}"}
        with acting_for(person.pk):
            services.save_checkin(
                person=person, day=day, answers=answers, submission=uuid.uuid4(), answered_at=at, now=at
            )


def read_the_insights(tab: Site) -> None:
    go_to(tab, "Insights", "Insights")
    sees(tab, f"From {EARLIER_DAYS + 1} check-ins in 30 days.", "Your lights")
    for measure in ("Craving", "Mood", "Sleep"):
        chart = tab.page.get_by_role("img", name=measure).first
        expect(chart).to_be_visible()
        expect(chart.locator("path.ln")).to_have_attribute("d", re.compile(r"M[\d.]+"))
    follow(tab, "7 days")
    sees(tab, "From 7 check-ins in 7 days.")
    tab.page.get_by_text("See these as a table").click()
    expect(tab.page.get_by_role("region", name="The numbers").get_by_role("row").nth(1)).to_contain_text("8")
    go_to(tab, "Today", "Robin")
    sees(tab, f"{EARLIER_DAYS + 1} days lit. Every one still counts.")


def get_help(tab: Site) -> None:
    go_to(tab, "Help now", "Let's ride this out")
    assert tab.page.get_by_role("link", name="Call Ottilie").get_attribute("href") == "tel:+12025550134"
    assert (tab.page.get_by_role("link", name="Text Ottilie").get_attribute("href") or "").startswith("sms:")
    expect(tab.page.get_by_role("link", name="988").first).to_be_visible()
    sees(tab, "You wrote this for tonight", REASON)
    press(tab, "It eased")
    sees(tab, "It eased, and your light is on", "How strong was it at its strongest?")
    tab.page.get_by_role("radio", name="8 of 10").check(force=True)
    press(tab, "Save and rest")
    sees(tab, "Kept. Help now and your plan go by it from here on.")


def look_at_the_reminder(tab: Site) -> None:
    follow(tab, "You and settings")
    follow(tab, "Reminders")
    sees(tab, "On, at 8:15 pm", "The next 3")
    expect(tab.page.get_by_role("list", name="The next 3").get_by_role("listitem")).to_have_count(3)
    tab.page.get_by_label("Time").fill("21:00")
    press(tab, "Save this time")
    sees(tab, "On, at 9:00 pm")


def make_a_code(desk: Site) -> str:
    desk.open("/desk/")
    sees(desk, "Nobody has let you in yet")
    desk.page.get_by_label("How they know you").fill("Bob Lee, Alder Clinic")
    press(desk, "Make a code")
    sees(desk, "They will see “Bob Lee, Alder Clinic”.")
    return str(desk.page.locator(".sup-code").inner_text())


def let_in(tab: Site, code: str) -> None:
    """Type the code, allow the trends and nothing else, read it, and sign with the password."""
    tab.open("/you/")
    follow(tab, "Who sees what")
    sees(tab, "Right now nobody but you can see anything of yours.")
    follow(tab, "Let somebody in")
    tab.page.get_by_label("Their code").fill(code)
    press(tab, "See who it is")
    sees(tab, "What may Bob Lee, Alder Clinic see?", "Notes can't be shared with anyone.")
    assert tab.page.get_by_role("checkbox", checked=True).count() == 0
    tab.page.get_by_label("Check-in trends").check()
    press(tab, "Read it before I sign")
    sees(tab, "Who: Bob Lee, Alder Clinic, as my counselor.", "Check-in trends", "Never: what I write in notes")
    sees_nowhere(tab, "Single days")
    tab.page.get_by_label("Your password").fill("not this one")
    press(tab, "Sign and let")
    expect(tab.page.locator(".err").first).to_be_visible()
    tab.page.get_by_label("Your password").fill(PASSWORD)
    press(tab, "Sign and let")
    sees(tab, "Bob Lee, Alder Clinic is let in. You can stop at any time.")
    sees(tab, "Right now 1 person can see something of yours.")


def look_as_counselor(desk: Site) -> None:
    """See the lines that were allowed, and nothing that was written."""
    secrets = (NOTE, "marmalade", TRIGGER, ANSWER, REASON, "Ottilie", "555", "robin@example.org", "alcohol")
    desk.open("/desk/")
    sees(desk, "1 person shares with you.")
    sees_nowhere(desk, *secrets)
    follow(desk, "Robin")
    sees(desk, "Shared with you until", "Check-in trends", "Notes never are.")
    for measure in ("Craving", "Mood", "Sleep"):
        expect(desk.page.get_by_role("img", name=f"{measure}:")).to_be_visible()
    sees_nowhere(desk, *secrets, "Last 14 days", "What sets it off", "Noted use, 30 days")


def find_the_look(tab: Site) -> None:
    tab.open("/you/")
    follow(tab, "Who has looked")
    looks = tab.page.get_by_role("region", name="Looks, newest first").get_by_role("listitem")
    expect(looks.first).to_contain_text("Bob Lee, Alder Clinic opened your page")
    expect(looks.first).to_contain_text(re.compile("trends", re.IGNORECASE))


def finds_nothing(stranger: Site, person: User, day: str) -> None:
    for path in (f"/desk/{person.pk}/", f"/beside/{person.pk}/", f"/check-ins/{day}/", "/desk/"):
        assert stranger.open(path).status == 404, path
        sees_nowhere(stranger, "Robin", NOTE)
    for path in ("/today/", "/check-ins/", "/insights/", "/plan/", "/help/", "/sharing/log/"):
        assert stranger.open(path).status == 200, path
        sees_nowhere(stranger, "Robin", NOTE, TRIGGER, REASON, "Ottilie", "Bob Lee")


def stop_sharing(tab: Site, desk: Site) -> None:
    tab.open("/sharing/")
    press(tab, "Stop sharing")
    sees(tab, "Stopped. Bob Lee, Alder Clinic sees nothing from now on.", "Nobody is let in", "Stopped or run out")
    answer = desk.page.reload()
    assert answer.status == 404
    sees_nowhere(desk, "Robin", "Craving")
    desk.open("/desk/")
    sees(desk, "Nobody has let you in yet")
    sees_nowhere(desk, "Robin")


def sign_out(tab: Site) -> None:
    tab.open("/you/")
    press(tab, "Sign out")
    sees(tab, "The path behind you stays lit")
    tab.open("/check-ins/")
    assert tab.path == reverse("account_login")
    sees_nowhere(tab, "Robin", NOTE)


def test_the_whole_story(open_site, scripts, bob, charlie):
    tab = open_site(java_script_enabled=scripts)
    desk = open_site(java_script_enabled=scripts, viewport=DESK)
    stranger = open_site(java_script_enabled=scripts)

    sign_up(tab)
    take_the_first_steps(tab)
    make_a_plan(tab)
    check_in_on_a_hard_day(tab)
    find_it_again(tab)

    robin = User.objects.get(email="robin@example.org")
    let_earlier_days_be_there(robin)
    read_the_insights(tab)
    get_help(tab)
    look_at_the_reminder(tab)

    desk.sign_in(bob)
    let_in(tab, make_a_code(desk))
    look_as_counselor(desk)
    find_the_look(tab)
    stranger.sign_in(charlie)
    finds_nothing(stranger, robin, local_day(robin, timezone.now()).isoformat())
    stop_sharing(tab, desk)
    sign_out(tab)


def test_use_is_answered_with_safety_first_and_takes_no_light_away(open_site, scripts, alice):
    tab = open_site(java_script_enabled=scripts)
    tab.sign_in(alice)
    tab.open("/check-in/?mood=1")
    say_which_day(tab)

    tab.page.get_by_role("group", name="Any drinking or using").get_by_role("radio", name="Yes").check(force=True)
    press(tab, "Save check-in")

    sees(tab, "Thank you for telling us", "Your 1 light is still on.", "Is anyone hard to wake, or breathing slowly?")
    assert tab.page.get_by_role("link", name="Call 911").first.get_attribute("href") == "tel:911"
    sees(tab, "your body handles much less", "Keep naloxone where someone else can reach it", "don't stop suddenly")
    follow(tab, "I'm okay right now")
    sees(tab, "You choose what happens next", "1 day lit", "Nobody is told unless you choose to tell them.")
    follow(tab, "Rest, and look at this another day")
    sees(tab, "1 day lit. It still counts.", "Good to see you")


def test_hiding_the_checkin_leaves_at_once_and_keeps_help_open(site, alice):
    site.sign_in(alice)
    site.open("/check-in/")
    site.page.get_by_label("A line for yourself").fill(NOTE)
    site.page.get_by_role("heading", level=1).evaluate("heading => document.activeElement.blur()")
    # The neutral page is on another host; the tests load nothing from there.
    site.page.evaluate(f"for (const link of document.querySelectorAll('[data-hide]')) link.dataset.hide = '{AWAY}'")

    for _ in range(3):
        site.page.keyboard.press("Shift")
    site.page.wait_for_url(f"**{AWAY}")
    # The word to the server travels by itself, so that the page is gone at once; it may arrive a moment later.
    for _ in range(50):
        site.open("/check-in/")
        if "This page is closed" in site.page.content():
            break
        site.page.wait_for_timeout(100)

    sees(site, "This page is closed")
    sees_nowhere(site, NOTE, "Waylight", "Craving")
    site.open("/help/")
    sees(site, "Let's ride this out")
    expect(site.page.get_by_role("link", name="988").first).to_be_visible()
    site.open("/check-in/")
    press(site, "Carry on")
    expect(site.page.get_by_role("heading", level=1)).to_contain_text("Check-in for")
