"""Rows of the plan, made as the services make them but without a revision each."""

import uuid
from datetime import UTC, datetime

import factory

from plans import phones
from plans.models import Activity, Answer, Contact, Item, Reason, Strategy, StrategyUse, Trigger, TriggerRating

WHEN = datetime(2026, 6, 12, 18, 0, tzinfo=UTC)


class TriggerFactory(factory.django.DjangoModelFactory[Trigger]):
    class Meta:
        model = Trigger
        skip_postgeneration_save = True

    name = factory.Sequence("Trigger number {}".format)
    category = Trigger.Category.STRESS
    impact = 5
    created_at = WHEN

    @factory.post_generation
    def rating(self, create, extracted, **kwargs):
        TriggerRating.objects.create(person=self.person, trigger=self, impact=self.impact, rated_at=self.created_at)


class StrategyFactory(factory.django.DjangoModelFactory[Strategy]):
    class Meta:
        model = Strategy

    name = factory.Sequence("Strategy number {}".format)
    position = factory.Sequence(int)
    created_at = WHEN


class StrategyUseFactory(factory.django.DjangoModelFactory[StrategyUse]):
    class Meta:
        model = StrategyUse

    person = factory.SelfAttribute("strategy.person")
    strategy = factory.SubFactory(StrategyFactory)
    day = WHEN.date()
    outcome = StrategyUse.Outcome.SOME
    source = factory.LazyFunction(uuid.uuid4)


class AnswerFactory(factory.django.DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    person = factory.SelfAttribute("trigger.person")
    trigger = factory.SubFactory(TriggerFactory)
    words = "Take the long way home"
    created_at = WHEN


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    name = factory.Sequence("Contact number {}".format)
    relation = "Friend"
    number = factory.Sequence("+1202555{:04d}".format)
    number_type = phones.E164
    position = factory.Sequence(int)
    created_at = WHEN


class ReasonFactory(factory.django.DjangoModelFactory[Reason]):
    class Meta:
        model = Reason

    text = factory.Sequence("Reason number {}".format)
    position = factory.Sequence(int)
    created_at = WHEN


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    class Meta:
        model = Activity

    name = factory.Sequence("Activity number {}".format)
    position = factory.Sequence(int)
    created_at = WHEN


class ItemFactory(factory.django.DjangoModelFactory[Item]):
    class Meta:
        model = Item

    part = Item.Part.SIGNS
    kind = "behavior"
    text = factory.Sequence("Item number {}".format)
    position = factory.Sequence(int)
    created_at = WHEN
