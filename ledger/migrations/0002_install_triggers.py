"""The triggers that write the history, and keep it as it was written."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='expense',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_expenseevent" ("cents", "currency", "day", "entered_at", "entered_by_id", "id", "match_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."cents", NEW."currency", NEW."day", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."match_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;', hash='6a39723853d8970fd4f6699b7a7f90b891a599ce', operation='INSERT', pgid='pgtrigger_insert_insert_e8a36', table='ledger_expense', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expense',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cents" IS DISTINCT FROM (NEW."cents") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."match_id" IS DISTINCT FROM (NEW."match_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func='INSERT INTO "ledger_expenseevent" ("cents", "currency", "day", "entered_at", "entered_by_id", "id", "match_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."cents", NEW."currency", NEW."day", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."match_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;', hash='ad30a4f285063d4da507cd4a57ca35d3e81602d4', operation='UPDATE', pgid='pgtrigger_update_update_bc73d', table='ledger_expense', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expense',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_expenseevent" ("cents", "currency", "day", "entered_at", "entered_by_id", "id", "match_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."cents", OLD."currency", OLD."day", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."match_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;', hash='376e4a2612428053c3e5e7e52c356abd5c545c87', operation='DELETE', pgid='pgtrigger_delete_delete_43427', table='ledger_expense', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8410630d382afb50f013cdba537197d1d24b2336', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e25b', table='ledger_expenseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_timeentryevent" ("day", "entered_at", "entered_by_id", "id", "kind", "match_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."day", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."match_id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;', hash='279465fe12e9aba631874c563981cdf83900f22c', operation='INSERT', pgid='pgtrigger_insert_insert_b6da6', table='ledger_timeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."match_id" IS DISTINCT FROM (NEW."match_id") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func='INSERT INTO "ledger_timeentryevent" ("day", "entered_at", "entered_by_id", "id", "kind", "match_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."day", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."match_id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;', hash='3230e813088f5a9a6aea25612c182f20e4a2bb05', operation='UPDATE', pgid='pgtrigger_update_update_27f01', table='ledger_timeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_timeentryevent" ("day", "entered_at", "entered_by_id", "id", "kind", "match_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."day", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."kind", OLD."match_id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;', hash='d1adfff94c9e4d3952413483cd9e5b421a18c0c8', operation='DELETE', pgid='pgtrigger_delete_delete_559b3', table='ledger_timeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentryevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6d28142867b19c6a635cab8173020c0569db596d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_98a47', table='ledger_timeentryevent', when='BEFORE')),
        ),
    ]
