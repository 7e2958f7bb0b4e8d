"""Give fields the names that the API has for them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0002_install_triggers'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='vetting',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vetting',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vetting',
            name='delete_delete',
        ),
        migrations.RenameField(
            model_name='skillclaim',
            old_name='wanted',
            new_name='wants_to_use',
        ),
        migrations.RenameField(
            model_name='vetting',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='vetting',
            old_name='until',
            new_name='valid_until',
        ),
        migrations.RenameField(
            model_name='vettingevent',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='vettingevent',
            old_name='until',
            new_name='valid_until',
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
    ]
