"""Each change of the plan leaves a revision that says what the plan then was."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from plans import gaps, services
from plans.models import Plan, PlanRevision, Reason, Trigger, TriggerRating
from tests.plans.factories import WHEN, AnswerFactory, ReasonFactory, StrategyFactory, TriggerFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _alices_keys(alice):
    with keys.ring_of(alice.pk):
        yield


def texts(rows):
    return [row.text for row in rows]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["add", "up", "down", "change", "remove"]), max_size=15), st.randoms())
def test_every_change_leaves_a_revision_that_equals_the_plan(alice, deeds, random):
    PlanRevision.objects.all().delete()
    Plan.objects.all().delete()
    Reason.objects.all().delete()
    expected = 0

    for step, deed in enumerate(deeds):
        rows = services.reasons(alice)
        before = PlanRevision.objects.of(alice).count()
        if deed == "add":
            services.add_reason(person=alice, text=f"Reason {step}", now=WHEN)
        elif rows and deed == "change":
            services.change_reason(reason=random.choice(rows), text=f"Other {step}", now=WHEN)
        elif rows and deed == "remove":
            services.remove(random.choice(rows), now=WHEN)
        elif rows:
            services.move(random.choice(rows), deed, now=WHEN)
        expected += PlanRevision.objects.of(alice).count() - before
        now = services.reasons(alice)
        assert [row.position for row in now] == sorted({row.position for row in now})
        latest = PlanRevision.objects.of(alice).newest_first().first()
        if latest:
            assert [row["text"] for row in latest.parts["reasons"]] == texts(now)

    numbers = PlanRevision.objects.of(alice).newest_first().values_list("number", flat=True)
    assert list(numbers) == list(range(expected, 0, -1))


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)), st.integers(0, 5))
def test_a_list_takes_any_order_and_leaves_out_nothing(alice, order, named):
    Reason.objects.all().delete()
    rows = [ReasonFactory(person=alice, position=place) for place in range(5)]

    services.reorder(Reason, person=alice, order=[rows[place].pk for place in order[:named]], now=WHEN)

    kept = [row.pk for row in services.reasons(alice)]
    assert kept[:named] == [rows[place].pk for place in order[:named]]
    assert kept[named:] == [row.pk for row in rows if row.pk not in kept[:named]]


def test_a_revision_is_sealed(alice):
    services.add_reason(person=alice, text="Canary in a coal mine", now=WHEN)

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM plans_planrevision")
        assert "Canary" not in cursor.fetchone()[0]
    with keys.ring_of(None):
        assert PlanRevision.objects.of(alice).get().parts == {}


def test_a_revision_is_whole_even_where_nobody_holds_the_ring(alice):
    services.add_reason(person=alice, text="First", now=WHEN)

    with keys.ring_of(None):
        services.add_reason(person=alice, text="Second", now=WHEN)

    latest = PlanRevision.objects.of(alice).newest_first().first()
    assert [row["text"] for row in latest.parts["reasons"]] == ["First", "Second"]


def test_a_rating_that_did_not_move_adds_none_but_saying_it_again_does(alice):
    trigger = services.add_trigger(person=alice, name="Payday", category="money", impact=8, now=WHEN)

    services.change_trigger(trigger=trigger, name="Payday", category="money", impact=8, now=WHEN)
    services.rate_trigger(trigger=trigger, impact=8, now=WHEN)

    assert TriggerRating.objects.of(alice).count() == 2


@pytest.mark.parametrize("impact", [0, 11, -1, 100])
def test_a_rating_outside_1_to_10_is_refused_by_service_and_database(alice, impact):
    with pytest.raises(services.RatingOutOfRange, match="1 to 10"):
        services.add_trigger(person=alice, name="x", category="money", impact=impact, now=WHEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trigger.objects.create(person=alice, name="x", category="money", impact=impact)


def test_answers_that_stay_keep_their_row_and_order(alice):
    trigger, walk, call = TriggerFactory(person=alice), *StrategyFactory.create_batch(2, person=alice)
    first = AnswerFactory(trigger=trigger, words="", strategy=walk, position=0)
    second = AnswerFactory(trigger=trigger, words="Go home", position=1)
    AnswerFactory(trigger=trigger, words="Old", position=2)

    services.change_trigger(
        trigger=trigger,
        name="x",
        category="money",
        impact=5,
        now=WHEN,
        strategies=[call, walk],
        words=["Go home", "New", "New"],
    )

    kept = list(trigger.answers.in_order())
    assert [answer.pk for answer in kept[:2]] == [first.pk, second.pk]
    assert [answer.text for answer in kept] == [walk.name, "Go home", call.name, "New"]


def test_a_full_list_says_so(alice, monkeypatch):
    monkeypatch.setattr("plans.services.lists.MOST_ROWS", 2)
    ReasonFactory.create_batch(2, person=alice)

    with pytest.raises(services.ListFull, match="This list is full"):
        services.add_reason(person=alice, text="One more", now=WHEN)


@given(st.lists(st.tuples(st.integers(1, 10), st.booleans()), max_size=20))
def test_only_strong_triggers_without_an_answer_are_gaps(rows):
    class Rated:
        def __init__(self, impact):
            self.impact, self.key = impact, uuid.uuid4()

    triggers = [(Rated(impact), ["x"] if answered else []) for impact, answered in rows]

    found = gaps.unanswered(triggers)

    assert [row.key for row in found] == [row.key for row, answers in triggers if row.impact >= 7 and not answers]
