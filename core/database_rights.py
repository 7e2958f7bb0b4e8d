"""What the application's own role may do in the database, which belongs to the role that migrates.

It reads and writes rows, but for the history: that it reads, and only the database's own triggers add to it. It owns
nothing, so it changes no table, no function and no trigger.
"""

from typing import Any

import structlog
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from pghistory.models import Context, Event
from psycopg import sql

from core.errors import Invalid
from core.models import ContactAccess

log = structlog.get_logger(__name__)

READ_ONLY_TABLES = ("django_migrations", "django_content_type", "auth_permission")
"""What migrating writes, and nobody else."""

_HISTORY_TRIGGER_PATTERN = "^pgtrigger_(insert_insert|update_update|delete_delete)_"

# The library lets a session switch triggers off by a setting that anybody may set.
_NEVER_IGNORE_TRIGGERS_SQL = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


@transaction.atomic
def grant_application_rights(*, role: str, password: str = "") -> None:
    """Gives the role exactly its rights, and makes it with that password where there is none; the owner does it.

    Done again after each migration: what is new gets its rights, and functions that were made anew theirs. Raises
    Invalid (the role could do anything anyhow).
    """
    with connection.cursor() as cursor:
        _ensure_application_role(cursor, role, password)
        who, schema = sql.Identifier(role), sql.Identifier("public")
        for words in (
            "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {who}",
            "GRANT USAGE ON SCHEMA {schema} TO {who}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {who}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {who}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {who}",
        ):
            cursor.execute(sql.SQL(words).format(schema=schema, who=who))
        for table in (*list_history_tables(), *READ_ONLY_TABLES):
            words = "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {who}"
            cursor.execute(sql.SQL(words).format(table=sql.Identifier(table), who=who))
        words = "REVOKE UPDATE, DELETE ON {table} FROM {who}"
        cursor.execute(sql.SQL(words).format(table=sql.Identifier(ContactAccess._meta.db_table), who=who))
        _run_history_triggers_as_owner(cursor)


def list_history_tables() -> list[str]:
    """The tables that only triggers write."""
    events = [model._meta.db_table for model in apps.get_models() if issubclass(model, Event) and model._meta.managed]
    return sorted({*(table for table in events if table != "pghistory_events"), Context._meta.db_table})


def refuse_owner_role() -> None:
    """Raises ImproperlyConfigured where we connect as somebody who could change history, as the tables' owner can.

    While the database is away or empty nothing is known, and nobody is refused.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT current_user, bool_or(has_table_privilege(to_regclass(each)::oid, 'UPDATE'))
                FROM unnest(%s::text[]) AS each
                """,
                [list_history_tables()],
            )
            role, could = cursor.fetchone()
    except OperationalError as error:
        log.warning("whether the database's role could change history is not known", error=str(error))
        return
    finally:
        connection.close()
    if could:
        raise ImproperlyConfigured(
            f"DATABASE_URL names “{role}”, who could change history: that is for migrating. Name there the role of the "
            "application, to which `grant_rights` gives what it needs (docs/privacy.md)."
        )


def _ensure_application_role(cursor: Any, role: str, password: str) -> None:
    cursor.execute("SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        made = sql.SQL("CREATE ROLE {who} LOGIN").format(who=sql.Identifier(role))
        cursor.execute(made)
    elif found[0]:
        raise Invalid(f"“{role}” could do anything to this database. Name a role that owns nothing.", field="role")
    cursor.execute("SELECT 1 FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE rolname = %s LIMIT 1", [role])
    if cursor.fetchone():
        raise Invalid(f"“{role}” owns tables here, so it could change them. Name another role.", field="role")
    if password:
        words = sql.SQL("ALTER ROLE {who} PASSWORD {password}")
        cursor.execute(words.format(who=sql.Identifier(role), password=sql.Literal(password)))


def _run_history_triggers_as_owner(cursor: Any) -> None:
    """The triggers that write the history do so with the owner's rights, whoever changed a row."""
    cursor.execute(_NEVER_IGNORE_TRIGGERS_SQL)
    cursor.execute(
        """
        SELECT proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND (proname ~ %s OR proname = '_pgh_attach_context')
        """,
        [_HISTORY_TRIGGER_PATTERN],
    )
    for (name,) in cursor.fetchall():
        words = "ALTER FUNCTION public.{name}() SECURITY DEFINER SET search_path = public, pg_temp"
        cursor.execute(sql.SQL(words).format(name=sql.Identifier(name)))
