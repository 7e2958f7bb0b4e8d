"""Count the new, empty tasks of a playbook's roles as shipped: else the next sync would think that all were edited."""

from typing import Any

from django.db import migrations


def add_tasks(apps: Any, schema_editor: Any) -> None:
    """Add the tasks to the roles that were shipped without."""
    for entry in apps.get_model("core", "ShippedEntry").objects.filter(kind="playbook"):
        entry.fields["roles"] = [{"tasks": "", **role} for role in entry.fields.get("roles", [])]
        entry.save(update_fields=["fields"])


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0014_know_time_zones"),
        ("campaigns", "0010_role_tasks"),
    ]

    operations = [
        migrations.RunPython(add_tasks, migrations.RunPython.noop, elidable=True),
    ]
