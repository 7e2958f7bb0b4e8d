"""What a reader may narrow the board down to: only what it shows."""

from dataclasses import dataclass

import numpy as np

from core.models import Jurisdiction, Party, Skill
from core.text_folding import fold_text
from matching.open_roles.queries.board import Board


@dataclass(frozen=True, slots=True)
class SkillChoice:
    """A skill for which an open role asks. `number` stands for it in an address, which names no skill."""

    number: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A party that the board shows. `number` stands for it in an address, which names no party."""

    number: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """What the open roles of the board ask for and show, each by name. `state_names` and `regions` are by code.

    `has_no_party` says that candidates without a party are among those shown.
    """

    skills: list[SkillChoice]
    state_names: dict[str, str]
    regions: frozenset[str]
    parties: list[PartyChoice]
    has_no_party: bool
    office_levels: frozenset[str]


def read_board_choices(board: Board) -> BoardChoices:
    """Return what the board shows, in the words of the reader's language and their order; in three statements."""
    asked = np.unique(board.columns.roles["skill"]).tolist()
    shown = board.shown.values()
    states = {facts.state for facts in shown if facts.state}
    codes = {facts.party for facts in shown if facts.party}
    skills = sorted(Skill.objects.filter(pk__in=asked), key=lambda skill: fold_text(skill.shown_name))
    places = sorted(Jurisdiction.objects.filter(code__in=states), key=lambda place: fold_text(place.shown_name))
    parties = Party.objects.filter(code__in=codes).order_by("name").values_list("pk", "code", "name")
    return BoardChoices(
        [SkillChoice(skill.pk, skill.code, skill.shown_name) for skill in skills],
        {place.code: place.shown_name for place in places},
        frozenset(facts.region for facts in shown if facts.region),
        [PartyChoice(*row) for row in parties],
        any(facts.party == "" for facts in shown),
        frozenset(facts.level for facts in shown if facts.level),
    )
