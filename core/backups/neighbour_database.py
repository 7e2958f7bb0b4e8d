"""A second database beside ours, in which a restore does all its work, and which takes the place of ours at the end.

Until then ours is untouched, and nobody sees rows that are not finished. Renaming is one transaction of PostgreSQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection, connections
from django.utils.translation import gettext as _
from psycopg import sql

from core.errors import WrongState

MAINTENANCE_DATABASE = "postgres"
MAX_DATABASE_NAME_BYTES = 50  # PostgreSQL takes 63, and a suffix follows
SWAP_ATTEMPTS = 10
LOCK_NUMBER = 7_402_190_361  # only told from other advisory locks

_PROPERTIES_SQL = """
    SELECT format(
        'ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L LOCALE_PROVIDER %%s', pg_encoding_to_char(encoding), datcollate,
        datctype, CASE datlocprovider WHEN 'b' THEN 'builtin' WHEN 'i' THEN 'icu' ELSE 'libc' END
    ) || CASE datlocprovider
        WHEN 'b' THEN format(' BUILTIN_LOCALE %%L', facts ->> 'datlocale')
        WHEN 'i' THEN format(' ICU_LOCALE %%L', coalesce(facts ->> 'datlocale', facts ->> 'daticulocale'))
        ELSE ''
    END
    FROM pg_database d, to_jsonb(d) AS facts WHERE datname = %s
"""

_SETTINGS_SQL = """
    SELECT format(
        'ALTER %%s SET %%I TO %%L',
        CASE WHEN setrole = 0 THEN format('DATABASE %%I', %(new)s::text)
             ELSE format('ROLE %%s IN DATABASE %%I', setrole::regrole, %(new)s::text) END,
        split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
    )
    FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase, unnest(setconfig) AS setting
    WHERE datname = %(old)s
"""

_RIGHTS_SQL = """
    SELECT format('REVOKE ALL ON DATABASE %%I FROM PUBLIC', %(new)s::text)
    FROM pg_database WHERE datname = %(old)s AND datacl IS NOT NULL
    UNION ALL
    SELECT format(
        'GRANT %%s ON DATABASE %%I TO %%s', privilege_type, %(new)s::text,
        CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
    )
    FROM pg_database, aclexplode(datacl) WHERE datname = %(old)s
"""


class NeighbourDatabase:
    """An empty database beside ours, while Django's connections lead to it."""

    def __init__(self, maintenance: "psycopg.Connection[Any]", original: str, name: str) -> None:
        self._maintenance = maintenance
        self._original = original
        self.name = name

    def take_place(self) -> None:
        """Give this database the name of ours, and drop ours. Sessions in both end. Raises WrongState."""
        replaced = _add_suffix(self._original, "_replaced")
        self._drop(replaced)
        for attempt in range(SWAP_ATTEMPTS):
            connect_to(self._original)
            try:
                # A session that begins between the two statements makes the renaming fail, and is ended the next time.
                self._end_sessions()
                with self._maintenance.transaction():
                    self._rename(self._original, replaced)
                    self._rename(self.name, self._original)
                break
            except psycopg.errors.ObjectInUse as error:
                if attempt == SWAP_ATTEMPTS - 1:
                    message = _("Other programs keep connecting to the database: stop web and workers, and try again.")
                    raise WrongState(message) from error
        self._drop(replaced)

    def drop(self) -> None:
        """Drop this database, if it has not taken the place of ours."""
        connect_to(self._original)
        self._drop(self.name)

    def _end_sessions(self) -> None:
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)"
        # Those of other roles only a superuser may end. The renaming finds out whether there are any.
        with suppress(psycopg.errors.InsufficientPrivilege):
            self._maintenance.execute(statement, [[self._original, self.name]])

    def _rename(self, old: str, new: str) -> None:
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self._maintenance.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))

    def _drop(self, name: str) -> None:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._maintenance.execute(statement.format(sql.Identifier(name)))


@contextmanager
def using_neighbour_database() -> Iterator[NeighbourDatabase]:
    """Make an empty database with the properties of ours, and lead Django's connections to it in the block.

    At the end it is dropped, unless it has taken the place of ours. Raises WrongState: another restore is at work, or
    our role may not do this.
    """
    original = str(connection.settings_dict["NAME"])
    parameters = connection.get_connection_params() | {"dbname": MAINTENANCE_DATABASE}
    name = _add_suffix(original, "_restoring")
    try:
        with psycopg.connect(**parameters, autocommit=True) as maintenance:
            _take_lock(maintenance)
            neighbour = NeighbourDatabase(maintenance, original, name)
            neighbour._drop(name)  # of a restore that was killed
            _create_like(maintenance, original, name)
            try:
                connect_to(name)
                yield neighbour
            finally:
                neighbour.drop()
    except psycopg.errors.InsufficientPrivilege as error:
        message = _(
            "“%(role)s” may not make a database beside this one and let it take its place. Connect as the role that "
            "owns the database, with the right CREATEDB."
        )
        raise WrongState(message % {"role": connection.settings_dict["USER"]}) from error


def connect_to(name: str) -> None:
    """Let the connections of this process lead to the database of that name."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _take_lock(maintenance: "psycopg.Connection[Any]") -> None:
    row = maintenance.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER]).fetchone()
    if row != (True,):
        raise WrongState(_("Another restore is at work on this server: wait until it has ended."))


def _create_like(maintenance: "psycopg.Connection[Any]", original: str, name: str) -> None:
    """Create an empty database with the locale, the settings and the rights of the original."""
    row = maintenance.execute(_PROPERTIES_SQL, [original]).fetchone()
    assert row is not None  # we have just been connected to it
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ").format(sql.Identifier(name))
    maintenance.execute(statement + sql.SQL(row[0]))
    for query in (_SETTINGS_SQL, _RIGHTS_SQL):
        for (copied,) in maintenance.execute(query, {"old": original, "new": name}).fetchall():
            maintenance.execute(copied)


def _add_suffix(name: str, suffix: str) -> str:
    return name.encode()[:MAX_DATABASE_NAME_BYTES].decode(errors="ignore") + suffix
