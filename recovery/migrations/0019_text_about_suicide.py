"""A record for the text of the screen about ending one's life, not signed yet."""

from django.db import migrations

SLUGS = ["suicide"]


def put_texts(apps, schema_editor):
    texts = apps.get_model("recovery", "SafetyText")
    for slug in SLUGS:
        texts.objects.get_or_create(slug=slug)


def take_texts(apps, schema_editor):
    apps.get_model("recovery", "SafetyText").objects.filter(slug__in=SLUGS).delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0018_readiness")]
    operations = [migrations.RunPython(put_texts, take_texts)]
