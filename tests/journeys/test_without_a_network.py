"""Without a network, in a real browser whose server is gone too: what opens, what waits, what goes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.clock import local_day
from accounts.lock import set_pin
from config import shell
from plans.models import Ride
from plans.services import add_contact, add_reason, add_strategy, add_trigger
from recovery.models import CheckIn, CheckInVersion, Lapse
from tests.phones import Phone, until
from tests.wire import HALF, LOST, NEVER, Wire

CANARY = "zebrafinch"


@pytest.fixture
def phone(site, live_server) -> Iterator[Phone]:
    wire = Wire(live_server.url)
    yield Phone(site, wire)
    wire.cut()


@pytest.fixture
def plan(alice) -> None:
    now = timezone.now()
    add_contact(
        person=alice, name=f"Marisol {CANARY}", number="+1 512 555 0123", relation="Sponsor", sure=True, now=now
    )
    add_strategy(person=alice, name=f"Walk the river {CANARY}", now=now)
    add_reason(person=alice, text=f"For my daughter {CANARY}", now=now)


@pytest.fixture
def at_home(phone, alice, plan) -> Phone:
    phone.site.sign_in(alice)
    phone.start()
    return phone


def test_help_the_tools_and_the_kept_plan_open_without_a_network(at_home):
    phone, page = at_home, at_home.page
    phone.keep_the_plan()
    phone.go_dark()

    phone.site.open("/help/")
    page.get_by_text(f"Call Marisol {CANARY}").wait_for()
    assert page.locator('.call--lamp a[href="tel:+15125550123"]').is_visible()
    assert page.locator('a[href="tel:988"]').first.is_visible()
    assert page.get_by_text(f"For my daughter {CANARY}").is_visible()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)

    phone.site.open("/plan/")
    page.get_by_text(f"Walk the river {CANARY}").first.wait_for()
    assert page.get_by_text(f"Call Marisol {CANARY}").is_visible()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)

    phone.site.open("/tools/body-scan/")
    page.get_by_role("button", name="Start:").first.click()
    assert page.locator("[data-player]").is_visible()

    phone.site.open("/insights/")
    assert page.get_by_role("heading", name="Still here with you").is_visible()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)
    page.get_by_role("link", name="Right now: if you used").click()
    assert page.get_by_role("heading", name="First, be safe").is_visible()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)


def test_a_plan_that_nobody_turned_on_is_not_on_the_phone(at_home):
    at_home.site.open("/plan/")
    at_home.site.open("/help/")
    assert CANARY not in at_home.holds()["text"]
    at_home.go_dark()

    at_home.site.open("/plan/")

    at_home.page.get_by_text("not kept on this phone").wait_for()
    at_home.site.open("/help/")
    assert at_home.page.locator('a[href="tel:988"]').first.is_visible()
    assert not at_home.page.get_by_text("Marisol").count()


def test_a_check_in_made_without_a_network_arrives_once_after_three_interrupted_sends(at_home, alice):
    phone, page = at_home, at_home.page
    phone.go_dark()
    phone.check_in(note=f"quiet {CANARY}")
    page.get_by_role("heading", name="Kept on this phone").wait_for()
    assert phone.waiting() == "1"
    assert CANARY not in phone.holds()["text"]

    page.get_by_role("link", name="See what waits").click()
    page.get_by_role("heading", name="A check-in").wait_for()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)
    phone.wire.lose("POST /api/v1/check-ins/", [NEVER, LOST, HALF])
    phone.come_back()
    for _ in range(6):
        phone.site.open("/you/")
        until(page, lambda: page.evaluate("document.readyState") == "complete")
        if until(page, lambda: phone.waiting() == "0"):
            break

    assert phone.wire.happened == [NEVER, LOST, HALF]
    assert phone.waiting() == "0"
    kept = CheckIn.objects.of(alice).get()
    assert (kept.mood, kept.day) == (3, local_day(alice, timezone.now()))
    assert CheckInVersion.objects.of(alice).count() == 1


def test_two_tabs_that_come_back_at_once_send_one(at_home, alice):
    phone = at_home
    phone.go_dark()
    phone.check_in()
    phone.page.get_by_role("heading", name="Kept on this phone").wait_for()
    other = phone.page.context.new_page()
    other.goto(f"{phone.wire.url}/offline/waiting/")

    phone.come_back()

    assert until(phone.page, lambda: phone.waiting() == "0")
    assert CheckInVersion.objects.of(alice).count() == 1


def test_an_urge_and_a_day_with_use_wait_and_arrive(at_home, alice):
    phone, page = at_home, at_home.page
    phone.go_dark()
    phone.site.open("/help/")
    page.get_by_role("button", name="It eased").click()
    page.get_by_text("Kept. It eased").wait_for()
    phone.site.open("/right-now/")
    page.get_by_role("button", name="Note it for this day").click()
    page.get_by_role("heading", name="Kept on this phone").wait_for()
    assert phone.waiting() == "2"

    phone.come_back()

    assert until(page, lambda: phone.waiting() == "0")
    assert Ride.objects.of(alice).get().outcome == "eased"
    assert Lapse.objects.of(alice).get().day == local_day(alice, timezone.now())


def test_a_check_in_whose_network_goes_away_while_it_is_filled_in_waits_too(at_home, alice):
    phone, page = at_home, at_home.page
    phone.site.open("/check-in/")
    day = page.locator('form [type="radio"][name="day"]')
    if day.count():  # after midnight it asks
        page.locator("label.pick", has=day.first).click()
    page.locator(".sky__o").nth(4).click()
    phone.go_dark()

    page.get_by_role("button", name="Save check-in").click()
    page.get_by_role("heading", name="A check-in").wait_for()
    phone.come_back()

    assert until(page, lambda: CheckIn.objects.of(alice).count() == 1)
    assert CheckIn.objects.of(alice).get().mood == 5


def test_what_the_server_will_not_take_is_put_aside_and_shown(at_home, alice):
    phone, page = at_home, at_home.page
    trigger = add_trigger(person=alice, name="Payday", category="money", impact=8, now=timezone.now())
    phone.site.open("/check-in/")
    day = page.locator('form [type="radio"][name="day"]')
    if day.count():
        page.locator("label.pick", has=day.first).click()
    page.locator(".sky__o").nth(1).click()
    page.get_by_text("Payday").click()
    phone.go_dark()
    page.get_by_role("button", name="Save check-in").click()
    page.get_by_role("heading", name="A check-in").wait_for()
    trigger.delete()
    phone.come_back()

    page.get_by_text("It wasn't taken as it is").wait_for()
    assert page.get_by_text("Name something that is on your own plan").is_visible()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)
    phone.site.open("/today/")
    assert page.locator("[data-waiting]").is_visible()
    assert phone.waiting() == "1"
    page.locator("[data-waiting] a").click()
    page.get_by_role("button", name="Throw away").click()
    page.get_by_role("button", name="Yes, throw it away").click()
    page.get_by_text("Nothing is waiting").wait_for()


def test_signing_out_asks_first_and_then_leaves_nothing_of_the_person(at_home):
    phone, page = at_home, at_home.page
    phone.keep_the_plan()
    phone.go_dark()
    phone.check_in(note=f"quiet {CANARY}")
    page.get_by_role("heading", name="Kept on this phone").wait_for()
    phone.wire.lose("POST /api/v1/check-ins/", [NEVER] * 50)
    phone.come_back()
    phone.site.open("/you/")
    assert phone.holds()["bases"] == ["kept"]

    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", name="Something is still waiting to be sent").is_visible()
    assert phone.site.accessibility_problems() == []
    page.get_by_role("button", name="Send now, then sign out").click()
    page.get_by_text("It couldn't be sent now").wait_for()
    page.get_by_role("button", name="Throw it away and sign out").click()
    page.wait_for_url(f"{phone.wire.url}/")
    page.get_by_role("link", name="Make an account").wait_for()

    held = phone.holds()
    assert held["bases"] == []
    assert CANARY not in held["text"]
    assert "Marisol" not in held["text"]
    assert any(name.startswith("shell-") for name in held["caches"])
    phone.go_dark()
    phone.site.open("/help/")
    assert page.locator('a[href="tel:988"]').first.is_visible()
    phone.site.open("/plan/")
    page.get_by_text("not kept on this phone").wait_for()


def test_a_session_ended_from_another_device_takes_the_plan_off_this_one(at_home, alice):
    phone = at_home
    phone.keep_the_plan()
    accounts.end_sessions(person=alice)

    phone.site.open("/you/")

    assert phone.site.path == "/accounts/login/"
    assert until(phone.page, lambda: phone.page.evaluate("localStorage.getItem('plan-kept')") is None)
    phone.go_dark()
    phone.site.open("/plan/")
    phone.page.get_by_text("not kept on this phone").wait_for()


def test_hiding_without_a_network_closes_every_page_until_it_is_opened_again(at_home):
    phone, page = at_home, at_home.page
    phone.keep_the_plan()
    phone.go_dark()
    phone.site.open("/plan/")
    page.get_by_text(f"Walk the river {CANARY}").first.wait_for()

    page.locator("[data-hide]:visible").first.click()
    page.get_by_role("heading", name="This page is closed").wait_for()
    for path in ("/plan/", "/offline/plan/", "/insights/", "/offline/waiting/"):
        phone.site.open(path)
        assert page.get_by_role("heading", name="This page is closed").is_visible(), path
        assert not page.get_by_text(CANARY).count()
    phone.site.open("/help/")
    assert page.locator('a[href="tel:988"]').first.is_visible()
    page.wait_for_timeout(1000)
    assert not page.get_by_text(CANARY).count()

    # With a network again, the server is told before it is asked for anything.
    phone.come_back()
    phone.site.open("/today/")
    page.get_by_role("button", name="Carry on").click()
    page.wait_for_url("**/today/")
    page.get_by_role("heading", level=1).wait_for()
    assert not page.get_by_text("This page is closed").count()


def test_a_pin_opens_the_kept_plan_and_five_wrong_ones_throw_it_away(at_home, alice):
    phone, page = at_home, at_home.page
    set_pin(person=alice, pin="274916", minutes=0)
    phone.site.open("/you/")
    phone.keep_the_plan(pin="274916")
    assert CANARY not in phone.holds()["text"]
    phone.go_dark()
    phone.site.open("/plan/")
    field, opened = page.get_by_label("PIN"), page.get_by_text(f"Walk the river {CANARY}")
    field.fill("274917")
    page.get_by_role("button", name="Open my plan").click()
    page.get_by_text("That is not your PIN").wait_for()
    assert (phone.site.accessibility_problems(), phone.site.overflow()) == ([], 0)

    field.fill("274916")
    page.get_by_role("button", name="Open my plan").click()
    opened.first.wait_for()

    phone.site.open("/plan/")
    for _ in range(5):
        page.locator("[data-wrong]").evaluate("line => (line.hidden = true)")
        field.fill("1357")
        page.get_by_role("button", name="Open my plan").click()
        page.locator("[data-wrong]").wait_for()
    page.get_by_text("so the copy on this phone is deleted").wait_for()
    phone.site.open("/plan/")
    page.get_by_text("not kept on this phone").wait_for()


def test_a_new_version_waits_until_nobody_rides_an_urge(at_home, monkeypatch):
    phone, page = at_home, at_home.page
    phone.site.open("/help/")
    page.get_by_role("button", name="Start").click()
    page.evaluate("window.mine = 'still this page'")
    monkeypatch.setattr(shell, "version", lambda: "anewversion1")
    shell.script.cache_clear()
    try:
        page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
        waits = "navigator.serviceWorker.getRegistration().then((found) => found.waiting?.state ?? '')"
        assert until(page, lambda: page.evaluate(waits) == "installed")
        page.wait_for_timeout(300)
        assert page.evaluate("window.mine") == "still this page"
        assert page.evaluate(waits) == "installed"

        phone.site.open("/today/")

        shells = "caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')))"
        if not until(page, lambda: page.evaluate(shells) == ["shell-anewversion1"]):
            # Asked to take over, it waits until the browser lets the worker before it rest. With nothing left to do
            # there, Chromium under a test's tools may still put that off for minutes: here it is told to.
            tools = page.context.new_cdp_session(page)
            tools.send("ServiceWorker.enable")
            tools.send("ServiceWorker.stopAllWorkers")
        assert until(page, lambda: page.evaluate(shells) == ["shell-anewversion1"], seconds=30)
    finally:
        shell.script.cache_clear()


def test_a_check_in_for_yesterday_counts_for_yesterday(at_home, alice):
    phone, page = at_home, at_home.page
    phone.go_dark()
    phone.site.open("/check-in/")
    page.get_by_text("Yesterday", exact=True).click()
    page.locator(".sky__o").nth(0).click()
    page.get_by_role("button", name="Save check-in").click()
    page.get_by_role("heading", name="Kept on this phone").wait_for()

    phone.come_back()

    assert until(page, lambda: CheckIn.objects.of(alice).count() == 1)
    assert CheckIn.objects.of(alice).get().day == local_day(alice, timezone.now()) - timedelta(days=1)
