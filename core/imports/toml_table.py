"""Read a table of a mapping strictly: every mistake is reported in one sentence that names its key."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid

Texts = tuple[str, ...]


class StrictTable:
    """A TOML table with its path in the file.

    It notes which keys are read, so that `refuse_unused_keys` can refuse the others.
    """

    def __init__(self, content: object, path: str = "") -> None:
        if not isinstance(content, dict):
            raise Invalid(_("%(key)s must be a table, that is, keys and their values.") % {"key": path}, field=path)
        self._content: dict[str, Any] = content
        self._used_keys: set[str] = set()
        self.path = path

    def path_of(self, key: str) -> str:
        """Return the whole path of a key, with dots."""
        return f"{self.path}.{key}" if self.path else key

    def error_at(self, key: str, message: str, **values: object) -> Invalid:
        """Return the error about this key; `message` names it with `%(key)s`, and may use `values` likewise."""
        path = self.path_of(key)
        return Invalid(message % {"key": path, **values}, field=path)

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def raw(self, key: str) -> Any:
        """Return the value as TOML has it; None without this key."""
        self._used_keys.add(key)
        return self._content.get(key)

    def table(self, key: str) -> "StrictTable":
        """Return the table under this key; an empty one without it."""
        content = self.raw(key)
        return StrictTable({} if content is None else content, self.path_of(key))

    def tables(self, key: str) -> list["StrictTable"]:
        """Return the tables of the list under this key."""
        contents = self.raw(key)
        if contents is not None and not isinstance(contents, list):
            raise self.error_at(key, _("%(key)s must be written as [[%(name)s]], once for each."), name=key)
        return [
            StrictTable(content, f"{self.path_of(key)}[{number}]") for number, content in enumerate(contents or (), 1)
        ]

    def names(self) -> list[str]:
        """Return the keys of the table."""
        return list(self._content)

    def text(self, key: str, default: str = "") -> str:
        """Return the text under this key. Raises Invalid for anything but a text."""
        value = self.raw(key)
        if value is not None and not isinstance(value, str):
            raise self.error_at(key, _("%(key)s must be a text in quotation marks."))
        return default if value is None else value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return the boolean under this key. Raises Invalid for anything else."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise self.error_at(key, _("%(key)s must be true or false."))
        return default if value is None else value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """Return the whole number under this key. Raises Invalid unless it is from `low` to `high`."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.error_at(key, _("%(key)s must be a whole number from %(low)s to %(high)s."), low=low, high=high)
        return value

    def one_of(self, key: str, default: str, options: tuple[str, ...]) -> str:
        """Return the text under this key. Raises Invalid unless it is one of `options`."""
        value = self.text(key, default)
        if value not in options:
            raise self.error_at(
                key,
                _("%(key)s is “%(value)s”, but must be one of %(options)s."),
                value=value,
                options=", ".join(options),
            )
        return value

    def texts(self, key: str) -> Texts | None:
        """Return a literal, or a list of them, as texts; None without the key, () for an empty text."""
        value = self.raw(key)
        return None if value is None else read_literals(value, self.path_of(key))

    def refuse_unused_keys(self) -> None:
        """Raise Invalid for a key that was never read: it would silently be without effect."""
        for key in self._content:
            if key not in self._used_keys:
                raise self.error_at(
                    key,
                    _("%(key)s is not known here. Check its spelling; known are %(names)s."),
                    names=", ".join(sorted(self._used_keys)),
                )


def read_literals(value: object, path: str) -> Texts:
    """Return a literal of TOML, or a list of them, as the texts that a cell would hold. Raises Invalid."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in (_read_literal(literal, path) for literal in values) if text)


def _read_literal(value: object, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value).strip()
    if type(value) is date:
        return value.isoformat()
    raise Invalid(
        _("%(key)s must be a text, a whole number, true or false, a day, or a list of such.") % {"key": path},
        field=path,
    )
