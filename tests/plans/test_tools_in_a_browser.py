"""Each exercise driven to its end in a real browser, with the clock moved; with reduced motion; without a network."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts import keys
from plans.models import JournalEntry, Ride, ToolUse
from plans.services import days_lit
from resources.tools import TOOLS
from tests.plans.factories import WHEN, StrategyFactory

EVERY_WAY = [(tool, way) for tool in TOOLS.values() for way in tool.ways]
names = pytest.mark.parametrize(("tool", "way"), EVERY_WAY, ids=[f"{tool.slug}-{way.slug}" for tool, way in EVERY_WAY])


@pytest.fixture
def at(site, alice):
    """Open an exercise as Alice, with a clock that moves when told to."""
    site.sign_in(alice)
    site.page.clock.install(time=WHEN)

    def open_at(slug):
        site.open(f"/tools/{slug}/")
        site.page.clock.pause_at(WHEN + timedelta(minutes=1))
        return site.page

    return open_at


def start(page, way):
    page.get_by_role("button", name=f"Start: {way.name}", exact=True).click()


def said(page):
    return page.locator("[data-say]").inner_text()


def word(page):
    return page.locator(".player__word").inner_text()


def run(page, seconds):
    page.clock.run_for(seconds * 1000)


def moments(way):
    """Yield each phase of a way with the second at which it begins."""
    second = 0
    for step in way.steps:
        for _round in range(step.rounds):
            for phase in step.phases:
                yield second, step, phase
                second += phase.seconds


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
@names
def test_an_exercise_runs_to_its_end_and_lights_the_day(tool, way, motion, at, alice):
    page = at(tool.slug)
    page.emulate_media(reduced_motion=motion)
    page.get_by_role("group", name="How strong is it right now?").get_by_label("7 of 10").check(force=True)

    start(page, way)
    assert word(page) == str(way.steps[0].phases[0].word or way.steps[0].text)
    here = 0
    for second, step, phase in moments(way):
        # To the middle of each phase, so that a second more or less does not matter.
        to = second + phase.seconds / 2
        if step.asks and second:
            run(page, second + 1 - here)
            here = second + 1
            page.get_by_role("button", name="Another 15 minutes").click()
            here = second
        run(page, to - here)
        here = to
        assert word(page) == str(phase.word or step.text), f"after {to} s"
    assert not page.get_by_role("button", name="Save").is_visible()
    run(page, way.seconds - here + 1)

    expect(page.get_by_role("heading", name="That was it.")).to_be_focused()
    page.get_by_role("group", name="How strong is it now?").get_by_label("3 of 10").check(force=True)
    page.get_by_role("button", name="Save, and light today").click()
    page.wait_for_url("**/tools/")
    use = ToolUse.objects.of(alice).get()
    assert (use.tool, use.way, use.before, use.after, use.finished) == (tool.slug, way.slug, 7, 3, True)
    assert days_lit(alice) == 1


def scale(page):
    return page.locator("[data-light]").evaluate("light => new DOMMatrix(getComputedStyle(light).transform).a")


def test_the_light_breathes_and_with_reduced_motion_words_and_a_count_do(at):
    way = TOOLS["box-breathing"].ways[0]
    page = at("box-breathing")
    start(page, way)
    assert not page.locator("[data-count]").is_visible()
    assert page.locator("[data-light]").evaluate("light => light.style.transform") == "scale(1)"
    run(page, 9)
    assert page.locator("[data-light]").evaluate("light => light.style.transform") == "scale(0.42)"

    page.emulate_media(reduced_motion="reduce")
    page.reload()
    start(page, way)
    counts, sizes = [], []
    for _second in range(5):
        counts.append(page.locator("[data-count]").inner_text())
        sizes.append(round(scale(page), 3))
        run(page, 1)

    assert page.locator("[data-count]").is_visible()
    assert counts[:4] == ["4", "3", "2", "1"]
    assert set(sizes) == {0.6}
    assert word(page) == "Hold"


def test_a_phone_that_slept_comes_back_at_the_right_place(at):
    tool = TOOLS["body-scan"]
    page = at(tool.slug)
    start(page, tool.ways[0])

    page.clock.fast_forward(5 * 60_000)  # as a phone does in a pocket: timers fire once, when it wakes

    assert word(page) == str(tool.ways[0].steps[7].text)
    assert "5:00 left" in page.locator("[data-left]").inner_text()
    page.clock.fast_forward(60 * 60_000)
    expect(page.get_by_role("heading", name="That was it.")).to_be_focused()


def test_pause_stops_the_clock_and_next_goes_on(at):
    tool = TOOLS["pause"]
    page = at(tool.slug)
    start(page, tool.ways[0])
    run(page, 10)

    page.get_by_role("button", name="Pause").click()
    assert said(page) == "Paused."
    page.clock.fast_forward(20 * 60_000)
    assert "2:50 left" in page.locator("[data-left]").inner_text()
    page.get_by_role("button", name="Carry on").press("Enter")
    run(page, 5)
    assert "2:45 left" in page.locator("[data-left]").inner_text()
    for step in tool.ways[0].steps[1:]:
        page.get_by_role("button", name="Next").press("Enter")
        assert word(page) == str(step.text)
        assert said(page) == str(step.text)
    page.get_by_role("button", name="Next").press("Enter")

    expect(page.get_by_role("heading", name="That was it.")).to_be_focused()


def test_a_voice_says_the_first_breaths_and_then_each_minute_only(at):
    page = at("paced-breathing")
    start(page, TOOLS["paced-breathing"].ways[1])
    heard = [said(page)]
    for _second in range(5 * 60):
        run(page, 1)
        if page.locator("[data-say]").is_visible() and said(page) != heard[-1]:
            heard.append(said(page))

    assert heard == [
        "In for 4, out for 6. Breathe in",
        "Breathe out",
        "Breathe in",
        "Breathe out",
        "4 minutes left.",
        "3 minutes left.",
        "2 minutes left.",
        "1 minute left.",
    ]


def test_stopping_early_is_kept_and_lights_nothing(at, alice):
    page = at("body-scan")
    start(page, TOOLS["body-scan"].ways[0])
    run(page, 100)

    page.get_by_role("button", name="That's enough for now").click()
    expect(page.get_by_role("heading", name="Stopping early is fine.")).to_be_focused()
    page.get_by_role("button", name="Save, and light today").click()
    page.wait_for_url("**/tools/")

    assert ToolUse.objects.of(alice).get().finished is False
    assert days_lit(alice) == 0


def test_the_first_quarter_of_an_hour_counts_and_what_to_do_stays_in_sight(at, alice):
    StrategyFactory(person=alice, name="Walk to the river")
    page = at("delay")
    page.get_by_text("Walk to the river").click()
    start(page, TOOLS["delay"].ways[0])
    assert page.locator("[data-meanwhile]").inner_text() == "Walk to the river"

    page.clock.fast_forward(3 * 60 * 60_000)

    # However long the phone slept, nobody is taken past a question.
    assert word(page) == str(TOOLS["delay"].ways[0].steps[1].text)
    page.get_by_role("button", name="That's enough for now").click()
    page.get_by_role("button", name="Save, and light today").click()
    page.wait_for_url("**/tools/")
    assert ToolUse.objects.of(alice).get().finished is True


def test_an_exercise_goes_on_without_a_network_and_its_form_waits(at, alice, site):
    page = at("grounding")
    start(page, TOOLS["grounding"].ways[0])
    site.go_dark()
    run(page, 181)
    page.get_by_role("group", name="How strong is it now?").get_by_label("2 of 10").check(force=True)

    page.get_by_role("button", name="Save, and light today").click()
    expect(page.get_by_text("Nothing is lost: your numbers are still here.")).to_be_visible()
    assert page.get_by_role("group", name="How strong is it now?").get_by_label("2 of 10").is_checked()
    page.context.set_offline(False)
    page.get_by_role("button", name="Save, and light today").click()

    page.wait_for_url("**/tools/")
    assert ToolUse.objects.of(alice).get().after == 2


def test_a_page_that_cannot_be_sent_keeps_its_words(site, alice):
    site.sign_in(alice)
    site.open("/tools/journal/add/")
    site.page.get_by_label("Your page").fill("It was warm.")
    site.go_dark()
    site.page.get_by_role("button", name="Save").click()
    expect(site.page.get_by_text("Nothing is lost: your words are still here.")).to_be_visible()

    site.page.context.set_offline(False)
    site.page.get_by_role("button", name="Save").click()
    site.page.wait_for_url("**/tools/journal/")

    with keys.ring_of(alice.pk):
        assert JournalEntry.objects.of(alice).get().text == "It was warm."


def test_signed_out_an_exercise_runs_and_says_that_nothing_is_kept(site):
    site.page.clock.install()
    site.open("/tools/box-breathing/")
    start(site.page, TOOLS["box-breathing"].ways[0])
    site.page.clock.run_for(65_000)

    expect(site.page.get_by_role("heading", name="That was it.")).to_be_focused()
    assert site.page.get_by_text("Nothing of this was kept.").is_visible()
    assert not site.page.get_by_role("button", name="Save").is_visible()


def test_without_a_script_it_is_read_and_its_form_is_sent(plain_site, alice):
    plain_site.sign_in(alice)
    plain_site.open("/tools/muscle-relaxation/")
    page = plain_site.page

    assert page.get_by_text("Forehead: raise your brows.").is_visible()
    assert page.get_by_text("Tense 5 s, Let go 15 s (2 times)").first.is_visible()
    assert not page.get_by_role("button", name="Start").is_visible()
    page.get_by_role("group", name="How strong is it now?").get_by_label("4 of 10").check(force=True)
    page.get_by_role("button", name="Save, and light today").click()

    page.wait_for_url("**/tools/")
    assert ToolUse.objects.of(alice).get().after == 4


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_wave_is_ridden_to_its_end_in_help_now(site, alice, motion):
    site.sign_in(alice)
    site.page.clock.install()
    site.page.emulate_media(reduced_motion=motion)
    site.open("/tools/wave/")
    site.page.get_by_role("link", name="Start in Help now").click()
    site.page.get_by_role("button", name="Start").click()
    site.page.clock.run_for(20 * 60_000 + 1000)

    assert site.page.locator("[data-clock]").inner_text() == "0:00"
    assert site.page.locator(".help__wave [data-say]").inner_text() == "20 minutes. You stayed with it."
    site.page.get_by_role("button", name="It eased").click()
    expect(site.page.get_by_role("heading", name="It eased, and your light is on")).to_be_visible()
    assert Ride.objects.of(alice).get().outcome == "eased"


def test_a_running_exercise_and_its_end_can_be_read_by_everyone(at, site):
    page = at("muscle-relaxation")
    start(page, TOOLS["muscle-relaxation"].ways[0])
    run(page, 52)
    page.emulate_media(reduced_motion="reduce")
    page.clock.resume()  # axe waits for timers of its own

    found = site.accessibility_problems()
    page.get_by_role("button", name="That's enough for now").click()
    found += site.accessibility_problems()

    assert found == []
    assert site.overflow() == 0
