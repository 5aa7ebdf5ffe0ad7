"""The safety screen: numbers first, the moment such an answer is chosen, whatever the total and sent or not."""

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.unlocking import acting_for
from plans.models import Contact
from recovery.models import Measure, MeasureDraft, SafetyEvent, SafetyText
from recovery.services import open_safety, sign_safety_text
from support.models import Consent, Scope
from tests.recovery.questionnaires import begun, loaded
from tests.support.factories import let_in

database = pytest.mark.django_db(databases=["default", "keys"])
Kind = SafetyEvent.Kind
TODAY = dt.date(2025, 6, 12)
# Eight answers, of which none adds a point.
EIGHT = {str(number): 0 for number in range(1, 9)}


@pytest.fixture
def draft(alice, bob):
    """Alice at the ninth question, with a counselor who may see measures."""
    loaded("phq-9")
    let_in(alice, bob, Scope.MEASURES)
    with acting_for(alice.pk):
        return begun(alice, "phq-9", EIGHT)


def ninth(draft) -> str:
    return f"/measures/drafts/{draft.pk}/9/"


def main(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def kinds(person) -> list[str]:
    return list(SafetyEvent.objects.of(person).in_order().values_list("kind", flat=True))


@database
@pytest.mark.parametrize("answer", ["1", "2", "3"])
def test_without_a_script_the_next_page_is_the_safety_screen_before_any_score(as_alice, alice, draft, answer):
    shown = as_alice.post(ninth(draft), {"answer": answer}, follow=True)

    assert shown.request["PATH_INFO"] == f"/safety/{draft.pk}/"
    assert main(shown).find("a", href="tel:988")
    assert kinds(alice) == [Kind.SHOWN]
    assert not Measure.objects.exists()


@database
def test_an_answer_of_zero_opens_nothing(as_alice, alice, draft):
    response = as_alice.post(ninth(draft), {"answer": "0"}, follow=True)

    assert response.request["PATH_INFO"].endswith("/10/")
    assert kinds(alice) == []


@database
def test_rather_not_answering_opens_nothing_and_totals_nothing(as_alice, alice, draft):
    as_alice.post(ninth(draft), {"skip": "1"})
    as_alice.post(f"/measures/drafts/{draft.pk}/10/", {"answer": "0"})

    assert Measure.objects.get().scores == {"total": None}
    assert kinds(alice) == []


@database
def test_after_the_screen_the_questionnaire_goes_on_where_it_was(as_alice, alice, draft):
    as_alice.post(ninth(draft), {"answer": "1"})

    on = as_alice.post(f"/safety/{draft.pk}/leave/", follow=True)
    result = as_alice.post(on.request["PATH_INFO"], {"answer": "0"}, follow=True)

    assert on.request["PATH_INFO"].endswith("/10/")
    assert kinds(alice) == [Kind.SHOWN, Kind.ACKNOWLEDGED]
    assert SafetyEvent.objects.get(kind=Kind.ACKNOWLEDGED).acknowledged_by == alice.pk
    # A total of 1 is as low as can be, and the numbers stand on the result all the same.
    text = main(result).get_text(" ")
    assert text.index("Somebody can listen now") < text.index("What it comes to")


@database
def test_numbers_stand_before_the_question_and_the_question_need_not_be_answered(as_alice, draft):
    shown = main(as_alice.post(ninth(draft), {"answer": "1"}, follow=True))

    markup = str(shown)
    assert markup.index("tel:988") < markup.index("tel:911") < markup.index("Are you thinking about ending your life")
    assert shown.find("form", action=f"/safety/{draft.pk}/leave/")
    assert "awaiting clinical review" in shown.get_text()
    assert "nobody has been told" in shown.get_text()


@database
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_yes_and_unsure_put_the_ambulance_first(as_alice, alice, draft, answer):
    as_alice.post(ninth(draft), {"answer": "2"})

    shown = main(as_alice.post(f"/safety/{draft.pk}/answer/", {"answer": answer}, follow=True))

    assert str(shown).index("tel:911") < str(shown).index("tel:988")
    assert "Put distance between you and anything you could hurt yourself with" in shown.get_text()
    with acting_for(alice.pk):
        assert SafetyEvent.objects.get(kind=Kind.ANSWERED).answer == answer


@database
@pytest.mark.parametrize("answer", ["", "yes", "no"])
def test_a_clinician_signs_the_words_of_the_screen_and_then_it_awaits_no_review(as_alice, draft, answer):
    as_alice.post(ninth(draft), {"answer": "1"})
    as_alice.post(f"/safety/{draft.pk}/answer/", {"answer": answer})
    before = main(as_alice.get(f"/safety/{draft.pk}/")).get_text()

    row = SafetyText.objects.get(slug="suicide")
    sign_safety_text(text=row, reviewed_by="Dr. R. Okafor", reviewed_on=TODAY, day=TODAY)
    after = main(as_alice.get(f"/safety/{draft.pk}/"))

    assert "awaiting clinical review" in before
    assert "awaiting clinical review" not in after.get_text()
    assert after.find("h2").get_text() in row.text
    assert "awaiting clinical review" not in main(as_alice.get(ninth(draft))).get_text()


@database
def test_no_leads_to_the_plan_and_somebody_to_tell(as_alice, alice, draft):
    with acting_for(alice.pk):
        Contact.objects.create(person=alice, name="Denise", number="+13125550142", number_type="e164")
    as_alice.post(ninth(draft), {"answer": "1"})

    shown = main(as_alice.post(f"/safety/{draft.pk}/answer/", {"answer": "no"}, follow=True))

    assert shown.find("a", href="/plan/")
    assert "Call Denise" in shown.get_text()
    assert "Thank you for saying so" in shown.get_text()


@database
@pytest.mark.parametrize(
    ("country", "numbers"),
    [("GB", ["tel:116123", "tel:999"]), ("AU", ["tel:131114", "tel:000"]), ("NZ", ["tel:1737", "tel:111"])],
)
def test_the_numbers_are_those_of_where_the_person_is(as_alice, alice, draft, country, numbers):
    alice.country = country
    alice.save()

    shown = main(as_alice.post(ninth(draft), {"answer": "1"}, follow=True))

    assert [each for each in numbers if shown.find("a", href=each)] == numbers
    assert not shown.find("a", href="tel:988")
    assert SafetyEvent.objects.get().country == country


@database
def test_where_we_know_no_line_the_emergency_number_comes_first_and_no_line_of_elsewhere(as_alice, alice, draft):
    alice.country = "DE"
    alice.save()

    shown = main(as_alice.post(ninth(draft), {"answer": "1"}, follow=True))

    assert [link["href"] for link in shown.select("a[href^='tel:'], a[href^='sms:']")] == ["tel:112"]
    assert "no listening line for Germany here" in shown.get_text()


@database
def test_it_opens_even_when_the_counselor_was_let_go_in_between(as_alice, alice, bob, draft):
    Consent.objects.of(alice).update(revoked_at=timezone.now())

    shown = as_alice.post(ninth(draft), {"answer": "1"}, follow=True)
    as_alice.post(f"/safety/{draft.pk}/leave/")
    end = as_alice.post(f"/measures/drafts/{draft.pk}/10/", {"answer": "0"}, follow=True)

    assert shown.request["PATH_INFO"] == f"/safety/{draft.pk}/"
    assert "only while a counselor can see your results" in main(end).get_text()
    assert main(end).find("a", href="tel:988")
    assert not Measure.objects.exists()


@database
def test_it_can_be_opened_by_hand_from_every_measure(as_alice, alice, draft):
    for path in ("/measures/", f"/measures/{draft.instrument_id}/", ninth(draft)):
        assert main(as_alice.get(path)).find("form", action="/safety/open/")

    shown = as_alice.post("/safety/open/", follow=True)

    assert main(shown).find("a", href="tel:988")
    assert SafetyEvent.objects.get().source == SafetyEvent.Source.BUTTON
    assert as_alice.post(f"{shown.request['PATH_INFO']}leave/").headers["Location"] == "/today/"


@database
def test_what_happened_on_it_is_only_ever_added_to(alice):
    open_safety(person=alice, screen=uuid.uuid4(), source="button", now=timezone.now())

    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        SafetyEvent.objects.update(country="US")
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        SafetyEvent.objects.get().save()


@database
def test_showing_it_again_adds_nothing(alice):
    screen = uuid.uuid4()

    for _ in range(2):
        open_safety(person=alice, screen=screen, source="measure", now=timezone.now())

    assert SafetyEvent.objects.count() == 1


@database
def test_a_strangers_draft_opens_and_notes_nothing(as_charlie, draft):
    for deed in ("shown", "tap", "answer", "leave"):
        assert as_charlie.post(f"/safety/{draft.pk}/{deed}/", {"tapped": "x", "answer": "no"}).status_code == 404
    assert not SafetyEvent.objects.exists()


# In a browser: at once, with nothing sent.


def choose(site, answer):
    """Choose an answer that opens the screen, and wait until the server has been told."""
    with site.page.expect_response(lambda response: response.url.endswith("/shown/")) as told:
        site.page.locator(f"input[value='{answer}']").click()
    assert told.value.status == 204


def open_ninth(site, alice, draft):
    site.sign_in(alice)
    site.open(ninth(draft))


@pytest.mark.parametrize("answer", [1, 3])
def test_it_opens_over_the_question_the_moment_the_answer_is_chosen(site, alice, draft, answer):
    open_ninth(site, alice, draft)

    choose(site, answer)

    screen = site.page.get_by_role("dialog")
    assert screen.get_by_role("link", name="Call 988").is_visible()
    assert kinds(alice) == [Kind.SHOWN]
    assert MeasureDraft.objects.exists()
    assert not Measure.objects.exists()
    assert site.accessibility_problems() == []


def test_the_lowest_answer_opens_nothing_in_a_browser(site, alice, draft):
    open_ninth(site, alice, draft)

    site.page.locator("input[value='0']").click()

    assert not site.page.get_by_role("dialog").is_visible()
    assert kinds(alice) == []


def test_the_numbers_are_there_without_a_network(site, alice, draft):
    open_ninth(site, alice, draft)
    site.go_dark()

    site.page.locator("input[value='2']").click()

    assert site.page.get_by_role("dialog").get_by_role("link", name="Call 988").is_visible()


def test_the_keyboard_opens_it_and_leads_back(site, alice, draft):
    open_ninth(site, alice, draft)
    site.page.locator("input[value='0']").focus()
    site.page.keyboard.press("Space")

    with site.page.expect_response(lambda response: response.url.endswith("/shown/")):
        site.page.keyboard.press("ArrowDown")
    assert site.page.get_by_role("dialog").is_visible()
    site.page.keyboard.press("Escape")

    assert not site.page.get_by_role("dialog").is_visible()
    assert site.page.evaluate("document.activeElement.value") == "1"


def test_having_seen_it_the_answer_is_sent_and_the_next_question_comes(site, alice, draft):
    open_ninth(site, alice, draft)
    choose(site, 1)
    site.page.get_by_role("button", name="Back to the question").click()

    site.page.get_by_role("button", name="Next").click()
    site.page.wait_for_url("**/10/")

    assert kinds(alice) == [Kind.SHOWN]


def test_a_tap_on_a_number_is_noted_without_waiting(site, alice, draft):
    open_ninth(site, alice, draft)
    choose(site, 1)
    site.page.evaluate(
        "document.querySelectorAll('a[href^=tel]').forEach(a => a.addEventListener('click', e => e.preventDefault()))"
    )

    with site.page.expect_response(lambda response: response.url.endswith("/tap/")):
        site.page.get_by_role("dialog").get_by_role("link", name="Call 988").click()

    assert SafetyEvent.objects.get(kind=Kind.TAPPED).tapped == "call-988"


def test_the_answer_in_the_dialog_leads_to_what_it_calls_for(site, alice, draft):
    open_ninth(site, alice, draft)
    choose(site, 3)

    site.page.get_by_role("dialog").get_by_role("button", name="I'm not sure").click()
    site.page.wait_for_url("**/safety/**")

    assert site.page.get_by_role("heading", name="Please don't stay alone with this").is_visible()


def test_without_a_script_it_is_the_next_page_in_a_browser_too(plain_site, alice, draft):
    open_ninth(plain_site, alice, draft)

    plain_site.page.locator("input[value='1']").click()
    plain_site.page.get_by_role("button", name="Next").click()

    assert plain_site.path == f"/safety/{draft.pk}/"
    assert plain_site.page.get_by_role("link", name="Call 988").is_visible()
