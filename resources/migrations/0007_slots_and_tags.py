"""Gives entries that are already here the search tags and week minutes that new ones get when they are saved."""

from django.db import migrations


def fill(apps, schema_editor):
    from resources.repeats import Repeat

    listings, schedules, slots = (apps.get_model("resources", name) for name in ("Listing", "Schedule", "Slot"))
    for listing in listings.objects.only("words", "languages", "audience", "about").iterator():
        tags = [f"#{what}:{code}" for what, field in WHAT.items() for code in getattr(listing, field)]
        listings.objects.filter(pk=listing.pk).update(words=" ".join([listing.words.rstrip(), *tags]) + " ")
    made = []
    for row in schedules.objects.exclude(rrule="").exclude(starts_at=None):
        repeat = Repeat(
            row.rrule, row.starts_at, row.minutes or 60, row.tz, row.valid_from, row.valid_until,
            frozenset(row.exdates), frozenset(row.rdates),
        )  # fmt: skip
        same = {"schedule": row, "listing_id": row.listing_id, "tz": row.tz, "minutes": repeat.minutes}
        weekly = repeat.is_weekly
        made += [slots(begins=begins, is_weekly=weekly, **same) for begins in repeat.week_minutes()]
    slots.objects.bulk_create(made)


def empty(apps, schema_editor):
    listings = apps.get_model("resources", "Listing")
    for listing in listings.objects.only("words").iterator():
        words = [word for word in listing.words.split() if not word.startswith("#")]
        listings.objects.filter(pk=listing.pk).update(words=f" {' '.join(words)} ")
    apps.get_model("resources", "Slot").objects.all().delete()


WHAT = {"language": "languages", "audience": "audience", "about": "about"}


class Migration(migrations.Migration):
    dependencies = [("resources", "0006_meetings_and_runs")]
    operations = [migrations.RunPython(fill, empty)]
