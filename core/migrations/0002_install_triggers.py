"""The triggers that keep the contact access log and the history as they were written."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Only this forgets looks where the application's role may not delete them, and it keeps each for a year.
FORGET = """
CREATE FUNCTION core_delete_contact_accesses(before timestamptz, most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS (
        SELECT id FROM core_contactaccess WHERE at <= least(before, now() - interval '365 days') ORDER BY id LIMIT most
    ), gone AS (
        DELETE FROM core_contactaccess WHERE id IN (SELECT id FROM old) RETURNING 1
    )
    SELECT count(*)::integer FROM gone
$$;
"""

# While a request goes on its history learns who asks; afterwards it learns nothing any more.
SETTLED = """
CREATE FUNCTION core_context_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is not changed afterwards.';
END;
$$;
CREATE TRIGGER core_context_settled BEFORE UPDATE ON pghistory_context FOR EACH ROW
    WHEN (OLD.created_at < now() - interval '1 hour') EXECUTE FUNCTION core_context_is_settled();
CREATE TRIGGER core_context_stays BEFORE DELETE ON pghistory_context FOR EACH ROW
    EXECUTE FUNCTION core_context_is_settled();
"""

UNSETTLED = """
DROP TRIGGER core_context_settled ON pghistory_context;
DROP TRIGGER core_context_stays ON pghistory_context;
DROP FUNCTION core_context_is_settled();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION core_delete_contact_accesses(timestamptz, integer)"),
        migrations.RunSQL(SETTLED, UNSETTLED),
        pgtrigger.migrations.AddTrigger(
            model_name='contactaccess',
            trigger=pgtrigger.compiler.Trigger(name='unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e0b091dca02fe6049bcabf6e27ff7f39a8f4c141', operation='UPDATE', pgid='pgtrigger_unchanged_f3477', table='core_contactaccess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactaccess',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.at > now() - interval '365 days')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68749aafb9bce00ee7eb9f04c4006e195100c761', operation='DELETE', pgid='pgtrigger_kept_2c037', table='core_contactaccess', when='BEFORE')),
        ),
    ]
