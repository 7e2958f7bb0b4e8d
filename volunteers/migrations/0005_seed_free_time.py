"""Works out the free time of everybody who is there, a few thousand at a time: nobody is locked for longer than a step.

Whoever changes their windows meanwhile is kept right by the triggers.
"""

from django.db import migrations

STEP = 5_000


def fill(apps, schema_editor):
    """Everybody, in the order of their ids."""
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while last is not None:
            cursor.execute(
                """
                WITH step AS (SELECT id FROM volunteers_volunteer WHERE id > %s ORDER BY id LIMIT %s)
                SELECT max(id), volunteers_refresh_free_time(array_agg(id)) FROM step
                """,
                [last, STEP],
            )
            last = cursor.fetchone()[0]


class Migration(migrations.Migration):
    atomic = False  # each step is a transaction of its own

    dependencies = [("volunteers", "0004_free_time")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
