"""The triggers that write the history, keep it as it was written, and keep the weekly bitmap of free time."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Half-hours begin at each of the week's 672 quarter-hours. Windows that touch are joined before they are rounded, also
# where Sunday meets Monday. Whose rows are changed is locked first: of two who change one person's windows at once the
# second sees what the first has written. Who has no window has no row.
REFRESH = """
CREATE FUNCTION volunteers_refresh_free_time(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    every CONSTANT bit(672) := repeat('1', 672)::bit(672);
BEGIN
    PERFORM 1 FROM volunteers_volunteer WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM volunteers_freetime AS free WHERE free.volunteer_id = ANY (ids)
        AND NOT EXISTS (SELECT FROM volunteers_availabilitywindow AS one WHERE one.volunteer_id = free.volunteer_id);
    INSERT INTO volunteers_freetime (volunteer_id, half_hours)
    WITH minutes AS (
        SELECT volunteer_id, weekday * 1440 + date_part('epoch', starts)::int / 60 AS begins,
            (date_part('epoch', ends)::int / 60 - date_part('epoch', starts)::int / 60 + 1440) % 1440 AS lasts
        FROM volunteers_availabilitywindow WHERE volunteer_id = ANY (ids)
    ), laid AS (
        SELECT volunteer_id, begins, begins + lasts AS ends FROM minutes
        UNION ALL SELECT volunteer_id, begins - 10080, begins + lasts - 10080 FROM minutes WHERE begins + lasts > 10080
        UNION ALL SELECT volunteer_id, begins + 10080, begins + lasts + 10080 FROM minutes WHERE begins < 30
    ), joined AS (
        SELECT volunteer_id, range_agg(int4range(begins, ends)) AS free FROM laid GROUP BY volunteer_id
    ), stretches AS (
        SELECT volunteer_id, greatest(0, ceil(lower(one) / 15.0)::int) AS first,
            least(671, floor((upper(one) - 30) / 15.0)::int) AS last
        FROM joined, unnest(free) AS one
    )
    SELECT volunteer_id, coalesce(
        bit_or((every >> first) & ~(every >> (last + 1))) FILTER (WHERE first <= last), ~every
    )
    FROM stretches GROUP BY volunteer_id
    ON CONFLICT (volunteer_id) DO UPDATE SET half_hours = excluded.half_hours
        WHERE volunteers_freetime.half_hours <> excluded.half_hours;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(REFRESH, "DROP FUNCTION volunteers_refresh_free_time(bigint[])"),
        pgtrigger.migrations.AddTrigger(
            model_name='volunteer',
            trigger=pgtrigger.compiler.Trigger(name='known_time_zone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        IF (TG_OP = \'INSERT\' OR NEW.time_zone <> OLD.time_zone) AND NOT core_is_time_zone(NEW.time_zone) THEN\n            RAISE EXCEPTION \'"%" is not a time zone.\', NEW.time_zone USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NEW;\n    ', hash='42572053b981ef73fb8f693d4e01a6ed8af51d78', operation='INSERT OR UPDATE OF "time_zone"', pgid='pgtrigger_known_time_zone_3fa32', table='volunteers_volunteer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='availabilitywindow',
            trigger=pgtrigger.compiler.Trigger(name='free_time_after_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM volunteers_refresh_free_time(ARRAY(SELECT DISTINCT volunteer_id FROM (SELECT * FROM added) AS changed));\n            RETURN NULL;\n        ', hash='b9efad76f39f18e3fd95b75d0c3e7ce9a5bccfa0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_free_time_after_insert_97972', referencing='REFERENCING NEW TABLE AS added ', table='volunteers_availabilitywindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='availabilitywindow',
            trigger=pgtrigger.compiler.Trigger(name='free_time_after_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM volunteers_refresh_free_time(ARRAY(SELECT DISTINCT volunteer_id FROM (SELECT * FROM added UNION ALL SELECT * FROM removed) AS changed));\n            RETURN NULL;\n        ', hash='9930c367d559161fff4a4119a34a75c2fb348a63', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_free_time_after_update_98485', referencing='REFERENCING OLD TABLE AS removed  NEW TABLE AS added ', table='volunteers_availabilitywindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='availabilitywindow',
            trigger=pgtrigger.compiler.Trigger(name='free_time_after_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM volunteers_refresh_free_time(ARRAY(SELECT DISTINCT volunteer_id FROM (SELECT * FROM removed) AS changed));\n            RETURN NULL;\n        ', hash='49abc63125648bd9f2fb263566144fea2588d46d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_free_time_after_delete_c9fdd', referencing='REFERENCING OLD TABLE AS removed ', table='volunteers_availabilitywindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vetting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "volunteers_vettingevent" ("area", "created_at", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reviewer_id", "valid_until", "volunteer_id") VALUES (NEW."area", NEW."created_at", NEW."id", NEW."method", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reviewer_id", NEW."valid_until", NEW."volunteer_id"); RETURN NULL;', hash='90572ece215dd062321d8d3b92260121dce01bce', operation='INSERT', pgid='pgtrigger_insert_insert_ac4a7', table='volunteers_vetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vetting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "volunteers_vettingevent" ("area", "created_at", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reviewer_id", "valid_until", "volunteer_id") VALUES (NEW."area", NEW."created_at", NEW."id", NEW."method", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reviewer_id", NEW."valid_until", NEW."volunteer_id"); RETURN NULL;', hash='e6d8bea7d075b5f531b21c258474d3f5c518ea0c', operation='UPDATE', pgid='pgtrigger_update_update_7d450', table='volunteers_vetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vetting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "volunteers_vettingevent" ("area", "created_at", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reviewer_id", "valid_until", "volunteer_id") VALUES (OLD."area", OLD."created_at", OLD."id", OLD."method", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reviewer_id", OLD."valid_until", OLD."volunteer_id"); RETURN NULL;', hash='1b7a78713278dec81868c1f8d47c7f32648a651d', operation='DELETE', pgid='pgtrigger_delete_delete_e3b50', table='volunteers_vetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vettingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7dce816af6f44632a19b0adee2306822d476d9b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55a00', table='volunteers_vettingevent', when='BEFORE')),
        ),
    ]
