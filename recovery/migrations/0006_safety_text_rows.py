"""One record for each safety text that the pages show, none of them signed yet."""

from django.db import migrations

SLUGS = ["overdose", "opioids", "stimulants", "supply", "withdrawal"]


def put_texts(apps, schema_editor):
    texts = apps.get_model("recovery", "SafetyText")
    for slug in SLUGS:
        texts.objects.get_or_create(slug=slug)


def take_texts(apps, schema_editor):
    apps.get_model("recovery", "SafetyText").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0005_safety_texts")]
    operations = [migrations.RunPython(put_texts, take_texts)]
