"""Rows of the room for tests; each says only what the test is about."""

import datetime as dt
import uuid

import factory

from recovery.models import CheckIn, Journey, Lapse


class CheckInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CheckIn

    day = dt.date(2025, 6, 12)
    mood = 3
    answered_at = factory.LazyAttribute(lambda it: dt.datetime.combine(it.day, dt.time(20, 0), tzinfo=dt.UTC))


class JourneyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Journey

    aim = Journey.Aim.ABSTAIN
    started_on = dt.date(2024, 12, 4)


class LapseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lapse

    day = dt.date(2025, 5, 21)
    source = Lapse.Source.NOTED


def submission() -> uuid.UUID:
    return uuid.uuid4()
