"""The database itself refuses to change a loaded questionnaire, a filled-in one, or what happened on a safety screen.

Deleting stays possible: all of a person's records go with the account.
"""

from django.db import migrations

TABLES = ["recovery_instrument", "recovery_measure", "recovery_safetyevent"]
REFUSE = """
CREATE FUNCTION recovery_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this record stays as it is' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(REFUSE)
    for table in TABLES:
        deed = (
            "FOR EACH ROW EXECUTE FUNCTION recovery_refuse_change()"
            if postgresql
            else "BEGIN SELECT RAISE(ABORT, 'this record stays as it is'); END"
        )
        schema_editor.execute(f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} {deed}")


def unguard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_stays" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION recovery_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("recovery", "0003_measures")]
    operations = [migrations.RunPython(guard, unguard)]
