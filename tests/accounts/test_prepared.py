"""Prepared queries give what the same queryset gives, for whoever asks and with whatever values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import keys
from accounts.models import User
from accounts.prepared import Prepared
from plans.models import Answer, LitDay, Reason
from tests.plans.factories import AnswerFactory, ReasonFactory, TriggerFactory

DAY = date(2026, 3, 1)

lit_between = Prepared(
    lambda person, first, last: (
        LitDay.objects.of(person).filter(day__range=(first, last)).order_by("day").values_list("day", flat=True)
    )
)


class TestAnyRange(TestCase):
    databases = {"default", "keys"}

    @given(
        lit=st.sets(st.integers(0, 40), max_size=12),
        ranges=st.lists(st.tuples(st.booleans(), st.integers(-5, 45), st.integers(-5, 45)), min_size=1, max_size=8),
    )
    def test_values_change_from_call_to_call_and_the_rows_with_them(self, lit, ranges):
        people = [User.objects.create(email=f"{name}@example.org") for name in "ab"]
        LitDay.objects.bulk_create(
            LitDay(person=people[offset % 2], day=DAY + timedelta(offset), source=people[0].pk) for offset in lit
        )

        for second, low, high in ranges:
            person, first, last = people[second], DAY + timedelta(low), DAY + timedelta(high)
            plain = LitDay.objects.of(person).filter(day__range=(first, last)).order_by("day")

            assert lit_between(person=person.pk, first=first, last=last) == [row.day for row in plain]


pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_whole_rows_come_with_their_relations_and_open_for_their_owner(alice):
    answer = AnswerFactory(trigger=TriggerFactory(person=alice, name="Payday"))
    answers = Prepared(lambda person: Answer.objects.of(person).select_related("trigger", "strategy").in_order())

    with keys.ring_of(alice.pk):
        [found] = answers(person=alice.pk)

        assert found == answer
        assert (found.words, found.trigger.name) == (answer.words, "Payday")


def test_it_is_one_statement_however_often_it_is_asked(alice, charlie, django_assert_num_queries):
    ReasonFactory(person=alice)
    reasons = Prepared(lambda person: Reason.objects.of(person).in_order())
    reasons(person=alice.pk)

    with django_assert_num_queries(2):
        assert len(reasons(person=alice.pk)) == 1
        assert reasons(person=charlie.pk) == []


def test_a_value_that_the_statement_does_not_hold_as_it_is_is_refused(alice):
    starting = Prepared(lambda person, start: User.objects.filter(pk=person, email__startswith=start))

    with pytest.raises(ValueError, match="start"):
        starting(person=alice.pk, start="a")
