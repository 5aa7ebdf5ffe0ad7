"""The plan over the API: own rows only, by the same services, and nothing from the body that the house decides."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.models import Answer, Contact, PlanRevision, Strategy, Trigger, TriggerRating
from tests.plans.factories import (
    ActivityFactory,
    AnswerFactory,
    ContactFactory,
    ItemFactory,
    ReasonFactory,
    StrategyFactory,
    StrategyUseFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

JSON = "application/json"
PARTS = {
    "triggers": (TriggerFactory, {"name": "Payday", "category": "money", "impact": 8}),
    "strategies": (StrategyFactory, {"name": "Walk", "minutes": 10}),
    "contacts": (ContactFactory, {"name": "Denise", "number": "202 555 0134"}),
    "activities": (ActivityFactory, {"name": "Pottery", "when": "Tuesdays"}),
    "reasons": (ReasonFactory, {"text": "Saturday games"}),
    "plan-items": (ItemFactory, {"text": "Skipping breakfast", "part": "signs", "kind": "behavior"}),
}
parts = pytest.mark.parametrize("part", PARTS)


@parts
def test_a_row_is_added_read_changed_and_removed(part, as_alice, alice):
    url, typed = f"/api/v1/{part}/", PARTS[part][1]

    added = as_alice.post(url, typed, content_type=JSON)
    one = f"{url}{added.json()['id']}/"
    changed = as_alice.patch(
        one, {next(iter(typed)): "Other words"}, content_type=JSON, headers={"If-Match": added["ETag"]}
    )
    read = as_alice.get(one).json()
    removed = as_alice.delete(one, headers={"If-Match": changed["ETag"]})

    assert added.status_code == 201
    assert changed.status_code == 200
    assert read == {**added.json(), next(iter(typed)): "Other words", "version": 2}
    assert removed.status_code == 204
    assert as_alice.get(one).status_code == 404
    assert PlanRevision.objects.of(alice).count() == 3


@parts
@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_row_is_not_there_for_a_stranger(part, method, as_charlie, alice):
    factory, typed = PARTS[part]
    row = factory(person=alice)

    response = getattr(as_charlie, method)(f"/api/v1/{part}/{row.pk}/", typed, content_type=JSON)

    assert response.status_code == 404
    assert type(row).objects.of(alice).exists()


@parts
def test_a_list_holds_own_rows_only(part, as_alice, alice, charlie):
    factory = PARTS[part][0]
    row, _foreign = factory(person=alice), factory(person=charlie)

    assert [entry["id"] for entry in as_alice.get(f"/api/v1/{part}/").json()["results"]] == [str(row.pk)]


@parts
def test_owner_key_and_time_do_not_come_from_the_body(part, as_alice, alice, charlie):
    chosen = {"id": str(uuid.uuid4()), "person": str(charlie.pk), "created_at": "2001-01-01T00:00:00Z", "position": 99}

    added = as_alice.post(f"/api/v1/{part}/", {**PARTS[part][1], **chosen}, content_type=JSON).json()

    assert added["id"] != chosen["id"]
    assert added["created_at"] > "2026"
    assert added.get("position", 0) == 0


def test_a_refused_number_is_409_in_words(as_alice):
    response = as_alice.post("/api/v1/contacts/", {"name": "Denise", "number": "202-555-013"}, content_type=JSON)

    assert response.status_code == 409
    assert response.json() == {"detail": "A US number has 10 digits. This one has 9."}
    assert not Contact.objects.exists()


def test_rating_again_keeps_each_rating(as_alice, alice):
    trigger = TriggerFactory(person=alice, impact=9)

    rated = as_alice.post(f"/api/v1/triggers/{trigger.pk}/rate/", {"impact": 4}, content_type=JSON)

    ratings = as_alice.get(f"/api/v1/triggers/{trigger.pk}/ratings/").json()
    assert rated.status_code == 201
    assert [rating["impact"] for rating in ratings] == [9, 4]
    assert Trigger.objects.of(alice).get().impact == 4


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.integers(), st.floats(), st.text(max_size=5), st.none(), st.booleans()))
def test_only_1_to_10_is_a_rating(as_alice, alice, impact):
    Trigger.objects.all().delete()
    trigger = TriggerFactory(person=alice, impact=5)

    response = as_alice.post(
        f"/api/v1/triggers/{trigger.pk}/rate/",
        {"impact": impact} if impact == impact and impact not in (float("inf"), float("-inf")) else {},
        content_type=JSON,
    )

    kept = TriggerRating.objects.of(alice).oldest_first().last().impact
    assert response.status_code in {201, 400}
    assert 1 <= kept <= 10
    assert (kept == 5) or response.status_code == 201


def test_an_answer_links_own_rows_only(as_alice, alice, charlie):
    trigger, own, foreign = TriggerFactory(person=alice), StrategyFactory(person=alice), StrategyFactory(person=charlie)
    url = "/api/v1/answers/"

    linked = as_alice.post(url, {"trigger": str(trigger.pk), "strategy": str(own.pk)}, content_type=JSON)
    stolen = as_alice.post(url, {"trigger": str(trigger.pk), "strategy": str(foreign.pk)}, content_type=JSON)
    empty = as_alice.post(url, {"trigger": str(trigger.pk)}, content_type=JSON)
    doubled = as_alice.post(url, {"trigger": str(trigger.pk), "strategy": str(own.pk)}, content_type=JSON)

    assert [linked.status_code, stolen.status_code, empty.status_code, doubled.status_code] == [201, 400, 409, 409]
    assert Answer.objects.of(alice).count() == 1


def test_removing_a_strategy_keeps_the_words_of_an_answer(as_alice, alice):
    trigger, walk = TriggerFactory(person=alice), StrategyFactory(person=alice)
    AnswerFactory(trigger=trigger, strategy=walk, words="to the river")
    AnswerFactory(trigger=TriggerFactory(person=alice), strategy=walk, words="")

    as_alice.delete(f"/api/v1/strategies/{walk.pk}/", headers={"If-Match": '"1"'})

    answer = Answer.objects.of(alice).get()
    assert (answer.trigger_id, answer.strategy_id) == (trigger.pk, None)
    assert not Strategy.objects.exists()


def test_the_plan_is_read_whole(as_alice, alice, charlie):
    AnswerFactory(trigger=TriggerFactory(person=alice, impact=9), words="Go home")
    TriggerFactory(person=alice, impact=8)
    StrategyUseFactory(strategy=StrategyFactory(person=alice), outcome="some")
    ReasonFactory(person=charlie, text="Not hers")

    plan = as_alice.get("/api/v1/plan/").json()

    assert [(row["impact"], row["answers"], row["is_gap"]) for row in plan["triggers"]] == [
        (9, ["Go home"], False),
        (8, [], True),
    ]
    assert [(row["eased"], row["said"]) for row in plan["strategies"]] == [(1, 1)]
    assert plan["empty_parts"] == [
        "signs",
        "activities",
        "contacts",
        "professionals",
        "safer",
        "support",
        "reasons",
    ]
    assert plan["changed_at"] is None
    assert as_alice.post("/api/v1/plan/", {}, content_type=JSON).status_code == 405


@pytest.mark.parametrize("text", ["a\\u0000b", "\\ud800", "w" * 200_000])
def test_text_that_cannot_be_kept_is_a_400(as_alice, text):
    response = as_alice.generic("POST", "/api/v1/reasons/", f'{{"text": "{text}"}}', content_type=JSON)

    assert response.status_code == 400


def test_the_api_is_shut_to_somebody_signed_out(client):
    for part in [*PARTS, "answers", "plan"]:
        assert client.get(f"/api/v1/{part}/").status_code == 401
