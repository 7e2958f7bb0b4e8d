"""Bring shipped reference data into the database, and keep what reviewers edited there.

A field counts as edited when its value differs from what the last sync shipped. Rows are created and corrected, and
never deleted: neither rows that are no longer shipped, nor edited rows. A row that was deleted here stays deleted.

Each app registers what it ships in a module `reference_data`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from core.models import ShippedEntry
from core.registry import Registry

log = structlog.get_logger(__name__)

Fields = dict[str, Any]
"""Values that JSON can hold, by field name; a field that refers to another row holds its code."""


class MissingReferenceError(LookupError):
    """An entry refers to a row that is not in this database."""


class ReferenceTable(Protocol):
    """Rows of one kind that are identified by a code."""

    @property
    def kind(self) -> str:
        """Return the name of this kind in `ShippedEntry`, which never changes."""

    @property
    def entries(self) -> Mapping[str, Fields]:
        """Return what is shipped, by code; parents come before their children."""

    def read_rows(self) -> dict[str, Fields]:
        """Lock the rows that have a code of `entries`, and return them in the same form."""

    def create_row(self, code: str, fields: Fields) -> None:
        """Create a row. Raises MissingReferenceError before anything is written."""

    def update_row(self, code: str, changes: Fields) -> None:
        """Change fields of a row. Raises MissingReferenceError before anything is written."""


@dataclass(slots=True)
class SyncResult:
    """How many rows of one kind a sync created and corrected."""

    kind: str
    created: int = 0
    corrected: int = 0


SyncFunction = Callable[[], SyncResult]

_sync_functions = Registry[SyncFunction]("reference data")


def register_reference_data(kind: str, sync: SyncFunction) -> None:
    """Add a kind of reference data: `sync` brings it up to date. Raises ValueError when the kind is taken.

    Kinds are synced in the order of registration, so a kind comes after the kinds that it refers to.
    """
    _sync_functions.register(kind, sync)


@transaction.atomic
def sync_installation() -> list[SyncResult]:
    """Sync all reference data in one transaction."""
    # Two processes that migrate at once would both create the same rows: the second waits for the first to commit.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sync_reference_data'))")
    return [sync() for sync in _sync_functions.values()]


def is_fully_migrated() -> bool:
    """Return whether all migrations are applied, so that the tables are those that this code expects."""
    loader = MigrationLoader(connection)
    return all(name in loader.applied_migrations for name in loader.graph.leaf_nodes())


def sync_table(table: ReferenceTable) -> SyncResult:
    """Create new entries, and correct fields that were not edited.

    An entry that refers to a missing row is left out with a warning; a later sync creates it.
    """
    result = SyncResult(table.kind)
    last_shipped = {entry.code: entry for entry in ShippedEntry.objects.filter(kind=table.kind)}
    rows = table.read_rows()
    new: list[ShippedEntry] = []
    for code, fields in table.entries.items():
        entry, row = last_shipped.get(code), rows.get(code)
        try:
            if row is None and entry is None:
                table.create_row(code, fields)
                result.created += 1
            elif row is not None and entry is not None:
                changes = merge_fields(shipped=fields, last_shipped=entry.fields, row=row)
                if changes:
                    table.update_row(code, changes)
                    result.corrected += 1
        except MissingReferenceError as error:
            log.warning("reference data left out", kind=table.kind, code=code, missing=str(error))
            continue
        if entry is None:
            new.append(ShippedEntry(kind=table.kind, code=code, fields=fields))
        elif entry.fields != fields:
            entry.fields = fields
            entry.save(update_fields=["fields"])
    ShippedEntry.objects.bulk_create(new)
    return result


def merge_fields(*, shipped: Fields, last_shipped: Fields, row: Fields) -> Fields:
    """Return the changes that bring a row to what is shipped, without the fields that were edited.

    A field that was not shipped before counts as not edited: the row has its default.
    """
    return dict(_find_changes(shipped, last_shipped, row))


def _find_changes(shipped: Fields, last_shipped: Fields, row: Fields) -> Iterator[tuple[str, Any]]:
    for name, value in shipped.items():
        was_edited = name in last_shipped and row[name] != last_shipped[name]
        if row[name] != value and not was_edited:
            yield name, value
