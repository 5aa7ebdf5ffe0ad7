"""The reminders page as a person uses it: on a phone, by thumb and by keyboard, with and without JavaScript."""

from datetime import time

from django.urls import reverse
from django.utils import timezone

from reminders import services
from reminders.models import Schedule
from tests.browsing import DESK, PHONE
from tests.reminders.factories import daily_kind, delivery_of


def test_a_time_is_set_and_paused_without_leaving_the_page(site, alice):
    site.sign_in(alice)
    site.open(reverse("reminders:settings"))
    site.page.get_by_label("Time").fill("19:30")

    site.page.get_by_role("button", name="Turn on at this time").click()
    site.page.get_by_role("heading", name="On, at 7:30 pm").wait_for()
    site.page.get_by_label("Say nothing until").fill(f"{timezone.now().year + 1}-01-02")
    site.page.get_by_role("button", name="Pause").click()

    assert site.path == reverse("reminders:settings")
    assert Schedule.objects.get().local_time == time(19, 30)


def test_a_time_is_set_without_javascript(plain_site, alice):
    plain_site.sign_in(alice)
    plain_site.open(reverse("reminders:settings"))
    plain_site.page.get_by_label("Time").fill("19:30")

    plain_site.page.get_by_role("button", name="Turn on at this time").click()

    plain_site.page.get_by_role("heading", name="On, at 7:30 pm").wait_for()
    assert Schedule.objects.get().local_time == time(19, 30)


def test_the_pages_are_readable_by_everyone(site, alice):
    daily_kind(many_times=True, detail="Time for it:")
    daily_kind(slug="medication", label="What I take", is_daily=False, may_set=lambda person: True, many_times=True)
    schedule = services.set_daily(person=alice, at=time(19, 30), now=timezone.now())
    site.sign_in(alice)

    delivery_of(schedule, timezone.now(), state="expired", reason="late")
    names = ("settings", "inbox", "quiet-hours", "calendar")
    addresses = [reverse(f"reminders:{name}") for name in names]
    addresses += [reverse("reminders:kind", args=[slug]) for slug in ("check-in", "medication")]
    for address in (*addresses, reverse("reminders:off", args=[schedule.off_token])):
        for size in (PHONE, DESK):
            site.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                site.page.emulate_media(color_scheme=scheme)
                site.open(address)
                assert site.accessibility_problems() == []
                assert site.overflow() == 0
