"""Read the score's parts that are listed by pair: few pairs of a volunteer and a role have any."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.db.models import F

from core.numpy_columns import find_positions
from matching.engine.problem import Int
from matching.models import Interest
from matching.rules.score_parts import Scope, list_parts
from matching.snapshot.requests import RequestColumns
from matching.snapshot.volunteers import VolunteerColumns

PairReader = Callable[[VolunteerColumns], dict[str, Int]]
"""Reads rows that these volunteers own: `owner`, their row number; `role`, an id; `number`, zero or more."""


def read_interests(supply: VolunteerColumns) -> dict[str, Int]:
    """Return the roles that these volunteers said they would like, and have no answer about yet."""
    columns = supply.read_owned_columns(Interest.objects.filter(ended_at=None).order_by("pk"), role=F("role_id"))
    return columns | {"number": np.ones_like(columns["role"])}


PAIR_READERS: dict[str, PairReader] = {"interest": read_interests}
"""What reads each part of the scope "pair", by the part's name."""


def read_listed_pairs(demand: RequestColumns, supply: VolunteerColumns) -> dict[str, Any]:
    """Return the arrays of the pairs that the score's parts list, for these roles and volunteers."""
    blocks = [np.zeros((0, 4), np.int64)]
    for position, part in enumerate(list_parts(Scope.PAIR)):
        rows = PAIR_READERS[part.name](supply)
        role = find_positions(demand.roles["id"], rows["role"])
        block = np.stack((rows["owner"], role, np.full_like(role, position), rows["number"]), axis=1)
        blocks.append(block[role >= 0])
    names = ("listed_volunteer", "listed_role", "listed_part", "listed_number")
    return dict(zip(names, np.concatenate(blocks).T.copy(), strict=True))
