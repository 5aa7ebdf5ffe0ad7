"""Entries of a directory for the tests; none of these numbers is anybody's."""

import factory

from resources.models import Access, Listing, Program, Schedule


class ListingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Listing
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Open door {n}")
    slug = factory.Sequence(lambda n: f"us-door-{n}")
    kind = Listing.Kind.HOTLINE
    sub_kind = Listing.SubKind.LINE
    level = Listing.Level.SUPPORT
    notes = "People who listen."
    country = "US"
    venue = Listing.Venue.PHONE
    languages = ["en"]
    audience = ["anyone"]
    state = Listing.State.PUBLISHED

    class Params:
        draft = factory.Trait(state=Listing.State.DRAFT)
        floor = factory.Trait(slug="us-988", name="988", level=Listing.Level.CRISIS)


class AccessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Access

    listing = factory.SubFactory(ListingFactory)
    method = Access.Method.PHONE
    number = "1-800-555-0142"
    number_type = Access.NumberType.E164


class ScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Schedule

    listing = factory.SubFactory(ListingFactory)
    always_open = True


class ProgramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Program

    slug = factory.Sequence(lambda n: f"program-{n}")
    name = factory.Sequence(lambda n: f"Program {n}")
