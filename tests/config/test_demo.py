"""The demo people: refused where real people might be, the same whenever told, and told once."""

import itertools
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.unlocking import acting_for
from config.management.demo.days import day_of
from config.management.demo.people import ALICE, PEOPLE
from recovery.measured import history
from recovery.models import CheckIn, Lapse
from support.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TODAY = date(2026, 11, 21)


@pytest.fixture
def few(monkeypatch):
    """Bob, Dana, Alice and one client are enough to try it; all seventeen take a while."""
    chosen = tuple(person for person in PEOPLE if person.slug in {"bob", "dana", "alice", "sam"})
    monkeypatch.setattr("config.management.demo.build.PEOPLE", chosen)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, CheckIn, Lapse, Consent))


def test_demo_is_refused_unless_forced():
    with pytest.raises(CommandError, match="--force"):
        call_command("demo")

    assert not User.objects.exists()


def test_alice_has_her_story_and_telling_it_again_changes_nothing(few):
    call_command("demo", force=True, today=TODAY)
    once = counts()
    alice = User.objects.get(email="alice@example.org")

    assert 200 <= CheckIn.objects.of(alice).count() <= ALICE.days
    assert Lapse.objects.of(alice).count() == 1
    assert [kept.scores["risk"] for kept in history(alice, "own-review")][::11] == [14, 6]
    assert Consent.objects.of(alice).in_force(alice.joined_at + timedelta(days=ALICE.days)).count() == 2
    with acting_for(alice.pk):
        assert User.objects.get(pk=alice.pk).called == "Alice"

    call_command("demo", force=True, today=TODAY)
    assert counts() == once

    call_command("demo", force=True, today=TODAY + timedelta(days=1))
    assert CheckIn.objects.count() >= once[1]
    assert User.objects.count() == once[0]


@given(st.integers(0, 400))
def test_a_day_is_told_the_same_way_every_time(index):
    start = TODAY - timedelta(days=400)
    day = start + timedelta(days=index)

    first, second = (day_of("alice", ALICE.habits, start, day, TODAY) for _ in range(2))

    assert first == second


def test_every_number_is_one_kept_free_for_stories():
    numbers = itertools.chain.from_iterable((number for _n, _r, number in person.contacts) for person in PEOPLE)

    assert all(number.startswith("202 555 01") for number in numbers)


def test_it_says_first_that_it_will_take_a_while(few, capsys):
    call_command("demo", force=True, today=TODAY)

    first, *_more, last = capsys.readouterr().out.splitlines()
    assert "up to a minute" in first
    assert "Sign in as alice" in last
