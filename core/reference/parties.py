"""The parties that Handraiser ships: none. An installation adds its own in the admin, or by an import."""

from __future__ import annotations

from typing import NamedTuple


class PartyEntry(NamedTuple):
    """A party: its code and its name."""

    code: str
    name: str


PARTIES: tuple[PartyEntry, ...] = ()
