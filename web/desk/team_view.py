"""What the queue shows, in words: the lanes at the left, and one team at the right.

The pages build these from what the queries of the review return. The templates know nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from web.design.components import Week

PARTS_LENGTH = 1_000
"""The length of a score's bar, in units of its picture."""

MAX_PARTS_DRAWN = 3


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the list. `note` has its places, when it is due, and its warnings."""

    title: str
    address: str
    note: str
    is_current: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the list with its teams, the earliest due first. `count` counts those that are not listed, too."""

    title: str
    count: int
    rows: Sequence[TeamRow]

    @property
    def more_count(self) -> int:
        """The teams that are not listed."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One thing that could be wrong. Its box is ticked before the team is approved; `code` is what is sent."""

    code: str
    person: str
    sentence: str
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class PartBar:
    """A part of a score as a piece of its bar: where it begins, how long it is, and which of three shades it has."""

    start: int
    length: int
    shade: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the team with the person proposed for it; or empty, and then `empty` says what would fill it."""

    place: str
    match: str = ""
    version: int = 0
    person: str = ""
    address: str = ""
    record: str = ""
    level_asked: int = 0
    level_held: int = 0
    hours_needed: int = 0
    hours_offered: int = 0
    bars: Sequence[PartBar] = ()
    why: str = ""
    tags: Sequence[str] = ()
    is_decided: bool = False
    state: str = ""
    can_be_undone: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class AlternateLine:
    """A person who could take the place instead; `difference` says by how many points they differ, and why."""

    volunteer: str
    person: str
    facts: str
    difference: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """One team as the reviewer sees it. Without `may_decide` another reviewer holds it, and `claim` says until when."""

    title: str
    facts: str
    clock: str
    is_late: bool
    claim: str
    may_decide: bool
    is_mine: bool
    flags: Sequence[FlagLine]
    places: Sequence[PlaceLine]
    approve_label: str
    second_reviewer: str = ""
    week: Week | None = None
    hours: str = ""
    swapped: PlaceLine | None = None
    alternates: Sequence[AlternateLine] = field(default_factory=tuple)

    @property
    def people(self) -> list[PlaceLine]:
        """The places whose person waits for a decision."""
        return [place for place in self.places if place.match and not place.is_decided]


def draw_score(parts: dict[str, int]) -> list[PartBar]:
    """Return the largest parts of a score as pieces of one bar. The bar stands for the whole score."""
    whole = sum(value for value in parts.values() if value > 0)
    bars: list[PartBar] = []
    start = 0
    for shade, value in enumerate(sorted(parts.values(), reverse=True)[:MAX_PARTS_DRAWN], start=1):
        if value > 0:
            length = round(PARTS_LENGTH * value / whole)
            bars.append(PartBar(start, length, shade))
            start += length
    return bars
