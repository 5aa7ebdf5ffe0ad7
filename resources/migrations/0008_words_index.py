"""An index over the words of entries on PostgreSQL; SQLite reads them through, which finds the same."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX resources_listing_words ON resources_listing "
            "USING gin (array_to_tsvector(string_to_array(btrim(words), ' ')))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS resources_listing_words")


class Migration(migrations.Migration):
    dependencies = [("resources", "0007_slots_and_tags")]
    operations = [migrations.RunPython(make, drop)]
