"""Bring shipped reference data into the database, and keep what was edited there.

A field counts as edited when its row differs from what the last sync shipped. Rows are created and corrected, and never
deleted, even when they are no longer shipped. A row that was deleted here stays deleted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import structlog
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import module_has_submodule

from core.models import ShippedEntry

log = structlog.get_logger(__name__)

MODULE = "reference_data"

Fields = dict[str, Any]
"""Values that JSON can hold, by the name of their field; a reference to another row is its code."""


class MissingReferenceError(LookupError):
    """An entry refers to a row that is not in this database."""


class ReferenceTable(Protocol):
    """Rows of one kind that have a code."""

    @property
    def kind(self) -> str:
        """Return the name of the kind in `ShippedEntry`; it must never change."""

    @property
    def entries(self) -> Mapping[str, Fields]:
        """Return the shipped entries by code; parents come before their children."""

    def read_rows(self) -> dict[str, Fields]:
        """Return the rows that have a code of `entries`, in the same form, and lock them."""

    def create_row(self, code: str, fields: Fields) -> None:
        """Create a row. Raises MissingReferenceError before anything is written."""

    def update_row(self, code: str, changes: Fields) -> None:
        """Update a row. Raises MissingReferenceError before anything is written."""


@dataclass(slots=True)
class SyncResult:
    """How many rows of one kind were created, and how many corrected."""

    kind: str
    created: int = 0
    corrected: int = 0


@transaction.atomic
def sync_installation() -> list[SyncResult]:
    """Sync the reference data of every app, in the order of INSTALLED_APPS; one sync at a time.

    An app takes part with a module `reference_data` that has a function `sync_reference_data`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sync_reference_data'))")
    results: list[SyncResult] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, MODULE):
            results += import_module(f"{config.name}.{MODULE}").sync_reference_data()
    return results


def is_fully_migrated() -> bool:
    """Return whether all migrations are applied; they are not after `migrate core 0001`, for example."""
    loader = MigrationLoader(connection)
    return all(name in loader.applied_migrations for name in loader.graph.leaf_nodes())


def sync_table(table: ReferenceTable) -> SyncResult:
    """Create what is new and correct what was not edited.

    An entry that refers to a missing row waits for it, with a warning.
    """
    result = SyncResult(table.kind)
    entries_by_code = {entry.code: entry for entry in ShippedEntry.objects.filter(kind=table.kind)}
    rows = table.read_rows()
    new: list[ShippedEntry] = []
    for code, fields in table.entries.items():
        entry, row = entries_by_code.get(code), rows.get(code)
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
            log.warning("reference data is left out", kind=table.kind, code=code, missing=str(error))
            continue
        if entry is None:
            new.append(ShippedEntry(kind=table.kind, code=code, fields=fields))
        elif entry.fields != fields:
            entry.fields = fields
            entry.save(update_fields=["fields"])
    ShippedEntry.objects.bulk_create(new)
    return result


def merge_fields(*, shipped: Fields, last_shipped: Fields, row: Fields) -> Fields:
    """Return the changes that bring a row up to what is shipped, without the fields that were edited.

    A field that was not shipped before has its default in the row, and takes what is shipped.
    """
    return dict(_find_changes(shipped, last_shipped, row))


def _find_changes(shipped: Fields, last_shipped: Fields, row: Fields) -> Iterator[tuple[str, Any]]:
    for name, value in shipped.items():
        was_edited = name in last_shipped and row[name] != last_shipped[name]
        if row[name] != value and not was_edited:
            yield name, value
