"""Earlier versions: any two compared, any brought back, whatever was added, changed, moved or removed since."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from plans import services
from plans.models import Answer, Item, Plan, PlanRevision, Reason, Strategy, StrategyUse, Trigger, TriggerRating
from plans.services.content import read
from tests.plans.factories import WHEN, StrategyUseFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _alices_keys(alice):
    with keys.ring_of(alice.pk):
        yield


def latest(person) -> PlanRevision:
    return PlanRevision.objects.of(person).newest_first()[0]


def fill(person) -> dict:
    """Write a plan with something in every part and return its rows."""
    walk = services.add_strategy(person=person, name="Walk", minutes=10, now=WHEN)
    trigger = services.add_trigger(
        person=person, name="Payday", category="money", impact=8, strategies=[walk], words=["Go home"], now=WHEN
    )
    services.add_reason(person=person, text="My son", now=WHEN)
    services.add_activity(person=person, name="Pottery", when="Tuesdays", company="with", now=WHEN)
    contact = services.add_contact(
        person=person, name="Denise", relation="Sponsor", number="988", kind="sponsor", tested_on=WHEN.date(), now=WHEN
    )
    for part, kind in (
        ("signs", "body"),
        ("places", "place"),
        ("safer", "naloxone"),
        ("support", "peer"),
        ("help_me", "do"),
    ):
        services.add_item(person=person, part=part, kind=kind, text=f"A line of {part}", now=WHEN)
    return {"walk": walk, "trigger": trigger, "contact": contact}


def wreck(person, rows) -> None:
    """Change, remove and add so much that nothing is left as it was."""
    services.remove_strategy(strategy=rows["walk"], now=WHEN)
    services.change_trigger(
        trigger=rows["trigger"], name="Money", category="stress", impact=3, words=["x"], strategies=[], now=WHEN
    )
    services.remove(rows["contact"], now=WHEN)
    for item in Item.objects.of(person):
        services.remove(item, now=WHEN)
    services.add_reason(person=person, text="Another reason", now=WHEN)
    services.add_strategy(person=person, name="Newer", now=WHEN)
    services.add_trigger(person=person, name="Newer trigger", category="stress", impact=9, now=WHEN)


def test_a_version_brought_back_says_word_for_word_what_it_said(alice):
    rows = fill(alice)
    wanted = latest(alice)
    wreck(alice, rows)

    services.restore_revision(person=alice, revision=wanted, now=WHEN)

    assert read(latest(alice)) == read(wanted)
    assert latest(alice).deed == PlanRevision.Deed.BROUGHT
    assert Answer.objects.of(alice).filter(strategy=rows["walk"].pk).exists()
    assert TriggerRating.objects.of(alice).filter(trigger=rows["trigger"].pk).count() == 3


def test_what_came_later_is_put_away_with_its_history_and_comes_back_with_it(alice):
    fill(alice)
    before = latest(alice)
    newer = services.add_strategy(person=alice, name="Newer", now=WHEN)
    after = latest(alice)
    StrategyUseFactory(strategy=newer)

    services.restore_revision(person=alice, revision=before, now=WHEN)
    names = [row.name for row in services.strategies(alice)]
    services.restore_revision(person=alice, revision=after, now=WHEN)

    assert names == ["Walk"]
    assert [row.name for row in services.strategies(alice)] == ["Walk", "Newer"]
    assert StrategyUse.objects.of(alice).count() == 1


def test_a_version_of_the_first_releases_can_be_read_compared_and_brought_back(alice, as_alice):
    fill(alice)
    old = latest(alice)
    old.content = (
        '{"reasons": [{"text": "My son"}], "activities": [], "strategies": [{"name": "Walk", "minutes": 10}],'
        '"triggers": [{"name": "Payday", "category": "money", "impact": 8, "note": "", "answers": ["Go home"]}],'
        ' "contacts": [{"name": "Denise", "relation": "Sponsor", "number": "+12025550134"}]}'
    )
    old.save()
    walk = Strategy.objects.of(alice).get().pk

    services.restore_revision(person=alice, revision=old, now=WHEN)

    assert Strategy.objects.of(alice).get().pk == walk
    assert [answer.words for answer in Answer.objects.of(alice)] == ["Go home"]
    assert as_alice.get(reverse("plans:revision-detail", args=[old.pk])).status_code == 200
    assert as_alice.get(f"{reverse('plans:revision-compare')}?older={old.number}").status_code == 200


def test_a_version_that_says_nothing_does_not_empty_the_plan(alice, as_alice):
    fill(alice)
    empty = PlanRevision.objects.of(alice).newest_first().last()
    empty.content = "{}"
    empty.save()

    response = as_alice.post(reverse("plans:revision-restore", args=[empty.pk]), follow=True)

    assert "There is nothing in that version." in response.content.decode()
    assert Reason.objects.of(alice).count() == 1


DEEDS = ["reason", "sign", "remove", "up", "change"]


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=8), st.data())
def test_any_version_of_any_history_can_be_brought_back(alice, deeds, data):
    for model in (PlanRevision, Plan, Reason, Item):
        model.objects.all().delete()
    for step, deed in enumerate(deeds):
        rows = services.reasons(alice)
        if deed == "sign":
            services.add_item(person=alice, part="signs", kind="thought", text=f"Sign {step}", now=WHEN)
        elif not rows or deed == "reason":
            services.add_reason(person=alice, text=f"Reason {step}", now=WHEN)
        elif deed == "change":
            services.change_reason(reason=rows[-1], text=f"Other {step}", now=WHEN)
        elif deed == "up":
            services.move(rows[-1], "up", now=WHEN)
        else:
            services.remove(rows[0], now=WHEN)
    wanted = data.draw(st.sampled_from(list(PlanRevision.objects.of(alice))))
    says_something = any(rows for part, rows in read(wanted).items() if part != "plan")

    if says_something:
        services.restore_revision(person=alice, revision=wanted, now=WHEN)

        assert read(latest(alice)) == read(wanted)


def test_the_page_tells_what_differs_between_any_two(alice, as_alice):
    fill(alice)
    older = latest(alice).number
    services.rate_trigger(trigger=Trigger.objects.of(alice).get(), impact=4, now=WHEN)
    services.add_reason(person=alice, text="A second reason", now=WHEN)
    newer = latest(alice).number

    url = reverse("plans:revision-compare")
    page = BeautifulSoup(as_alice.get(f"{url}?older={newer}&newer={older}").content, "html.parser")
    text = page.get_text(" ", strip=True)

    assert f"From version {older} to {newer}" in text
    assert [page.select_one("del").get_text(), page.select_one("ins").get_text()] == ["8", "4"]
    assert "Added A second reason" in text
    assert "Both say the same." in as_alice.get(f"{url}?older={newer}&newer={newer}").content.decode()
    for asked in ("0", "99999999", "x", "٣", "9" * 40, "-1"):
        assert as_alice.get(f"{url}?older={asked}").status_code in {200, 404}


def test_the_api_compares_and_brings_back(alice, as_alice, as_charlie):
    rows = fill(alice)
    wanted = latest(alice)
    wreck(alice, rows)
    url = f"/api/v1/plan-revisions/{wanted.pk}/"

    whole = as_alice.get(url).json()
    changes = as_alice.get(f"{url}compare/").json()
    restored = as_alice.post(f"{url}restore/")

    assert whole["content"] == read(wanted)
    assert {"part": "reasons", "kind": "added", "name": "Another reason", "fields_changed": []} in changes
    assert restored.status_code == 204
    assert read(latest(alice)) == read(wanted)
    assert as_alice.get(f"{url}compare/", {"with": str(uuid.uuid4())}).status_code == 404
    assert as_alice.get(f"{url}compare/", {"with": "x"}).status_code == 400
    assert as_charlie.post(f"{url}restore/").status_code == 404
