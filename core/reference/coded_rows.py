"""Reference tables whose rows have a code, plain fields and an optional parent in the same table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.models import Jurisdiction, Party, Skill
from core.reference.sync import Fields, MissingReferenceError


@dataclass(frozen=True)
class CodedRows:
    """A reference table with its shipped entries; `parent` in them is the code of the parent, or empty."""

    kind: str
    model: type[Skill] | type[Jurisdiction] | type[Party]
    entries: Mapping[str, Fields]

    def read_rows(self) -> dict[str, Fields]:
        """Return the rows that have a code of these entries, and lock them."""
        rows = self.model._default_manager.filter(code__in=self.entries).select_for_update(no_key=True).order_by("pk")
        codes: dict[Any, str] = dict(self.model._default_manager.values_list("pk", "code"))
        return {row.code: _read_fields(row, self.entries[row.code], codes) for row in rows}

    def create_row(self, code: str, fields: Fields) -> None:
        """Create a row. Raises MissingReferenceError when the parent is missing."""
        self.model._default_manager.create(code=code, **self._resolve_parent(fields))

    def update_row(self, code: str, changes: Fields) -> None:
        """Update a row. Raises MissingReferenceError when the parent is missing."""
        self.model._default_manager.filter(code=code).update(**self._resolve_parent(changes))

    def _resolve_parent(self, fields: Fields) -> Fields:
        if "parent" not in fields:
            return fields
        code = fields["parent"]
        parent = self.model._default_manager.filter(code=code).first()
        if code and parent is None:
            raise MissingReferenceError(code)
        return {**fields, "parent": parent}


def _read_fields(row: Any, names: Fields, codes: Mapping[Any, str]) -> Fields:
    return {name: codes.get(row.parent_id, "") if name == "parent" else getattr(row, name) for name in names}
