"""Policy version 1, so that the first run has rules to go by."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The model's defaults, active."""
    apps.get_model("matching", "Policy").objects.get_or_create(
        number=1, defaults={"name": "First rules", "state": "active"}
    )


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_links")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
