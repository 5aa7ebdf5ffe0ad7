"""One row for each kind of treatment, so that a reviewer finds every text that awaits review."""

from django.db import migrations

SLUGS = [
    *("detox", "inpatient", "residential", "outpatient"),
    *("opioid-medication", "alcohol-medication", "recovery-housing", "rapid-detox"),
]


def put_rows(apps, schema_editor):
    reviews = apps.get_model("resources", "TreatmentReview")
    reviews.objects.bulk_create([reviews(slug=slug) for slug in SLUGS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_treatment_reviews")]
    operations = [migrations.RunPython(put_rows, migrations.RunPython.noop)]
