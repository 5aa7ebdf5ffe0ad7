"""The four stages are the first set, the one that everybody is on."""

from django.db import migrations

SLUG = "four-stretches"


def put_set(apps, schema_editor):
    made, _created = apps.get_model("recovery", "StageSet").objects.get_or_create(
        slug=SLUG,
        defaults={
            "position": 1,
            "title": "Four stretches",
            "summary": "Four stretches of ground. People move back and forth between them, and that is how it works.",
            "is_offered": True,
        },
    )
    apps.get_model("recovery", "Stage").objects.filter(stage_set=None).update(stage_set=made)


def take_set(apps, schema_editor):
    apps.get_model("recovery", "Stage").objects.filter(stage_set__slug=SLUG).update(stage_set=None)
    apps.get_model("recovery", "StageSet").objects.filter(slug=SLUG).delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0024_stage_sets")]
    operations = [migrations.RunPython(put_set, take_set)]
