"""The database itself refuses to change the access log, and to delete from it outside maintenance."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER support_access_no_update BEFORE UPDATE ON support_access
    BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END
    """,
    """
    CREATE TRIGGER support_access_no_delete BEFORE DELETE ON support_access
    WHEN NOT EXISTS (SELECT 1 FROM support_logmaintenance)
    BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION support_access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM support_logmaintenance) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER support_access_append_only BEFORE UPDATE OR DELETE ON support_access
    FOR EACH ROW EXECUTE FUNCTION support_access_refuse()
    """,
]
UNDO = {
    "sqlite": ["DROP TRIGGER support_access_no_update", "DROP TRIGGER support_access_no_delete"],
    "postgresql": [
        "DROP TRIGGER support_access_append_only ON support_access",
        "DROP FUNCTION support_access_refuse()",
    ],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
