from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop_arrays(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete the arrays of earlier runs: they are stored for some days, and in a form that is no longer read."""
    apps.get_model('matching', 'RunArrays').objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0013_weigh_interest'),
    ]

    operations = [
        migrations.RunPython(drop_arrays, migrations.RunPython.noop, elidable=True),
    ]
