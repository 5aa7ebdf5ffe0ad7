"""What the small scripts add, each tried once in a real browser; the pages work without any of them."""

from urllib.parse import unquote

import pytest
from django.utils import timezone

from accounts.unlocking import acting_for
from plans import services
from plans.models import Trigger

ADD = "/plan/triggers/add/"


def slider(site):
    return site.page.get_by_role("slider")


def test_the_steps_of_a_slider_move_it_and_say_it_in_words(site, alice):
    site.sign_in(alice)
    site.open(ADD)
    assert slider(site).get_attribute("aria-valuetext") == "–"

    for _ in range(20):
        site.page.get_by_role("button", name="One higher").click()
    assert slider(site).get_attribute("aria-valuetext") == "10 of 10, very strong"
    site.page.get_by_role("button", name="One lower").click()

    assert slider(site).input_value() == "9"
    assert site.page.locator("output").first.inner_text() == "9"


def test_a_slider_is_a_number_field_without_a_script(plain_site, alice):
    plain_site.sign_in(alice)
    plain_site.open(ADD)

    assert plain_site.page.get_by_role("spinbutton").is_visible()
    assert not plain_site.page.get_by_role("button", name="One higher").is_visible()


def test_a_shaky_double_tap_sends_a_form_once(site, alice):
    site.sign_in(alice)
    site.open(ADD)
    site.page.get_by_label("What sets it off?").fill("Payday")
    site.page.get_by_label("Kind").select_option("money")
    site.page.get_by_role("button", name="One higher").click()

    site.page.locator("main form button[type=submit], main form button:not([type])").first.dblclick()
    site.page.wait_for_url(lambda url: not url.endswith(ADD))

    assert Trigger.objects.of(alice).count() == 1


@pytest.mark.parametrize("own_page", [True, False], ids=["on its own page", "in its card"])
def test_a_trigger_is_changed(own_page, site, alice):
    with acting_for(alice.pk):
        trigger = services.add_trigger(person=alice, name="Payday", category="money", impact=5, now=timezone.now())
    site.sign_in(alice)
    site.open(trigger.get_absolute_url() if own_page else "/plan/triggers/")
    if not own_page:
        site.page.get_by_role("link", name="Edit Payday").click()

    site.page.get_by_label("What sets it off?").fill("The end of the month")
    site.page.get_by_role("button", name="Save").click()

    site.page.get_by_role("heading", name="The end of the month").wait_for()


def test_the_device_offers_its_time_zone_as_a_guess(site):
    site.open("/terms/")

    cookies = {cookie["name"]: unquote(cookie["value"]) for cookie in site.page.context.cookies()}

    assert cookies["tz"] == "America/Chicago"


def test_the_urge_timer_starts_by_a_tap_and_can_wait(site):
    site.page.clock.install()
    site.open("/help/")
    clock = site.page.locator("[data-clock]")
    assert clock.inner_text() == "20:00"

    site.page.get_by_role("button", name="Start").click()
    site.page.clock.run_for(61_000)
    assert clock.inner_text() in {"18:58", "18:59", "19:00"}
    site.page.get_by_role("button", name="Pause").click()
    stopped = clock.inner_text()
    site.page.clock.run_for(30_000)

    assert clock.inner_text() == stopped
    assert site.page.get_by_role("button", name="Carry on").is_visible()
