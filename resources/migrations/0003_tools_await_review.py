"""One row for each coping tool, so that a reviewer finds every text that awaits review."""

from django.db import migrations

SLUGS = [
    *("wave", "delay", "pause", "play-it-forward", "halt"),
    *("paced-breathing", "box-breathing", "slow-sigh", "grounding", "meditation"),
    *("body-scan", "muscle-relaxation", "safe-place", "mindful-eating"),
    *("good-things", "thoughts", "weighing", "journal"),
]


def put_rows(apps, schema_editor):
    reviews = apps.get_model("resources", "ToolReview")
    reviews.objects.bulk_create([reviews(slug=slug) for slug in SLUGS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_tool_reviews")]
    operations = [migrations.RunPython(put_rows, migrations.RunPython.noop)]
