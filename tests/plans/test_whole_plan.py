"""The whole plan: picked from lists, looked over, what is missing named, and what sets it off by how often and when."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts import keys
from accounts.clock import local_day
from plans import services
from plans.models import Answer, Item, Plan, PlanRevision, Trigger, TriggerMet
from reminders import kinds
from reminders.models import Schedule
from tests.plans.factories import (
    WHEN,
    AnswerFactory,
    ContactFactory,
    ItemFactory,
    StrategyFactory,
    StrategyUseFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_a_full_plan_costs_as_many_queries_as_a_small_one(as_alice, alice, django_assert_max_num_queries):
    def fill(triggers, strategies, revisions):
        with keys.ring_of(alice.pk):
            for _ in range(triggers):
                AnswerFactory(trigger=TriggerFactory(person=alice, impact=9))
            for _ in range(strategies):
                StrategyUseFactory(strategy=StrategyFactory(person=alice))
            for _ in range(revisions):
                ItemFactory(person=alice)
                services.add_reason(person=alice, text="A reason", now=WHEN)

    fill(1, 1, 1)
    for address in ("plan", "plans:revision-list"):
        as_alice.get(reverse(address))  # what is kept for the process
    counts = []
    for rows in ((0, 0, 0), (11, 19, 39)):
        fill(*rows)
        with django_assert_max_num_queries(12) as plan:
            as_alice.get(reverse("plan"))
        with django_assert_max_num_queries(12) as versions:
            as_alice.get(reverse("plans:revision-list"))
        counts.append((len(plan), len(versions)))

    assert counts[0][0] == counts[1][0]
    assert counts[1][1] <= counts[0][1] + 1  # a further page makes the paginator no dearer


def test_what_is_picked_stands_on_the_list_once_with_own_words_beside_it(as_alice, alice):
    url = reverse("plans:pick", args=["signs"])
    page = soup(as_alice.get(url))
    first, last = page.select("[name=picks]")[0]["value"], page.select("[name=picks]")[-1]["value"]
    typed = {"picks": [first, last], "words": "Not calling Denise\n\nSlamming doors", "kind": "behavior"}

    sent = [as_alice.post(url, typed) for _ in range(2)]

    with keys.ring_of(alice.pk):
        rows = [(row.kind, row.text) for row in Item.objects.of(alice).in_order()]
    assert [answer.status_code for answer in sent] == [302, 302]
    assert [kind for kind, _text in rows] == ["thought", "body", "behavior", "behavior"]
    assert [text for _kind, text in rows[2:]] == ["Not calling Denise", "Slamming doors"]
    assert PlanRevision.objects.of(alice).filter(part="signs").count() == 2
    assert first not in {box["value"] for box in soup(as_alice.get(url)).select("[name=picks]")}


@pytest.mark.parametrize("typed", [{}, {"picks": ["999"]}, {"words": "x" * 121}, {"words": "a", "kind": "money"}])
def test_picking_nothing_or_nonsense_is_refused_in_words(typed, as_alice, alice):
    answer = as_alice.post(reverse("plans:pick", args=["signs"]), typed)

    assert answer.status_code == 422
    assert soup(answer).select_one("[role=alert]")
    assert not Item.objects.of(alice).exists()


def test_an_idea_picked_as_an_answer_becomes_a_strategy_of_ones_own(as_alice, alice):
    url = reverse("plans:trigger-add")
    idea = next(box for box in soup(as_alice.get(url)).select("[name=strategies]") if box["value"].startswith("new-"))
    typed = {"name": "Payday", "category": "money", "impact": "8", "strategies": [idea["value"]], "avoidable": "partly"}

    assert as_alice.post(url, typed).status_code == 302

    answer = Answer.objects.of(alice).select_related("strategy").get()
    with keys.ring_of(alice.pk):
        assert answer.strategy.name == idea.find_parent("label").get_text(strip=True)
    assert Trigger.objects.of(alice).get().avoidable == "partly"


def test_looking_the_plan_over_rates_each_pull_again_and_sets_the_next_day(as_alice, alice):
    triggers = [TriggerFactory(person=alice, impact=8), TriggerFactory(person=alice, impact=5)]
    url = reverse("plans:plan-review")
    fields = {f"pull_{trigger.pk}": impact for trigger, impact in zip(triggers, (6, 5), strict=True)}

    refused = as_alice.post(url, {**fields, "review_on": "2020-01-01"})
    saved = as_alice.post(url, {**fields, "confidence": "7", "reminds": "on"})

    plan = Plan.objects.of(alice).get()
    assert refused.status_code == 422
    assert "from tomorrow on" in soup(refused).select_one("[role=alert]").get_text()
    assert saved.url == reverse("plan")
    assert [trigger.ratings.count() for trigger in triggers] == [2, 2]
    assert plan.confidence == 7
    assert (plan.review_on - plan.reviewed_on).days == 30
    schedule = Schedule.objects.of(alice).get(kind="plan-review")
    assert schedule.is_active
    kind = kinds.get("plan-review")
    assert kind.is_done(alice, plan.review_on - timedelta(days=1))
    assert not kind.is_done(alice, plan.review_on)
    assert "plan" not in str(kind.line).lower()
    assert "You are 7 of 10 sure" in soup(as_alice.get(reverse("plan"))).get_text()

    as_alice.post(url, fields)
    assert not Schedule.objects.of(alice).get(kind="plan-review").is_active


def test_the_plan_names_what_is_missing_around_somebody(as_alice, alice):
    text = soup(as_alice.get(reverse("plan"))).get_text()
    assert "No peer contact yet" in text
    assert "No place for naloxone yet" in text

    ContactFactory(person=alice, kind="sponsor")
    ItemFactory(person=alice, part="safer", kind="naloxone")
    text = soup(as_alice.get(reverse("plan"))).get_text()
    assert "No peer contact yet" not in text
    assert "No place for naloxone yet" not in text
    assert "No professional yet" in text


def test_by_light_every_part_stands_under_one_colour(as_alice, alice):
    in_order = soup(as_alice.get(reverse("plan"))).select(".trail__s h2")
    by_light = soup(as_alice.get(reverse("plan") + "?by=light"))

    assert sorted(h2["id"] for h2 in in_order) == sorted(h2["id"] for h2 in by_light.select(".trail__s h2"))
    assert [h2.contents[0].strip() for h2 in by_light.select("h2.light")] == ["Green", "Yellow", "Red"]


def test_heat_is_pull_times_days_and_the_hours_are_counted(as_alice, alice):
    often, strong = TriggerFactory(person=alice, impact=4), TriggerFactory(person=alice, impact=9)
    today = local_day(alice, timezone.now())
    for back in range(5):
        TriggerMet.objects.create(
            person=alice, day=today - timedelta(days=back), trigger=often, part_of_day="night", source=uuid.uuid4()
        )
    TriggerMet.objects.create(person=alice, day=today - timedelta(days=40), trigger=strong, source=uuid.uuid4())

    page = soup(as_alice.get(reverse("plans:trigger-map")))

    assert [cell.get_text(strip=True) for cell in page.select("ol .num")] == ["together20", "together0"]
    assert [cell.get_text(strip=True) for cell in page.select("tbody td")] == ["0", "0", "0", "5"]


def test_what_is_known_of_a_contact_is_kept_and_shown(as_alice, alice):
    typed = {"name": "Denise", "number": "988", "kind": "sponsor", "hours": "Any hour", "script": "I need ten minutes"}
    ahead = (local_day(alice, timezone.now()) + timedelta(days=2)).isoformat()

    refused = as_alice.post(reverse("plans:contact-add"), {**typed, "tested_on": ahead})
    saved = as_alice.post(reverse("plans:contact-add"), {**typed, "tested_on": "2026-01-05", "has_agreed": "on"})
    text = soup(as_alice.get(reverse("plans:contact-list"))).get_text(" ")

    assert (refused.status_code, saved.status_code) == (422, 302)
    for shown in ("Any hour", "Sponsor", "Need not know", "Said yes", "tried Jan 5", "I need ten minutes"):
        assert shown in text
    assert "I%20need%20ten%20minutes" in as_alice.get(reverse("plan")).content.decode()
