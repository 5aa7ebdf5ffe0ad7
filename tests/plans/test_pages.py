"""The pages of the plan: owner only, one way with and without a script, and no typed word is lost."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts import keys
from plans.models import Activity, Answer, Contact, PlanRevision, Reason, Strategy, Trigger, TriggerRating
from tests.plans.factories import (
    ActivityFactory,
    AnswerFactory,
    ContactFactory,
    ReasonFactory,
    StrategyFactory,
    StrategyUseFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HOSTILE = "<script>alert(1)</script> \"'&lt; \u202eevil\u202c 👩🏽‍🚀 {{ 7|add:7 }} مرحبا"
NOUNS = {
    "trigger": (Trigger, TriggerFactory, {"name": HOSTILE, "category": "stress", "impact": "8", "note": HOSTILE}),
    "strategy": (Strategy, StrategyFactory, {"name": HOSTILE, "steps": HOSTILE, "minutes": "10"}),
    "contact": (Contact, ContactFactory, {"name": HOSTILE[:60], "relation": "Sister", "number": "202 555 0134"}),
    "activity": (Activity, ActivityFactory, {"name": HOSTILE, "when": "Tuesdays"}),
    "reason": (Reason, ReasonFactory, {"text": HOSTILE}),
}
LONG_FIELD = {"trigger": "note", "strategy": "steps", "contact": "name", "activity": "name", "reason": "text"}
nouns = pytest.mark.parametrize("noun", NOUNS)
listed = pytest.mark.parametrize("noun", ["strategy", "contact", "activity", "reason"])
HTMX = {"HX-Request": "true"}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@nouns
def test_a_row_is_added_changed_and_removed_with_plain_forms(noun, as_alice, alice):
    model, _factory, typed = NOUNS[noun]

    added = as_alice.post(reverse(f"plans:{noun}-add"), typed)

    assert added.status_code == 302
    assert added.url == reverse(f"plans:{noun}-list")
    row = model.objects.of(alice).get()
    page = as_alice.get(added.url)
    assert HOSTILE[:40] in soup(page).get_text()
    assert b"<script>alert" not in page.content

    form = soup(as_alice.get(row.get_absolute_url())).select_one("form[method=post]")
    kept = {field["name"]: field.get("value", field.get_text()) for field in form.select("[name]")}
    again = as_alice.post(row.get_absolute_url(), typed)
    assert again.status_code == 302
    assert set(typed) <= set(kept)

    asked = as_alice.get(reverse(f"plans:{noun}-remove", args=[row.pk]))
    assert "Remove this for good?" in soup(asked).get_text()
    as_alice.post(reverse(f"plans:{noun}-remove", args=[row.pk]))
    assert not model.objects.of(alice).exists()
    assert list(PlanRevision.objects.of(alice).newest_first().values_list("deed", flat=True)) == [
        "removed",
        "changed",
        "added",
    ]


@nouns
def test_a_form_that_is_turned_away_keeps_what_was_typed(noun, as_alice, alice):
    model, _factory, typed = NOUNS[noun]
    long = "w" * 200_000

    response = as_alice.post(reverse(f"plans:{noun}-add"), {**typed, LONG_FIELD[noun]: long})

    assert response.status_code == 422
    assert long in response.content.decode()
    assert "it has 200000 now" in soup(response).get_text()
    assert not model.objects.exists()


@nouns
def test_an_invisible_character_is_named_in_words(noun, as_alice):
    model, _factory, typed = NOUNS[noun]

    response = as_alice.post(reverse(f"plans:{noun}-add"), {**typed, LONG_FIELD[noun]: "a\x00b"})

    assert response.status_code == 422
    assert "Something invisible came along" in soup(response).get_text()
    assert not model.objects.exists()


@nouns
def test_an_empty_form_says_what_is_missing(noun, as_alice):
    response = as_alice.post(reverse(f"plans:{noun}-add"), {})

    assert response.status_code == 422
    assert soup(response).select_one("[role=alert]")


@nouns
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("deed", ["edit", "remove"])
def test_a_row_is_not_there_for_a_stranger(noun, method, deed, as_charlie, alice):
    model, factory, typed = NOUNS[noun]
    row = factory(person=alice)

    response = getattr(as_charlie, method)(reverse(f"plans:{noun}-{deed}", args=[row.pk]), typed)

    assert response.status_code == 404
    assert model.objects.of(alice).count() == 1


@listed
def test_a_row_moves_up_and_down(noun, as_alice, alice):
    model, factory, _typed = NOUNS[noun]
    first, second, third = [factory(person=alice, position=place) for place in range(3)]

    as_alice.post(reverse(f"plans:{noun}-move", args=[third.pk]), {"direction": "up"})
    as_alice.post(reverse(f"plans:{noun}-move", args=[first.pk]), {"direction": "down"})
    as_alice.post(reverse(f"plans:{noun}-move", args=[second.pk]), {"direction": "down"})

    assert list(model.objects.of(alice).in_order().values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]
    assert as_alice.post(reverse(f"plans:{noun}-move", args=[first.pk]), {"direction": "out"}).status_code == 400


@listed
def test_a_strangers_row_does_not_move(noun, as_charlie, alice):
    row = NOUNS[noun][1](person=alice)

    response = as_charlie.post(reverse(f"plans:{noun}-move", args=[row.pk]), {"direction": "up"})

    assert response.status_code == 404


@nouns
def test_htmx_gets_the_same_list_as_the_page(noun, as_alice, alice):
    NOUNS[noun][1](person=alice)
    url = reverse(f"plans:{noun}-list")

    page, fragment = soup(as_alice.get(url)), soup(as_alice.get(url, headers=HTMX))

    assert fragment.select_one("html") is None
    texts = [part.select_one(f"#{noun}-list").get_text(" ", strip=True) for part in (page, fragment)]
    assert texts[0] == texts[1]


def test_a_picked_starter_fills_the_form_with_its_kind_and_stands_in_no_address(as_alice):
    page = soup(as_alice.get(reverse("plans:trigger-add")))
    links = [link["href"] for link in page.select("details a.chip")]
    filled = soup(as_alice.get(reverse("plans:trigger-add") + links[-1]))

    assert len(links) >= 8
    assert all(link.startswith("?pick=") and link[6:].isdigit() for link in links)
    assert filled.select_one("[name=name]")["value"] == page.select("details a.chip")[-1].get_text()
    assert filled.select_one("[name=category] [selected]")["value"] == "online"
    assert as_alice.get(reverse("plans:trigger-add") + "?pick=99999999999999999999").status_code == 200


def test_a_refused_number_stands_beside_its_field_with_everything_typed(as_alice):
    response = as_alice.post(
        reverse("plans:contact-add"), {"name": "Denise", "relation": "Sponsor", "number": "202-555-013"}
    )

    page = soup(response)
    assert response.status_code == 422
    assert "A US number has 10 digits. This one has 9." in page.get_text()
    assert page.select_one("[name=number]")["value"] == "202-555-013"
    assert page.select_one("[name=relation]")["value"] == "Sponsor"
    assert page.select_one("[name=sure]")["type"] == "hidden"


def test_an_unknown_number_is_kept_once_the_person_says_so(as_alice, alice):
    typed = {"name": "Denise", "number": "555 555 0134"}

    asked = as_alice.post(reverse("plans:contact-add"), typed)
    kept = as_alice.post(reverse("plans:contact-add"), {**typed, "sure": "on"})

    assert soup(asked).select_one("[name=sure]")["type"] == "checkbox"
    assert kept.status_code == 302
    with keys.ring_of(alice.pk):
        assert Contact.objects.of(alice).get().number == "+15555550134"


def test_a_trigger_is_edited_in_the_place_of_its_card(as_alice, alice):
    trigger = TriggerFactory(person=alice, impact=9)
    url = trigger.get_absolute_url()

    form = soup(as_alice.get(url, headers=HTMX))
    turned_away = as_alice.post(url, {"name": "", "category": "stress", "impact": "11"}, headers=HTMX)
    saved = as_alice.post(url, {"name": "Payday", "category": "money", "impact": "4"}, headers=HTMX)

    assert form.select_one("html") is None
    assert form.select_one("form")["hx-post"] == form.select_one("form")["action"] == url
    assert turned_away.status_code == 422
    assert turned_away.headers["HX-Retarget"] == f"#trigger-{trigger.pk}"
    assert turned_away.headers["HX-Reswap"] == "innerHTML"
    assert "Pick a number from 1 to 10." in soup(turned_away).get_text()
    assert (saved.status_code, saved.url) == (302, reverse("plans:trigger-list"))
    assert list(TriggerRating.objects.of(alice).oldest_first().values_list("impact", flat=True)) == [9, 4]


def test_the_answers_of_a_trigger_come_from_its_form(as_alice, alice):
    trigger, walk, call = TriggerFactory(person=alice), *StrategyFactory.create_batch(2, person=alice)
    AnswerFactory(trigger=trigger, words="", strategy=walk)
    typed = {"name": "Stress", "category": "stress", "impact": "8"}

    as_alice.post(
        trigger.get_absolute_url(), {**typed, "strategies": [str(call.pk)], "words": "Take Oak Street\r\n\r\nEat"}
    )

    with keys.ring_of(alice.pk):
        answers = Answer.objects.of(alice).in_order()
        assert [answer.text for answer in answers] == [call.name, "Take Oak Street", "Eat"]


def test_a_strangers_strategy_cannot_be_an_answer(as_alice, alice, charlie):
    foreign = StrategyFactory(person=charlie)

    response = as_alice.post(
        reverse("plans:trigger-add"),
        {"name": "x", "category": "stress", "impact": "8", "strategies": [str(foreign.pk)]},
    )

    assert response.status_code == 422
    assert "is not on your list any more" in soup(response).get_text()


def test_a_trigger_put_away_leaves_the_list_and_comes_back(as_alice, alice):
    trigger = TriggerFactory(person=alice, name="Paydays")

    as_alice.post(reverse("plans:trigger-archive", args=[trigger.pk]))
    gone, away = as_alice.get(reverse("plans:trigger-list")), as_alice.get(reverse("plans:trigger-list") + "?away=1")
    as_alice.post(reverse("plans:trigger-restore", args=[trigger.pk]))

    assert "Paydays" not in soup(gone).get_text()
    assert "Paydays" in soup(away).get_text()
    assert "Paydays" in soup(as_alice.get(reverse("plans:trigger-list"))).get_text()


def test_at_most_12_triggers_are_shown_strongest_first(as_alice, alice):
    for place in range(15):
        TriggerFactory(person=alice, impact=1 + place % 10)

    page = soup(as_alice.get(reverse("plans:trigger-list")))

    shown = [int(number.get_text().split()[1]) for number in page.select("#trigger-list .trig")]
    assert len(shown) == 12
    assert shown == sorted(shown, reverse=True)
    assert "Page 1 of 2" in page.get_text()


def test_a_strong_trigger_without_an_answer_is_shown_as_a_gap(as_alice, alice):
    TriggerFactory(person=alice, impact=7, name="Gap here")
    AnswerFactory(trigger=TriggerFactory(person=alice, impact=9, name="Answered"))
    TriggerFactory(person=alice, impact=6, name="Mild")

    for url in (reverse("plan"), reverse("plans:trigger-list")):
        page = soup(as_alice.get(url))
        assert [gap for gap in page.select("main p.gap") if "No answer yet" in gap.get_text()][1:] == [], url
    assert "No answer yet to “Gap here”, 7 of 10" in soup(as_alice.get(reverse("plan"))).get_text()


def test_the_plan_says_how_often_a_strategy_eased_an_urge(as_alice, alice, charlie):
    walk = StrategyFactory(person=alice, name="Walk")
    for outcome in ["some", "a_lot", "none", ""]:
        StrategyUseFactory(strategy=walk, outcome=outcome)
    StrategyUseFactory(strategy=StrategyFactory(person=charlie), outcome="a_lot")

    assert "eased 2 of 3" in soup(as_alice.get(reverse("plan"))).get_text()


def test_the_empty_plan_shows_an_example_of_each_part_and_how_to_add(as_alice):
    page = soup(as_alice.get(reverse("plan")))

    assert len(page.select(".eg")) == 11
    assert "0 of 9 parts have something in them." in page.get_text()
    # Nine empty parts, three sides of support, and where the naloxone is.
    assert "13 things are still open" in page.get_text()


def test_the_print_page_has_numbers_and_no_name(as_alice, alice):
    with keys.ring_of(alice.pk):
        alice.called, alice.country = "Alicia Nightingale", "US"
        alice.save()
    ContactFactory(person=alice, name="Denise", number="+12025550134")

    page = soup(as_alice.get(reverse("plan-print"))).get_text()

    assert "(202) 555-0134" in page
    assert "In an emergency call 911." in page
    assert "Alicia" not in page
    assert "alice" not in page


@pytest.mark.parametrize("name", ["plan", "plan-print", "plans:trigger-list", "plans:contact-list"])
def test_a_plan_of_300_rows_costs_as_many_queries_as_one_of_3(name, as_alice, alice, django_assert_max_num_queries):
    def fill(rows):
        for _ in range(rows):
            AnswerFactory(trigger=TriggerFactory(person=alice, impact=9))
            StrategyUseFactory(strategy=StrategyFactory(person=alice))
            for factory in (ContactFactory, ReasonFactory, ActivityFactory):
                factory(person=alice)

    with keys.ring_of(alice.pk):
        fill(1)
        with django_assert_max_num_queries(12) as few:
            as_alice.get(reverse(name))
        fill(60)
        with django_assert_max_num_queries(12) as many:
            as_alice.get(reverse(name))

    assert len(many) <= len(few) + 1  # a further page makes the paginator no dearer


def test_earlier_versions_are_listed_read_and_deleted(as_alice, as_charlie, alice):
    for text in ("First reason", "Second reason"):
        as_alice.post(reverse("plans:reason-add"), {"text": text})
    latest, first = PlanRevision.objects.of(alice).newest_first()

    read = soup(as_alice.get(first.get_absolute_url())).get_text()
    assert "First reason" in read
    assert "Second reason" not in read
    assert as_charlie.get(first.get_absolute_url()).status_code == 404
    assert as_charlie.post(reverse("plans:revision-remove", args=[first.pk])).status_code == 404
    assert "Version 2" in soup(as_alice.get(reverse("plans:revision-list"))).get_text()

    as_alice.post(reverse("plans:revision-remove-old"))
    assert list(PlanRevision.objects.of(alice)) == [latest]
    as_alice.post(reverse("plans:revision-remove", args=[latest.pk]))
    assert not PlanRevision.objects.exists()
