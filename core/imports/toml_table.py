"""Reading a table of a mapping strictly: every mistake is one sentence that names its key."""

from datetime import date
from typing import Any

from core.errors import Invalid

Texts = tuple[str, ...]


class StrictTable:
    """A TOML table and the path that leads to it. Every key that is asked for is used; `finish` refuses the others."""

    def __init__(self, content: object, path: str = "") -> None:
        if not isinstance(content, dict):
            raise Invalid(f"{path} must be a table, that is, keys and their values.", field=path)
        self._content: dict[str, Any] = content
        self._used: set[str] = set()
        self.path = path

    def path_of(self, key: str) -> str:
        """The whole path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def error_at(self, key: str, must: str) -> Invalid:
        """The error that says what this key must be."""
        return Invalid(f"{self.path_of(key)} {must}", field=self.path_of(key))

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def raw(self, key: str) -> Any:
        """The value as it stands there, None if it does not."""
        self._used.add(key)
        return self._content.get(key)

    def table(self, key: str) -> "StrictTable":
        """The table under this key; an empty one if there is none."""
        found = self.raw(key)
        return StrictTable({} if found is None else found, self.path_of(key))

    def tables(self, key: str) -> list["StrictTable"]:
        """The tables of the list under this key."""
        found = self.raw(key)
        if found is not None and not isinstance(found, list):
            raise self.error_at(key, f"must be written as [[{key}]], once for each.")
        return [StrictTable(one, f"{self.path_of(key)}[{number}]") for number, one in enumerate(found or (), 1)]

    def names(self) -> list[str]:
        """The keys that stand there."""
        return list(self._content)

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        found = self.raw(key)
        if found is not None and not isinstance(found, str):
            raise self.error_at(key, "must be a text in quotation marks.")
        return default if found is None else found

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        found = self.raw(key)
        if found is not None and not isinstance(found, bool):
            raise self.error_at(key, "must be true or false.")
        return default if found is None else found

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number within bounds."""
        found = self.raw(key)
        if found is None:
            return default
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self.error_at(key, f"must be a whole number from {low} to {high}.")
        return found

    def one_of(self, key: str, default: str, options: tuple[str, ...]) -> str:
        """One of these words."""
        found = self.text(key, default)
        if found not in options:
            raise self.error_at(key, f"is “{found}”, but must be one of {', '.join(options)}.")
        return found

    def texts(self, key: str) -> Texts | None:
        """A literal, or several in a list, as texts; None if the key is not there, () for an empty text."""
        found = self.raw(key)
        return None if found is None else read_literals(found, self.path_of(key))

    def refuse_unused_keys(self) -> None:
        """Refuses keys that nobody asked for: they would be silently without effect."""
        for key in self._content:
            if key not in self._used:
                known = ", ".join(sorted(self._used))
                raise self.error_at(key, f"is not known here. Check its spelling; known are {known}.")


def read_literals(found: object, path: str) -> Texts:
    """A literal of TOML, or a list of them, as the texts that a cell would hold."""
    values = found if isinstance(found, list) else [found]
    return tuple(text for text in (_read_literal(value, path) for value in values) if text)


def _read_literal(value: object, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value).strip()
    if type(value) is date:
        return value.isoformat()
    raise Invalid(f"{path} must be a text, a whole number, true or false, a day, or a list of such.", field=path)
