"""Rights of the application's database role. The tables belong to another role, which migrates.

The application reads and writes rows. It only reads the history, to which the database's own triggers add. It owns
nothing, so it can change no table, function or trigger.
"""

from typing import Any

import structlog
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from pghistory.models import Context, Event
from psycopg import sql

from core.errors import Invalid
from core.models import ContactAccess

log = structlog.get_logger(__name__)

READ_ONLY_TABLES = ("django_migrations", "django_content_type", "auth_permission")
"""Tables that only `migrate` writes."""

_HISTORY_TRIGGER_PATTERN = "^pgtrigger_(insert_insert|update_update|delete_delete)_"

# The library lets a session switch triggers off by a setting, and every role may set it. This disarms the setting.
_NEVER_IGNORE_TRIGGERS_SQL = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


@transaction.atomic
def grant_application_rights(*, role: str, password: str = "") -> None:
    """Grant the role exactly its rights, as the owner of the tables; create it, with that password, if it is missing.

    `migrate` repeats it, because new tables and replaced functions have no rights yet. Raises Invalid (the role is too
    powerful, or owns tables).
    """
    with connection.cursor() as cursor:
        _ensure_application_role(cursor, role, password)
        who, schema = sql.Identifier(role), sql.Identifier("public")
        for statement in (
            "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {who}",
            "GRANT USAGE ON SCHEMA {schema} TO {who}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {who}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {who}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {who}",
        ):
            cursor.execute(sql.SQL(statement).format(schema=schema, who=who))
        for table in (*list_history_tables(), *READ_ONLY_TABLES):
            statement = "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {who}"
            cursor.execute(sql.SQL(statement).format(table=sql.Identifier(table), who=who))
        statement = "REVOKE UPDATE, DELETE ON {table} FROM {who}"
        cursor.execute(sql.SQL(statement).format(table=sql.Identifier(ContactAccess._meta.db_table), who=who))
        _run_history_triggers_as_owner(cursor)


def list_history_tables() -> list[str]:
    """Return the names of the tables that only triggers write."""
    events = [model._meta.db_table for model in apps.get_models() if issubclass(model, Event) and model._meta.managed]
    return sorted({*(table for table in events if table != "pghistory_events"), Context._meta.db_table})


def refuse_owner_role() -> None:
    """Raise ImproperlyConfigured when we connect as a role that can change history, as the tables' owner can.

    While the database is away or empty this cannot be known, and no role is refused.
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
            role, can_change_history = cursor.fetchone()
    except OperationalError as error:
        log.warning("whether the database's role could change history is not known", error=str(error))
        return
    finally:
        connection.close()
    if can_change_history:
        raise ImproperlyConfigured(
            f"DATABASE_URL names “{role}”, which can change history and is for migrating. Name the application's role "
            "there: `grant_rights` gives it the rights that it needs (docs/explanation/privacy.md)."
        )


def _ensure_application_role(cursor: Any, role: str, password: str) -> None:
    cursor.execute("SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s", [role])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(sql.SQL("CREATE ROLE {who} LOGIN").format(who=sql.Identifier(role)))
    elif row[0]:
        raise Invalid(
            _("“%(role)s” could do anything to this database. Name a role that owns nothing.") % {"role": role},
            field="role",
        )
    cursor.execute("SELECT 1 FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE rolname = %s LIMIT 1", [role])
    if cursor.fetchone():
        raise Invalid(
            _("“%(role)s” owns tables here, so it could change them. Name another role.") % {"role": role}, field="role"
        )
    if password:
        statement = sql.SQL("ALTER ROLE {who} PASSWORD {password}")
        cursor.execute(statement.format(who=sql.Identifier(role), password=sql.Literal(password)))


def _run_history_triggers_as_owner(cursor: Any) -> None:
    # The application's role may not write the history, so the triggers write it with the rights of their owner.
    cursor.execute(_NEVER_IGNORE_TRIGGERS_SQL)
    cursor.execute(
        """
        SELECT proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND (proname ~ %s OR proname = '_pgh_attach_context')
        """,
        [_HISTORY_TRIGGER_PATTERN],
    )
    for (name,) in cursor.fetchall():
        statement = "ALTER FUNCTION public.{name}() SECURITY DEFINER SET search_path = public, pg_temp"
        cursor.execute(sql.SQL(statement).format(name=sql.Identifier(name)))
