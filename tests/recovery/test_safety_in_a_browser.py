"""Each safety screen in a real browser, for each kind of substance, with and without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.clock import local_day
from accounts.unlocking import acting_for
from recovery.before_stopping import QUESTIONS
from recovery.models import CareEpisode, Lapse
from recovery.models.lapse import USED
from recovery.safety_texts import CARDS, FIRST, LEAVING, STOP_DANGER, STOP_OPIOIDS, STOP_PREGNANT, STOP_TOLD, cards_for
from recovery.services import begin_care
from tests.browsing import PHONE

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


def shown_cards(page):
    """Return the slugs of the cards that can be read now, from top to bottom."""
    cards = page.locator("main section[aria-labelledby^='card-']:visible")
    return [card.get_attribute("aria-labelledby").removeprefix("card-") for card in cards.all()]


def expect_lines(page, text):
    card = page.locator(f"section[aria-labelledby='card-{text.slug}']")
    for line in text.lines:
        expect(card.get_by_text(str(line))).to_be_visible()
    expect(card.get_by_text("awaiting clinical review")).to_be_visible()


@both
@pytest.mark.parametrize("substance", USED)
def test_what_was_used_brings_its_cards_after_the_call_and_the_rest_waits_folded(open_site, alice, substance, scripts):
    tab = open_site(java_script_enabled=scripts)
    page = tab.page
    tab.sign_in(alice)
    tab.open("/right-now/")
    page.locator(f"input[name=substances][value={substance}]").check(force=True)
    page.get_by_role("button", name="Note it for this day").click()
    page.wait_for_url("**/right-now/20*/")

    call = page.locator("main .call--ember a").first
    assert call.get_attribute("href").startswith("tel:")
    assert call.bounding_box()["y"] + call.bounding_box()["height"] < PHONE["height"]
    for line in FIRST.lines[1:]:
        expect(page.get_by_text(str(line))).to_be_visible()
    cards = cards_for([substance])
    assert shown_cards(page) == [text.slug for text in cards.open]
    for text in cards.open:
        expect_lines(page, text)

    page.get_by_text("If it was something else too").click()
    assert sorted(shown_cards(page)) == sorted(text.slug for text in CARDS)
    for text in cards.folded:
        expect_lines(page, text)
    assert tab.overflow() <= 0
    with acting_for(alice.pk):
        assert Lapse.objects.of(alice).get().named == [substance]


@both
@pytest.mark.parametrize("question", QUESTIONS)
def test_before_stopping_one_yes_leads_to_a_clinician_and_the_danger_signs(open_site, question, scripts):
    tab = open_site(java_script_enabled=scripts)
    page = tab.page
    tab.open("/before-you-stop/")
    for name in QUESTIONS:
        page.locator(f"input[name={name}][value={'yes' if name == question else 'no'}]").check(force=True)
    page.get_by_role("button", name="Go on", exact=True).click()

    expect(page.get_by_role("heading", name=str(STOP_TOLD.title))).to_be_visible()
    for line in (*STOP_DANGER.lines, *STOP_OPIOIDS.lines, *STOP_PREGNANT.lines):
        expect(page.get_by_text(str(line), exact=True)).to_be_visible()
    assert page.locator("section[aria-labelledby=danger] a").first.get_attribute("href").startswith("tel:")
    expect(page.get_by_text("awaiting clinical review")).to_be_visible()
    assert tab.overflow() <= 0


@both
@pytest.mark.parametrize("kind", [kind for kind in CareEpisode.Kind.values if kind != CareEpisode.Kind.OUTPATIENT])
def test_after_care_the_card_is_read_whole_and_today_leads_to_it(open_site, alice, kind, scripts):
    now = timezone.now()
    today = local_day(alice, now)
    with acting_for(alice.pk):
        begin_care(person=alice, kind=kind, started_on=today.replace(day=1), ended_on=today, now=now)
    tab = open_site(java_script_enabled=scripts)
    page = tab.page
    tab.sign_in(alice)
    tab.open("/today/")
    page.locator("section[aria-labelledby=ahead] a").first.click()

    expect(page.get_by_role("heading", name=str(LEAVING.title))).to_be_visible()
    expect_lines(page, LEAVING)
    assert page.locator(f"section[aria-labelledby='card-{LEAVING.slug}'] a[href^='tel:']").count()
    assert tab.overflow() <= 0
    if scripts:
        assert tab.accessibility_problems() == []
