"""How soon something is on the screen over a very slow network: from the phone's own copy, and without one."""

import time
from statistics import median
from typing import Any

from django.urls import reverse
from django.utils import timezone

from plans.services import add_contact, add_strategy
from tests.browsers import ARGUMENTS, installed_chromium
from tests.load.bench import Bench
from tests.load.people import make_account, sign_in
from tests.wire import Wire

# What browsers' tools call “slow 3G”: 2 seconds before an answer begins, 400 kilobits a second.
DELAY_SECONDS, BYTES_A_SECOND = 2.0, 50_000
ROUNDS = 5
PAINTS_WITHIN = 60  # seconds
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
READY = "navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 500)))"


def measure(bench: Bench) -> dict[str, Any] | None:
    """Return milliseconds to the first paint, the middle of five visits each; None where there is no Chromium."""
    chromium = installed_chromium()
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    person = make_account("offline")
    now = timezone.now()
    add_contact(person=person, name="Marisol", number="+1 512 555 0123", relation="Sponsor", sure=True, now=now)
    add_strategy(person=person, name="Walk by the river", now=now)
    wire = Wire(f"http://localhost:{bench.house.port}")
    name, value = sign_in(person).cookie.split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": name, "value": value, "url": wire.url}])
        found = _paints(context, wire)
        browser.close()
    wire.cut()
    return found


def _paints(context: Any, wire: Wire) -> dict[str, Any]:
    help_now, plan = reverse("help-now"), reverse("plan")
    wire.delay, wire.rate = DELAY_SECONDS, BYTES_A_SECOND
    first = _paint(context, wire.url + help_now)
    wire.delay, wire.rate = 0.0, 0
    page = context.new_page()
    page.goto(wire.url + reverse("phone"))
    page.evaluate(READY)
    page.get_by_role("button", name="Keep my plan on this phone").click()
    page.get_by_text("Your plan is on this phone").wait_for()
    page.close()
    wire.delay, wire.rate = DELAY_SECONDS, BYTES_A_SECOND
    slow = [_paint(context, wire.url + help_now) for _ in range(ROUNDS)]
    wire.cut()
    dark = {path: [_paint(context, wire.url + path) for _ in range(ROUNDS)] for path in (help_now, plan)}
    return {
        "first visit to Help, slow 3G": round(first),
        "Help, slow 3G, from the phone": round(median(slow)),
        "Help, no network": round(median(dark[help_now])),
        "My plan, no network": round(median(dark[plan])),
    }


def _paint(context: Any, url: str) -> float:
    page = context.new_page()
    page.goto(url, wait_until="commit", timeout=60_000)
    # Asked again and again from here: what waits inside of the page would need `eval`, which our pages refuse.
    last = time.monotonic() + PAINTS_WITHIN
    while not (milliseconds := float(page.evaluate(PAINT))):
        if time.monotonic() > last:
            raise SystemExit(f"Nothing was painted within {PAINTS_WITHIN} s.")
        page.wait_for_timeout(50)
    page.close()
    return milliseconds


def describe(figures: dict[str, Any] | None) -> str:
    if figures is None:
        return "Not measured, there is no Chromium here."
    head = f"First paint in ms, middle of {ROUNDS}; slow 3G: {DELAY_SECONDS} s before an answer, 400 kbit/s"
    return "\n".join([head, *(f"{name:34} {milliseconds:>6}" for name, milliseconds in figures.items())])
