"""The skills and places that an installation begins with, and the table that the cache lives in.

Existing rows are left as they are: from here on they belong to the reviewers.
"""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.reference.jurisdictions import JURISDICTION_SEEDS
from core.reference.skill_taxonomy import SKILL_SEEDS


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Parents stand before their children in both lists."""
    skill, place = apps.get_model("core", "Skill"), apps.get_model("core", "Jurisdiction")
    for code, name, parent, description, vetted_for in SKILL_SEEDS:
        above = skill.objects.get(code=parent) if parent else None
        skill.objects.get_or_create(
            code=code,
            defaults={"name": name, "parent": above, "description": description, "vetted_for": vetted_for},
        )
    for code, name, parent in JURISDICTION_SEEDS:
        above = place.objects.get(code=parent) if parent else None
        place.objects.get_or_create(code=code, defaults={"name": name, "parent": above})


def make_cache_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django's own table for CACHES."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
