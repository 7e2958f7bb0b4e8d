"""Decisions in the lists of the admin are about rows as the reviewer saw them.

The version of each row goes with its checkbox. A row that has changed since, or that was not on the page, is refused.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.errors import HandraiserError, Stale

MAX_VERSION_LENGTH = 64
"""A digest is the longest."""


class SeenVersionsMixin:
    """A list whose actions are given the version of each row that the reviewer saw."""

    def get_version(self, row: Any) -> int | str:
        """Return what changes whenever that changes which a reviewer decides by."""
        version: int = row.version
        return version

    def get_name(self, row: Any) -> str:
        """Return how messages name a row."""
        return str(row)

    @admin.display(description="")
    def action_checkbox(self, row: Any) -> str:
        """Return the checkbox of a row, with its version."""
        checkbox = super().action_checkbox(row)  # type: ignore[misc]
        return format_html("{}{}", checkbox, render_version_input(row.pk, self.get_version(row)))

    def act_on_each(self, request: HttpRequest, rows: Iterable[Any], act: Callable[[Any, int], object]) -> list[Any]:
        """Call `act` with each row and the version that was seen, and return the rows for which it went well.

        For each other row a message says what to do. It names the row.
        """
        done = []
        for row in rows:
            try:
                act(row, _read_number(read_seen_version(request, row.pk)))
            except HandraiserError as error:
                messages.error(request, f"{self.get_name(row)}: {error.message}")
            else:
                done.append(row)
        return done


def render_version_input(pk: int, version: int | str) -> SafeString:
    """Return a hidden form field with the version of a row that the reviewer sees."""
    return format_html('<input type="hidden" name="version-{}" value="{}">', pk, version)


def find_seen_version(request: HttpRequest, pk: int) -> str:
    """Return the version of a row that the form has; empty if it has none."""
    version = request.POST.get(f"version-{pk}", "")[:MAX_VERSION_LENGTH]
    return version if version.isascii() and version.isalnum() else ""


def _read_number(version: str) -> int:
    if not version.isdecimal():
        raise Stale(_("This was not on the page from which you sent it. Look at it, and choose it there."))
    return int(version)


def read_seen_version(request: HttpRequest, pk: int) -> str:
    """Return the version of a row that the form has. Raises Stale if it has none: so nobody saw the row."""
    version = find_seen_version(request, pk)
    if not version:
        raise Stale(_("This was not on the page from which you sent it. Look at it, and choose it there."))
    return version
