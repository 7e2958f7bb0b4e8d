"""Django's command line, which ends with one sentence where the person at the terminal can put something right."""

import sys
from collections.abc import Sequence
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error, OperationalError, ProgrammingError
from environs.exceptions import EnvError

_NOT_MIGRATED = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn)


def run_command_line(arguments: Sequence[str]) -> None:
    """Run the command that the arguments name; exit with a sentence for what is no defect of ours."""
    try:
        execute_from_command_line(list(arguments))
    except (ImproperlyConfigured, EnvError, Error) as error:
        sentence = describe_start_error(error)
        if sentence is None:
            raise
        sys.exit(sentence)


def describe_start_error(error: Exception) -> str | None:
    """Return what is wrong and what to do; None for a defect."""
    if isinstance(error, ImproperlyConfigured | EnvError):
        return str(error)
    cause = error.__cause__
    if isinstance(error, ProgrammingError) and isinstance(cause, _NOT_MIGRATED):
        return "The database does not have all tables yet. Run `./run manage migrate`, then this again."
    if isinstance(cause, psycopg.errors.DiskFull):
        return "The disk of the database is full. Nothing of this command is stored. Free some, and start again."
    if isinstance(error, OperationalError) and (cause is None or getattr(cause, "sqlstate", None) is None):
        return f"The database at {_describe_database()} does not answer. Start it, or correct DATABASE_URL."
    return None


def _describe_database() -> str:
    """Return host and port, without user and password."""
    from django.conf import settings  # noqa: PLC0415  # only after the settings are known to be right

    database: dict[str, Any] = settings.DATABASES["default"]
    return ":".join(str(database[name]) for name in ("HOST", "PORT") if database[name]) or "its socket"
