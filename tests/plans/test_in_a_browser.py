"""The urge timer in a real browser: pausing it takes no minute away, and loading the page again loses none."""

import time

from playwright.sync_api import expect

from plans.models import Ride
from tests.plans.factories import StrategyFactory


def test_a_paused_wave_keeps_its_minutes_and_a_ride_ends_with_what_helped(site, alice):
    walk = StrategyFactory(person=alice, name="Walk" + "walk" * 14)
    site.sign_in(alice)
    page = site.page
    now = time.time()
    page.clock.install(time=now)
    site.open("/help/")
    clock = page.locator("[data-clock]")

    page.get_by_role("button", name="Start").click()
    page.clock.fast_forward("05:00")
    page.get_by_role("button", name="Pause").click()
    page.clock.fast_forward("30:00")
    expect(clock).to_have_text("15:00")

    page.reload()
    expect(clock).to_have_text("15:00")
    page.get_by_role("button", name="Carry on").click()
    page.clock.fast_forward("01:00")
    expect(clock).to_have_text("14:00")
    since = int(page.locator("[data-since]").input_value())
    # 35 minutes have gone by on the clock of this browser, six of them were ridden, and one went by after the reload.
    assert abs(now + 36 * 60 - since - 6 * 60) <= 5

    page.get_by_role("button", name="It eased").click()
    page.get_by_role("heading", name="It eased, and your light is on").wait_for()
    assert site.accessibility_problems() == []
    assert site.overflow() <= 0
    page.get_by_label("Walkwalk").check()
    page.get_by_role("button", name="Save and rest").click()
    page.wait_for_url("**/today/")

    assert Ride.objects.of(alice).get().strategy_id == walk.pk
