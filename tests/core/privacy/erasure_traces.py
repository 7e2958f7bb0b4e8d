"""Look for what is left of a person after an erasure."""

import json
from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from core.models import User
from core.privacy.erasure import (
    erase_own_account,
)


def everywhere(*words: str) -> list[str]:
    """Each column of the whole database in which one of the words stands, sessions opened."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            cursor.execute(
                f'SELECT {", ".join(f"""{chr(34)}{one}{chr(34)}::text""" for one in columns)} FROM "{table}"'
            )
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    told = _opened(table, column, value or "")
                    found += [f"{table}.{column}: {word}" for word in words if word.lower() in told.lower()]
    return sorted(set(found))


def _opened(table: str, column: str, value: str) -> str:
    if (table, column) != ("django_session", "session_data"):
        return value
    return json.dumps(SessionStore().decode(value))


def erase(user: User, at: datetime) -> None:
    erase_own_account(actor=user, understands_consequences=True, is_confirmed=True, at=at)


HERS = ("alizee", "merriweather", "alice@example.org", "Hello Carol", "Hello Alice", "It is late", "Alice is late")
HER_WORDS = (
    "Called Alice back",
    "Alice's note",
    "Alice has no time",
    "Never, says",
    "Alice asked.",
    "Spoke with Alice",
)
