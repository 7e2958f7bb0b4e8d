"""A database of its own for what is measured with one, filled with copies of the demo's people."""

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
INVENTED_VOLUNTEERS = 1_000  # people who are invented; the others are their copies
COPY_ID_STEP = 1_000_000  # between the ids of a row and of its copy
ID_COLUMNS = ("id", "user_id", "volunteer_id")
USER_TABLE, VOLUNTEER_TABLE = "core_user", "volunteers_volunteer"


@contextmanager
def open_bench_database() -> Iterator[None]:
    """Django, with an empty database and broker of its own, as long as the block lasts; nobody hears its messages."""
    with using_servers(BENCH_PATHS, [postgres.SERVER_NAME, valkey.SERVER_NAME]) as servers:
        servers.discard_data()
        os.environ.update(build_child_environment(BENCH_PATHS, servers.environment))
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield
        connection.close()


def fill_database(volunteers: int, campaigns: int) -> None:
    """So many people, in whole thousands, invented from the demo's seed and copied, and so many campaigns."""
    call_command("seed_demo", volunteers=min(volunteers, INVENTED_VOLUNTEERS), campaigns=campaigns, verbosity=0)
    tables = ("core.User", "volunteers.Volunteer", "volunteers.SkillClaim", "volunteers.AvailabilityWindow")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # neither triggers nor a look at every foreign key
        for name in tables:
            _copy_rows(cursor, apps.get_model(name), volunteers // INVENTED_VOLUNTEERS - 1)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _copy_rows(cursor: CursorWrapper, model: type[models.Model], copies: int) -> None:
    """Rows with the same values as those there are, each copy with ids of its own."""
    fresh = {"public_id": "gen_random_uuid()", "source_key": "copy || '.' || source_key"}
    if model._meta.db_table == USER_TABLE:
        fresh["email"] = "copy || '.' || email"
    names = [str(field.column) for field in model._meta.local_concrete_fields]
    values = [
        f"{name} + copy * {COPY_ID_STEP}" if name in ID_COLUMNS else fresh.get(name, f'"{name}"') for name in names
    ]
    people = f"WHERE id IN (SELECT user_id FROM {VOLUNTEER_TABLE})" if model._meta.db_table == USER_TABLE else ""
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(chr(34) + name + chr(34) for name in names)}) "
        f"SELECT {', '.join(values)} FROM {model._meta.db_table}, generate_series(1, {copies}) AS copy {people}"
    )
