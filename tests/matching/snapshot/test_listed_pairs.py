"""A pair that a part of the score lists: of two equal volunteers the one who asked for the role is proposed."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from campaigns.models import Role
from core.model_label_texts import LABEL_TEXTS
from matching.engine.digest import unpack, unpack_solution
from matching.engine.problem import Int
from matching.engine.verify import verify
from matching.lifecycle.explanations import explain_match
from matching.lifecycle.queries.alternates import find_alternates
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.volunteer_explanations import list_offer_reasons
from matching.models import Match, Policy, RunArrays
from matching.rules.score_parts import Scope, list_parts
from matching.snapshot.listed_pairs import PAIR_READERS
from matching.snapshot.volunteers import VolunteerColumns
from tests.cast import Cast, create_user, create_volunteer
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

UNKNOWN_ROLE = 10**9


@pytest.fixture
def like(monkeypatch: pytest.MonkeyPatch) -> Callable[[Volunteer, int], None]:
    """Let volunteers like roles, by the role's id."""
    liked: list[tuple[int, int]] = []

    def read(supply: VolunteerColumns) -> dict[str, Int]:
        rows = [(supply.row_numbers(np.array([pk]))[0], role, 1) for pk, role in liked]
        known = np.array([row for row in rows if row[0] >= 0], np.int64).reshape(-1, 3)
        return dict(zip(("owner", "role", "number"), known.T, strict=True))

    monkeypatch.setitem(PAIR_READERS, "interest", read)
    return lambda volunteer, role: liked.append((volunteer.pk, role))


def test_who_asked_for_it_is_proposed_and_reads_so(
    cast: Cast, now: datetime, like: Callable[[Volunteer, int], None]
) -> None:
    zoe = create_volunteer(create_user("zoe"), now)
    role = Role.objects.get()
    execute_full_run(now)
    assert Match.objects.get().volunteer.user == cast.alice  # of equals the first

    like(zoe, role.pk)
    like(zoe, UNKNOWN_ROLE)
    run = execute_full_run(now)

    match = Match.objects.get(state="proposed")
    assert match.volunteer == zoe
    assert match.score_parts["interest"] == 20
    assert match.score == sum(match.score_parts.values())
    assert "said that they would like this" in explain_match(match)
    assert "You said that you’d like this." in list_offer_reasons(match)
    arrays = RunArrays.objects.get(run=run)
    problem = unpack(bytes(arrays.problem))
    assert verify(problem, unpack_solution(bytes(arrays.solution))) == []
    assert problem.listed_number.tolist() == [1]


def test_an_alternate_who_asked_for_it_comes_first(
    cast: Cast, now: datetime, like: Callable[[Volunteer, int], None]
) -> None:
    zoe = create_volunteer(create_user("zoe"), now)
    seat = Role.objects.get().seats.get()
    like(zoe, seat.role_id)

    found = find_alternates(seat, policy=get_active_policy(), at=now, most=5)

    assert [row.volunteer.user for row in found] == [zoe.user, cast.alice]
    assert [row.score_parts["interest"] for row in found] == [20, 0]


def test_every_part_of_a_pair_has_a_reader() -> None:
    assert [*PAIR_READERS] == [part.name for part in list_parts(Scope.PAIR)]


def test_nobody_has_asked_for_anything_yet(cast: Cast, now: datetime) -> None:
    execute_full_run(now)

    assert Match.objects.get().score_parts["interest"] == 0
    assert Policy.objects.get(state="active").weights["interest"] == 20


def test_the_help_of_a_weight_can_be_translated() -> None:
    assert "Points when the volunteer said that they would like this role." in LABEL_TEXTS
