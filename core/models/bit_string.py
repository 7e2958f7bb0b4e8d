"""A model field for PostgreSQL's `bit(n)`."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class BitStringField(models.Field):  # type: ignore[type-arg]  # no subscript at run time
    """A fixed number of bits; in Python a text of the digits 0 and 1, of which the leftmost is bit 0."""

    def __init__(self, bits: int, *args: Any, **kwargs: Any) -> None:
        self.bits = bits
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return the field as a migration writes it."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.bits, *args], kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        return f"bit({self.bits})"
