"""Join the bands below five in the stored answers to supply estimates, as new answers do."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def join_bands(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Answer nobody and a few alike in the answers of this day too."""
    answers = apps.get_model("matching", "EstimateAnswer").objects
    answers.filter(people_fitting__in=["none", "1-4"]).update(people_fitting="under 5")


class Migration(migrations.Migration):
    """The earlier bands are not restored: what they told is to be forgotten."""

    dependencies = [("matching", "0009_fill_open_promises")]

    operations = [migrations.RunPython(join_bands, migrations.RunPython.noop)]
