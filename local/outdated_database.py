"""Recognise a local database that another version of Handraiser made.

Migrations are squashed now and then. A database that was migrated by files that are gone cannot be migrated further.
"""

from local import postgres
from local.paths import REPOSITORY
from local.servers import Servers
from local.user_facing_error import UserFacingError


def check_migrations_exist(servers: Servers) -> None:
    """Raise a UserFacingError when the local database records a migration of ours that is not on disk.

    Changes nothing. A database that DATABASE_URL names is not looked at.
    """
    if postgres.SERVER_NAME not in servers.names:
        return
    missing = [name for name in _read_applied_migrations(servers) if not _is_on_disk(name)]
    if missing:
        raise UserFacingError(
            f"The database in {servers.paths.var} was made by another version of Handraiser (this one has no migration "
            f"{missing[0]}): go back to that version to keep its data, or empty it with ./run demo --reset."
        )


def _read_applied_migrations(servers: Servers) -> list[str]:
    if postgres.query_database(servers.paths, servers.sockets, "SELECT to_regclass('django_migrations')") == "":
        return []
    statement = "SELECT app || '/' || name FROM django_migrations ORDER BY id"
    return postgres.query_database(servers.paths, servers.sockets, statement).splitlines()


def _is_on_disk(migration: str) -> bool:
    """Whether a migration exists; those of other packages, which have no folder here, count as existing."""
    app, _, name = migration.partition("/")
    folder = REPOSITORY / app / "migrations"
    return not folder.is_dir() or (folder / f"{name}.py").is_file()
