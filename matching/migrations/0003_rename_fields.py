"""Give fields the names that the API has for them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_rename_fields'),
        ('matching', '0002_install_triggers'),
        ('volunteers', '0003_rename_fields'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='pin',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pin',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pin',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='veto',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='veto',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='veto',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='checklisttick',
            name='matching_checklisttick_once',
        ),
        migrations.RemoveConstraint(
            model_name='estimateanswer',
            name='matching_estimateanswer_once',
        ),
        migrations.RemoveConstraint(
            model_name='estimateanswer',
            name='matching_estimateanswer_band',
        ),
        migrations.RemoveConstraint(
            model_name='problemreport',
            name='matching_problemreport_problem',
        ),
        migrations.RemoveConstraint(
            model_name='run',
            name='matching_run_one_full',
        ),
        migrations.RemoveConstraint(
            model_name='run',
            name='matching_run_result',
        ),
        migrations.RemoveIndex(
            model_name='run',
            name='matching_run_due',
        ),
        migrations.RenameField(
            model_name='calendarfeed',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='calendarfeed',
            old_name='digest',
            new_name='secret_digest',
        ),
        migrations.RenameField(
            model_name='checklisttick',
            old_name='code',
            new_name='item_code',
        ),
        migrations.RenameField(
            model_name='checklisttick',
            old_name='done_at',
            new_name='ticked_at',
        ),
        migrations.RenameField(
            model_name='checklisttick',
            old_name='done_by',
            new_name='ticked_by',
        ),
        migrations.RenameField(
            model_name='estimateanswer',
            old_name='opens',
            new_name='people_added',
        ),
        migrations.RenameField(
            model_name='estimateanswer',
            old_name='fits',
            new_name='people_fitting',
        ),
        migrations.RenameField(
            model_name='estimateanswer',
            old_name='digest',
            new_name='question_digest',
        ),
        migrations.RenameField(
            model_name='match',
            old_name='parts',
            new_name='score_parts',
        ),
        migrations.RenameField(
            model_name='pin',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='pin',
            old_name='made_by',
            new_name='created_by',
        ),
        migrations.RenameField(
            model_name='pinevent',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='pinevent',
            old_name='made_by',
            new_name='created_by',
        ),
        migrations.RenameField(
            model_name='problemreport',
            old_name='problem',
            new_name='kind',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='filled',
            new_name='filled_count',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='digest',
            new_name='input_digest',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='limited',
            new_name='is_limited',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='pairs',
            new_name='pair_count',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='asked_at',
            new_name='requested_at',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='asked_by',
            new_name='requested_by',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='seats',
            new_name='seat_count',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='stages',
            new_name='stage_seconds',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='cut',
            new_name='stopped_early',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='stored',
            new_name='stored_count',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='volunteers',
            new_name='volunteer_count',
        ),
        migrations.RenameField(
            model_name='veto',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='veto',
            old_name='made_by',
            new_name='created_by',
        ),
        migrations.RenameField(
            model_name='vetoevent',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='vetoevent',
            old_name='made_by',
            new_name='created_by',
        ),
        migrations.RenameField(
            model_name='run',
            old_name='people',
            new_name='volunteers',
        ),
        migrations.AlterModelOptions(
            name='run',
            options={'ordering': ['-requested_at']},
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['requested_at'], name='matching_run_due'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.UniqueConstraint(fields=('match', 'stage', 'item_code'), name='matching_checklisttick_once'),
        ),
        migrations.AddConstraint(
            model_name='estimateanswer',
            constraint=models.UniqueConstraint(fields=('campaign', 'day', 'question_digest'), name='matching_estimateanswer_once'),
        ),
        migrations.AddConstraint(
            model_name='estimateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('people_fitting__in', ['none', '1-4', 'under 5', '5-9', '10-24', '25+'])), name='matching_estimateanswer_band'),
        ),
        migrations.AddConstraint(
            model_name='problemreport',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['conduct', 'safety', 'privacy', 'promise', 'other'])), name='matching_problemreport_kind'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('is_limited', False), ('state', 'running')), fields=('state',), name='matching_run_one_full'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('bound__gte', models.F('value')), ('filled_count__lte', models.F('seat_count')), ('value__isnull', False)), _connector='OR'), name='matching_run_result'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pin',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_pinevent" ("created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "seat_id", "volunteer_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."seat_id", NEW."volunteer_id"); RETURN NULL;', hash='e1293b87ca88c89128e55541f000b84549cf1d88', operation='INSERT', pgid='pgtrigger_insert_insert_9e657', table='matching_pin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pin',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."seat_id" IS DISTINCT FROM (NEW."seat_id") OR OLD."volunteer_id" IS DISTINCT FROM (NEW."volunteer_id"))', func='INSERT INTO "matching_pinevent" ("created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "seat_id", "volunteer_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."seat_id", NEW."volunteer_id"); RETURN NULL;', hash='43a088202dc6223770929200f96a21e14709d0b2', operation='UPDATE', pgid='pgtrigger_update_update_db33f', table='matching_pin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pin',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_pinevent" ("created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "seat_id", "volunteer_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."seat_id", OLD."volunteer_id"); RETURN NULL;', hash='cf3c9ef62ab2ac856975a1d20b41ab7530ed46bf', operation='DELETE', pgid='pgtrigger_delete_delete_bbe65', table='matching_pin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='veto',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_vetoevent" ("campaign_id", "created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "side", "volunteer_id") VALUES (NEW."campaign_id", NEW."created_at", NEW."created_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."side", NEW."volunteer_id"); RETURN NULL;', hash='6a2f6320966d1e46233d826abcac7c28aeb64b5c', operation='INSERT', pgid='pgtrigger_insert_insert_db9e8', table='matching_veto', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='veto',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."volunteer_id" IS DISTINCT FROM (NEW."volunteer_id"))', func='INSERT INTO "matching_vetoevent" ("campaign_id", "created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "side", "volunteer_id") VALUES (NEW."campaign_id", NEW."created_at", NEW."created_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."side", NEW."volunteer_id"); RETURN NULL;', hash='9a42d8b4c6aa29533eb84089c3a29f32818002cc', operation='UPDATE', pgid='pgtrigger_update_update_2f655', table='matching_veto', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='veto',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_vetoevent" ("campaign_id", "created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "side", "volunteer_id") VALUES (OLD."campaign_id", OLD."created_at", OLD."created_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."side", OLD."volunteer_id"); RETURN NULL;', hash='720749d12bb2f44c24a7ae3a4b4240eb1feb31f3', operation='DELETE', pgid='pgtrigger_delete_delete_a8a30', table='matching_veto', when='AFTER')),
        ),
    ]
