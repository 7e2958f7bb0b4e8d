"""Bits as a column."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class BitStringField(models.Field):  # type: ignore[type-arg]  # no subscript at run time
    """So many bits, each 0 or 1, the leftmost being bit 0; in Python a text of these digits."""

    def __init__(self, bits: int, *args: Any, **kwargs: Any) -> None:
        self.bits = bits
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As a migration writes it down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.bits, *args], kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return f"bit({self.bits})"
