"""Help and the plan in a real browser: the timer loses no minute, what matters is in sight, all of it can be read."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Ride
from tests.plans.factories import ContactFactory, ItemFactory, ReasonFactory, StrategyFactory, TriggerFactory


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
    since = int(page.locator("[data-since]").first.input_value())
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


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640)])
def test_every_first_action_of_help_is_above_the_fold(width, height, open_site, alice):
    ContactFactory(person=alice, name="Denise", relation="Sponsor, any hour")
    site = open_site(viewport={"width": width, "height": height})
    site.sign_in(alice)
    site.open("/help/")
    page = site.page

    actions = {
        "danger": page.get_by_role("link", name="Overdose or danger"),
        "timer": page.get_by_role("button", name="Start"),
        "call somebody": page.get_by_role("link", name="Call Denise"),
        "text somebody": page.get_by_role("link", name="Text Denise"),
        "call the line": page.get_by_role("link", name="Call 988"),
        "text the line": page.get_by_role("link", name="Text 988"),
    }
    for name, action in actions.items():
        box = action.bounding_box()
        assert box, name
        assert box["height"] >= 44, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= height, f"{name} ends at {box['y'] + box['height']:.0f} of {height}"
    assert actions["danger"].bounding_box()["y"] < actions["timer"].bounding_box()["y"]
    assert site.overflow() <= 0


def test_numbers_draw_an_own_curve_without_any_script(plain_site, alice):
    site, page = plain_site, plain_site.page
    trigger, walk = TriggerFactory(person=alice, name="Payday"), StrategyFactory(person=alice, name="Walk")
    site.sign_in(alice)
    site.open(f"/help/?since={int(time.time()) - 301}")

    page.get_by_role("button", name="8 of 10").click()
    page.get_by_role("button", name="Payday").click()
    page.get_by_role("link", name="10 more minutes").click()
    assert "8 after 5 min" in page.locator("#main").inner_text()
    assert "past the worst" not in page.locator("#main").inner_text()
    assert page.locator(".wv-own-dot").count() == 1

    ride = Ride.objects.of(alice).get()
    Ride.objects.filter(pk=ride.pk).update(
        started_at=ride.started_at.fromtimestamp(time.time() - 605, ride.started_at.tzinfo)
    )
    page.get_by_role("button", name="5 of 10", exact=True).click()
    assert "by your own numbers past the worst" in page.locator("#main").inner_text()
    assert page.locator("[data-clock]").inner_text().startswith("2")

    page.get_by_label("Walk").check()
    page.get_by_role("button", name="It eased").click()

    ride.refresh_from_db()
    assert ride.ratings == [[5, 8], [10, 5]]
    assert (ride.outcome, ride.strongest, ride.trigger_id, ride.strategy_id) == ("eased", 8, trigger.pk, walk.pk)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_plan_can_be_read_and_fit(scheme, open_site, alice):
    site = open_site(color_scheme=scheme, viewport={"width": 320, "height": 640})
    site.sign_in(alice)
    for part, kind in (("signs", "body"), ("safer", "naloxone"), ("support", "peer"), ("help_me", "say")):
        ItemFactory(person=alice, part=part, kind=kind, text="Something to read " * 4)
    TriggerFactory(person=alice, impact=9)
    row = ReasonFactory(person=alice)
    for text in ("First", "Second"):
        alice_saves(site, row.get_absolute_url(), text)

    addresses = [
        *(reverse("plan"), reverse("plan") + "?by=light", reverse("plans:pick", args=["signs"])),
        *(reverse("plans:pick", args=["strategies"]), reverse("plans:item-list", args=["help_me"])),
        *(reverse("plans:item-add", args=["safer"]), reverse("plans:plan-review"), reverse("plans:trigger-map")),
        *(reverse("plans:trigger-add"), reverse("plans:contact-add"), reverse("plans:revision-list")),
        *(reverse("plans:revision-compare"), reverse("plan-print"), reverse("plan-print") + "?sheet=card", "/help/"),
    ]
    for address in addresses:
        site.open(address)
        assert site.accessibility_problems() == [], address
        assert site.overflow() <= 0, address


def alice_saves(site, address: str, text: str) -> None:
    site.open(address)
    site.page.locator("[name=text]").fill(text)
    site.page.get_by_role("button", name="Save").click()
    site.page.wait_for_url("**/plan/reasons/")
