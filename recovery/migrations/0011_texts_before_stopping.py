"""One record for each text that is shown before somebody stops, none of them signed yet."""

from django.db import migrations

SLUGS = ["stop-first", "stop-told", "stop-danger", "stop-opioids", "stop-pregnant"]


def put_texts(apps, schema_editor):
    texts = apps.get_model("recovery", "SafetyText")
    for slug in SLUGS:
        texts.objects.get_or_create(slug=slug)


def take_texts(apps, schema_editor):
    apps.get_model("recovery", "SafetyText").objects.filter(slug__in=SLUGS).delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0010_goals")]
    operations = [migrations.RunPython(put_texts, take_texts)]
