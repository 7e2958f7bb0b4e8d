"""The triggers that keep the contact access log and the history as they were written, and refuse circles."""

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

# Tells whether a text is a time zone, for triggers of all apps.
# The setting is read back, because the database also takes other spellings ("america/new_york", "EST5"), which Python
# does not. It ends with the function. The view with all names reads hundreds of files: it is for the few other names.
KNOW = r"""
CREATE FUNCTION core_is_time_zone(zone text) RETURNS boolean LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    IF zone = 'UTC' THEN
        RETURN true;
    END IF;
    IF zone !~ '^[A-Za-z]+(/[A-Za-z_-]+)+$' THEN
        RETURN zone NOT IN ('Factory', 'localtime') AND EXISTS (SELECT FROM pg_timezone_names WHERE name = zone);
    END IF;
    PERFORM set_config('timezone', zone, true);
    RETURN current_setting('timezone') = zone;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END;
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION core_delete_contact_accesses(timestamptz, integer)"),
        migrations.RunSQL(SETTLED, UNSETTLED),
        migrations.RunSQL(KNOW, "DROP FUNCTION core_is_time_zone(text)"),
        pgtrigger.migrations.AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='no_circle', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."parent_id" IS NOT NULL)', func="\n            PERFORM pg_advisory_xact_lock('core_jurisdiction'::regclass::oid::bigint);\n            IF EXISTS (\n                WITH RECURSIVE above(id) AS (\n                    SELECT NEW.parent_id\n                    UNION\n                    SELECT entry.parent_id FROM core_jurisdiction AS entry JOIN above ON above.id = entry.id\n                )\n                SELECT FROM above WHERE above.id = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'A row of core_jurisdiction would stand below itself.' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='54c78b8c988d05cc158d622fe1ddbd06e6f8496c', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_no_circle_a773d', table='core_jurisdiction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='no_circle', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."parent_id" IS NOT NULL)', func="\n            PERFORM pg_advisory_xact_lock('core_skill'::regclass::oid::bigint);\n            IF EXISTS (\n                WITH RECURSIVE above(id) AS (\n                    SELECT NEW.parent_id\n                    UNION\n                    SELECT entry.parent_id FROM core_skill AS entry JOIN above ON above.id = entry.id\n                )\n                SELECT FROM above WHERE above.id = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'A row of core_skill would stand below itself.' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='dd218b51a3df50eff5bdc055e93235510da66108', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_no_circle_b4811', table='core_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='mark_recoveries', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.is_staff AND OLD.is_active AND NOT (NEW.is_staff AND NEW.is_active))', func='\n                    UPDATE core_factorrecovery SET role_lost_at = now()\n                    WHERE ended_at IS NULL AND role_lost_at IS NULL AND OLD.id IN (requested_by_id, approved_by_id);\n                    RETURN NULL;\n                ', hash='5e948f87024ccda73c0754c6a58bb03d4593870c', operation='UPDATE OF "is_staff", "is_active"', pgid='pgtrigger_mark_recoveries_08ffd', table='core_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactaccess',
            trigger=pgtrigger.compiler.Trigger(name='unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e0b091dca02fe6049bcabf6e27ff7f39a8f4c141', operation='UPDATE', pgid='pgtrigger_unchanged_f3477', table='core_contactaccess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactaccess',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.at > now() - interval '365 days')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68749aafb9bce00ee7eb9f04c4006e195100c761', operation='DELETE', pgid='pgtrigger_kept_2c037', table='core_contactaccess', when='BEFORE')),
        ),
    ]
