"""A separate database for benchmarks, filled with copies of the demo's volunteers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from local import postgres, valkey
from local.environment import build_child_environment
from local.paths import REPOSITORY, ServerPaths
from local.servers import using_servers

BENCH_PATHS = ServerPaths(REPOSITORY, "bench", durable=False)
INVENTED_VOLUNTEERS = 1_000  # volunteers that are drawn; the others are their copies
COPY_ID_STEP = 1_000_000  # between the ids of a row and of its copy
ID_COLUMNS = ("id", "user_id", "volunteer_id")
USER_TABLE, VOLUNTEER_TABLE = "core_user", "volunteers_volunteer"


@contextmanager
def open_bench_database() -> Iterator[None]:
    """Set Django up with an empty database and broker of its own for the length of the block.

    No worker runs, so its tasks are never executed.
    """
    with using_servers(BENCH_PATHS, [postgres.SERVER_NAME, valkey.SERVER_NAME]) as servers:
        servers.discard_data()
        os.environ.update(build_child_environment(BENCH_PATHS, servers.environment))
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield
        connection.close()


def fill_database(volunteers: int, campaigns: int) -> None:
    """Store volunteers, in whole thousands, drawn from the demo's seed and copied, and campaigns."""
    call_command("seed_demo", volunteers=min(volunteers, INVENTED_VOLUNTEERS), campaigns=campaigns, verbosity=0)
    tables = ("core.User", "volunteers.Volunteer", "volunteers.SkillClaim", "volunteers.AvailabilityWindow")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # skips triggers and foreign-key checks
        for name in tables:
            _copy_rows(cursor, apps.get_model(name), volunteers // INVENTED_VOLUNTEERS - 1)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _copy_rows(cursor: CursorWrapper, model: type[models.Model], copies: int) -> None:
    """Copy the rows that there are `copies` times, each copy with ids of its own."""
    expressions = {"public_id": "gen_random_uuid()", "source_key": "copy || '.' || source_key"}
    if model._meta.db_table == USER_TABLE:
        expressions["email"] = "copy || '.' || email"
    names = [str(field.column) for field in model._meta.local_concrete_fields]
    values = [
        f"{name} + copy * {COPY_ID_STEP}" if name in ID_COLUMNS else expressions.get(name, f'"{name}"')
        for name in names
    ]
    condition = f"WHERE id IN (SELECT user_id FROM {VOLUNTEER_TABLE})" if model._meta.db_table == USER_TABLE else ""
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(chr(34) + name + chr(34) for name in names)}) "
        f"SELECT {', '.join(values)} FROM {model._meta.db_table}, generate_series(1, {copies}) AS copy {condition}"
    )
