"""The requests of the seats that a volunteer holds, beside those of the board."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db.models import Q

from campaigns.models import Seat
from core.week_regimes import Regime
from matching.engine.problem import is_of_requests
from matching.open_roles.queries.board import Board
from matching.snapshot.request_arrays import build_request_side_arrays
from matching.snapshot.requests import RequestColumns, read_request_columns
from matching.snapshot.single_volunteer import SingleVolunteer
from volunteers.models import Volunteer

NOTHING_HELD = RequestColumns({"id": np.zeros(0, np.int64)}, {}, [], [], [])


def read_held_requests(volunteer: Volunteer, board: Board, single: SingleVolunteer) -> RequestColumns:
    """Read the requests of the seats that a volunteer holds, less those on the board."""
    held = {request for request, _ in single.matches.held}
    missing = sorted(held - set(board.columns.requests["id"].tolist()))
    if not missing:
        return NOTHING_HELD
    occupying = Q(volunteer=volunteer.pk, request__in=missing)
    return read_request_columns(Seat.objects.none(), on=board.on, occupying=occupying)


def add_held_requests(board: Board, held: RequestColumns, regimes: Sequence[Regime]) -> dict[str, Any]:
    """Return the arrays of the board with the requests of `held` among its requests, in the order of their ids."""
    arrays = board.build_arrays(regimes)
    if not len(held.requests["id"]):
        return arrays
    added = build_request_side_arrays(held, on=board.on, regimes=regimes)
    ids = np.concatenate((arrays["request_id"], added["request_id"]))
    order = np.argsort(ids)
    merged = {name: np.concatenate((arrays[name], added[name]))[order] for name in arrays if is_of_requests(name)}
    row = np.empty(len(order), np.int64)
    row[order] = np.arange(len(order))
    return arrays | merged | {"role_request": row[arrays["role_request"]]}
