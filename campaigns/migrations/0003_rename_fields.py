"""Give fields the names that the API has for them. The playbooks that were shipped before follow."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLE_FIELDS = {"hours": "hours_per_week", "seats": "seat_count", "leads": "is_lead", "decides": "makes_decisions"}


def rename_shipped_fields(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # A playbook counts as edited when it differs from its shipped entry, so the entry needs the new names too.
    _rename_role_fields(apps, ROLE_FIELDS)


def restore_shipped_fields(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rename_role_fields(apps, {new: old for old, new in ROLE_FIELDS.items()})


def _rename_role_fields(apps: StateApps, names: dict[str, str]) -> None:
    for entry in apps.get_model("core", "ShippedEntry").objects.filter(kind="playbook"):
        roles = entry.fields["roles"]
        entry.fields["roles"] = [{names.get(name, name): value for name, value in role.items()} for role in roles]
        entry.save(update_fields=["fields"])


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_install_triggers'),
        ('core', '0003_make_cache_table'),
    ]

    operations = [
        migrations.RunPython(rename_shipped_fields, restore_shipped_fields),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='playbookrole',
            name='campaigns_playbookrole_hours',
        ),
        migrations.RemoveConstraint(
            model_name='playbookrole',
            name='campaigns_playbookrole_seats',
        ),
        migrations.RemoveConstraint(
            model_name='role',
            name='campaigns_role_hours',
        ),
        migrations.RemoveConstraint(
            model_name='role',
            name='campaigns_role_minimum',
        ),
        migrations.RenameField(
            model_name='candidatelink',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='candidatelink',
            old_name='made_by',
            new_name='created_by',
        ),
        migrations.RenameField(
            model_name='candidatelink',
            old_name='digest',
            new_name='token_digest',
        ),
        migrations.RenameField(
            model_name='memberinvitation',
            old_name='digest',
            new_name='token_digest',
        ),
        migrations.RenameField(
            model_name='playbookrole',
            old_name='hours',
            new_name='hours_per_week',
        ),
        migrations.RenameField(
            model_name='playbookrole',
            old_name='leads',
            new_name='is_lead',
        ),
        migrations.RenameField(
            model_name='playbookrole',
            old_name='decides',
            new_name='makes_decisions',
        ),
        migrations.RenameField(
            model_name='playbookrole',
            old_name='seats',
            new_name='seat_count',
        ),
        migrations.RenameField(
            model_name='role',
            old_name='hours',
            new_name='hours_per_week',
        ),
        migrations.RenameField(
            model_name='role',
            old_name='leads',
            new_name='is_lead',
        ),
        migrations.RenameField(
            model_name='role',
            old_name='decides',
            new_name='makes_decisions',
        ),
        migrations.RenameField(
            model_name='role',
            old_name='minimum',
            new_name='min_to_start',
        ),
        migrations.RenameField(
            model_name='roleevent',
            old_name='hours',
            new_name='hours_per_week',
        ),
        migrations.RenameField(
            model_name='roleevent',
            old_name='leads',
            new_name='is_lead',
        ),
        migrations.RenameField(
            model_name='roleevent',
            old_name='decides',
            new_name='makes_decisions',
        ),
        migrations.RenameField(
            model_name='roleevent',
            old_name='minimum',
            new_name='min_to_start',
        ),
        migrations.AddConstraint(
            model_name='playbookrole',
            constraint=models.CheckConstraint(condition=models.Q(('hours_per_week__range', (1, 60))), name='campaigns_playbookrole_hours'),
        ),
        migrations.AddConstraint(
            model_name='playbookrole',
            constraint=models.CheckConstraint(condition=models.Q(('seat_count__range', (1, 50))), name='campaigns_playbookrole_seats'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('hours_per_week__range', (1, 60))), name='campaigns_role_hours'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('min_to_start__range', (0, 50))), name='campaigns_role_min_to_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "vetted_for") VALUES (NEW."hours_per_week", NEW."id", NEW."is_lead", NEW."languages", NEW."level", NEW."makes_decisions", NEW."min_to_start", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."request_id", NEW."skill_id", NEW."vetted_for"); RETURN NULL;', hash='81b58fd54728ccef304f805cccb6af6e846b55d1', operation='INSERT', pgid='pgtrigger_insert_insert_e36f0', table='campaigns_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "vetted_for") VALUES (NEW."hours_per_week", NEW."id", NEW."is_lead", NEW."languages", NEW."level", NEW."makes_decisions", NEW."min_to_start", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."request_id", NEW."skill_id", NEW."vetted_for"); RETURN NULL;', hash='a78d534e0a8cd42b0e35be1e96da3fe4880a566e', operation='UPDATE', pgid='pgtrigger_update_update_34da0', table='campaigns_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "vetted_for") VALUES (OLD."hours_per_week", OLD."id", OLD."is_lead", OLD."languages", OLD."level", OLD."makes_decisions", OLD."min_to_start", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."request_id", OLD."skill_id", OLD."vetted_for"); RETURN NULL;', hash='5aada2b44924f0372bf1137aad8e33c906d589dc', operation='DELETE', pgid='pgtrigger_delete_delete_316df', table='campaigns_role', when='AFTER')),
        ),
    ]
