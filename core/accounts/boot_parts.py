"""Parts of the boot answer, `GET /me`: each app registers its own in a module `boot_parts`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.serializers import BaseSerializer, Serializer

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class BootPart:
    """One key of the boot answer: what an app knows of the caller, and nothing of other people.

    `read` returns what `serializer` shows: many rows if `is_list`, else one; None only if `may_be_null`.
    """

    description: str
    serializer: type[Serializer[Any]]
    read: Callable[[User], Any]
    is_list: bool = False
    may_be_null: bool = False


_parts = Registry[BootPart]("part of the boot answer")


def register_boot_part(name: str, part: BootPart) -> None:
    """Add a key to the boot answer. Raises ValueError when the name is taken."""
    _parts.register(name, part)


def read_boot_parts(user: User) -> Mapping[str, Any]:
    """Return what the parts say of a user, by name."""
    return {name: part.read(user) for name, part in _parts.items()}


def build_boot_fields(source: str) -> dict[str, BaseSerializer[Any]]:
    """Return a field for each part, which finds its value in the mapping at `source`."""
    return {name: _build_field(part, f"{source}.{name}") for name, part in _parts.items()}


def _build_field(part: BootPart, source: str) -> BaseSerializer[Any]:
    options: dict[str, Any] = {"many": True} if part.is_list else {"allow_null": part.may_be_null}
    return part.serializer(source=source, help_text=part.description, read_only=True, **options)
