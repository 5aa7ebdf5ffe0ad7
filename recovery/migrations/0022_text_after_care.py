"""A record for the text about the time after care, not signed yet."""

from django.db import migrations

SLUGS = ["leaving-care"]


def put_texts(apps, schema_editor):
    texts = apps.get_model("recovery", "SafetyText")
    for slug in SLUGS:
        texts.objects.get_or_create(slug=slug)


def take_texts(apps, schema_editor):
    apps.get_model("recovery", "SafetyText").objects.filter(slug__in=SLUGS).delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0021_care_episodes")]
    operations = [migrations.RunPython(put_texts, take_texts)]
