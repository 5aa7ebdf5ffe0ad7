"""What a day held: each source tells its part, tells it again, or takes it back."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import services
from plans.models import LitDay, Ride, StrategyUse, TriggerMet
from tests.plans.factories import WHEN, StrategyFactory, TriggerFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DAY = date(2026, 6, 12)


def test_a_day_keeps_what_was_met_and_what_helped(alice):
    trigger, strategy, source = TriggerFactory(person=alice), StrategyFactory(person=alice), uuid.uuid4()

    services.record_day(alice, DAY, source=source, met=[(trigger, 8)], used=[(strategy, "some")])

    assert TriggerMet.objects.of(alice).get().intensity == 8
    assert StrategyUse.objects.of(alice).get().outcome == "some"
    assert services.days_lit(alice) == 1


def test_telling_again_replaces_what_the_same_source_told(alice):
    first, second, source, other = *TriggerFactory.create_batch(2, person=alice), uuid.uuid4(), uuid.uuid4()
    services.record_day(alice, DAY, source=other, met=[(first, None)], used=[])
    services.record_day(alice, DAY, source=source, met=[(first, 3)], used=[])

    services.record_day(alice, DAY - timedelta(days=1), source=source, met=[(second, None)], used=[])

    assert set(TriggerMet.objects.of(alice).values_list("trigger", "source")) == {
        (first.pk, other),
        (second.pk, source),
    }
    assert set(LitDay.objects.of(alice).values_list("day", "source")) == {
        (DAY, other),
        (DAY - timedelta(days=1), source),
    }


def test_forgetting_a_source_leaves_the_light_of_another(alice):
    source, ride = uuid.uuid4(), uuid.uuid4()
    services.record_day(alice, DAY, source=source, met=[(TriggerFactory(person=alice), None)], used=[])
    services.light_day(person=alice, day=DAY, source=ride)

    services.forget(source=source)

    assert not TriggerMet.objects.of(alice).exists()
    assert services.days_lit(alice) == 1
    services.forget(source=ride)
    assert services.days_lit(alice) == 0


def test_a_day_does_not_take_somebody_elses_trigger(alice, charlie):
    with pytest.raises(ValueError, match="own triggers"):
        services.record_day(alice, DAY, source=uuid.uuid4(), met=[(TriggerFactory(person=charlie), 5)], used=[])


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=20))
def test_days_lit_counts_days_and_not_sources(alice, lights):
    LitDay.objects.all().delete()
    sources = [uuid.uuid4() for _ in range(4)]

    for day, source in lights:
        services.light_day(person=alice, day=DAY - timedelta(days=day), source=sources[source])

    assert services.days_lit(alice) == len({day for day, _ in lights})


def test_days_lit_is_one_query(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        services.days_lit(alice)


def test_a_ride_sent_twice_is_one_ride_and_lights_its_day(alice):
    submission = uuid.uuid4()

    for _ in range(2):
        services.save_ride(
            person=alice,
            submission=submission,
            started_at=WHEN - timedelta(minutes=17),
            outcome=Ride.Outcome.EASED,
            now=WHEN,
        )

    assert Ride.objects.of(alice).get().minutes == 17
    assert services.days_lit(alice) == 1
    assert services.rides_eased(alice) == 1


@pytest.mark.parametrize("away", [timedelta(days=2), timedelta(days=-1)])
def test_a_page_left_open_for_days_counts_no_minutes(alice, away):
    ride = services.save_ride(
        person=alice, submission=uuid.uuid4(), started_at=WHEN - away, outcome=Ride.Outcome.EASED, now=WHEN
    )

    assert (ride.minutes, ride.started_at) == (0, WHEN)


def test_the_day_of_a_ride_is_the_persons_own(alice):
    late = datetime.fromisoformat("2026-06-12T23:30:00-05:00")  # Chicago; the 13th in UTC

    ride = services.save_ride(
        person=alice, submission=uuid.uuid4(), started_at=late, outcome=Ride.Outcome.USED, now=late
    )

    assert ride.day == DAY


@pytest.mark.parametrize("fields", [{"intensity": 11}, {"intensity": -1}])
def test_the_database_refuses_an_intensity_out_of_range(alice, fields):
    trigger = TriggerFactory(person=alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        TriggerMet.objects.create(person=alice, day=DAY, trigger=trigger, source=uuid.uuid4(), **fields)


def test_lit_lately_is_all_of_them_and_those_of_a_stretch(alice, charlie):
    for back in (0, 1, 1, 50):
        LitDay.objects.create(person=alice, day=DAY - timedelta(days=back), source=uuid.uuid4())
    LitDay.objects.create(person=charlie, day=DAY, source=uuid.uuid4())

    week_ago = DAY - timedelta(days=7)

    assert services.readers.lit_lately(alice, week_ago, DAY) == (3, {DAY, DAY - timedelta(days=1)})
    assert services.readers.lit_lately(alice, DAY + timedelta(days=1), DAY + timedelta(days=2)) == (3, set())
