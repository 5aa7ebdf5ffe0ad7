"""Journeys: several are fine, none has to say what it is from, and a start may be years ago or lie ahead."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts import keys
from recovery.models import Journey, Lapse
from recovery.services import FutureUse, StartTooFar, note_use, start_journey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)


def test_a_journey_may_leave_everything_open(alice):
    journey = start_journey(person=alice, substance="", aim="undecided", started_on=None, now=NOW)

    assert not journey.has_begun(TODAY)
    assert journey.substance_name == ""


def test_the_substance_is_sealed_and_reads_as_a_word(alice):
    start_journey(person=alice, substance="alcohol", aim="abstain", started_on=TODAY, now=NOW)

    with keys.ring_of(alice.pk):
        assert Journey.objects.of(alice).get().substance_name == "Alcohol"
    with keys.ring_of(None):
        assert Journey.objects.of(alice).get().substance == "locked"


@pytest.mark.parametrize("started_on", [dt.date(1987, 1, 1), TODAY, TODAY + dt.timedelta(days=366)])
def test_a_start_may_be_long_ago_today_or_a_year_ahead(alice, started_on):
    journey = start_journey(person=alice, aim="abstain", started_on=started_on, now=NOW)

    assert journey.started_on == started_on


@pytest.mark.parametrize("started_on", [dt.date(1887, 1, 1), TODAY + dt.timedelta(days=367)])
def test_a_mistyped_start_is_refused_in_words(alice, started_on):
    with pytest.raises(StartTooFar, match=r"start date|year looks"):
        start_journey(person=alice, aim="abstain", started_on=started_on, now=NOW)

    assert not Journey.objects.of(alice).exists()


def test_use_cannot_be_noted_on_a_day_to_come(alice):
    with pytest.raises(FutureUse, match="hasn't come yet"):
        note_use(person=alice, day=TODAY + dt.timedelta(days=1), now=NOW)


def test_noting_the_same_day_twice_is_one_event(alice):
    note_use(person=alice, day=TODAY, now=NOW)
    note_use(person=alice, day=TODAY, now=NOW)

    assert Lapse.objects.of(alice).days() == {TODAY}
    assert Lapse.objects.of(alice).count() == 1


def test_a_journey_is_deleted_only_after_a_second_thought(as_alice, alice):
    with keys.ring_of(alice.pk):
        journey = start_journey(person=alice, aim="abstain", started_on=TODAY, now=NOW)
    ask = reverse("recovery:journey-remove", args=[journey.pk])

    assert f'href="{ask}"' in as_alice.get(journey.get_absolute_url()).content.decode()
    assert as_alice.get(ask).status_code == 200
    assert Journey.objects.of(alice).exists()

    as_alice.post(ask)
    assert not Journey.objects.of(alice).exists()
