"""Why a role stayed empty is found once in a process, and for a few roles at a time: people read it as they like."""

from dataclasses import replace
from datetime import datetime

import pytest

from campaigns.models import Role
from matching.engine import explain
from matching.models import RunArrays
from matching.runs.queries import outcomes
from matching.runs.queries.outcomes import MAX_ROLES_EXPLAINED, find_why_empty
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.run_execution import execute_full_run


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows for which the reasons were found anew."""
    rows: list[int] = []

    def find(index: object, solution: object, row: int) -> explain.Emptiness:
        rows.append(row)
        return explain.why_empty(index, solution, row)  # type: ignore[arg-type]

    monkeypatch.setattr(outcomes, "why_empty", find)
    return rows


def test_a_few_roles_are_explained_at_once_and_each_one_once(cast: Cast, now: datetime, found: list[int]) -> None:
    for number in range(MAX_ROLES_EXPLAINED // 5 + 1):
        roles_of_it = [replace(FRONT_END_ROLE, name=f"Role {role}") for role in range(5)]
        publish_new_request(cast.carol, cast.campaign, now, title=f"More {number}", roles=roles_of_it)
    run = execute_full_run(now)
    roles = list(Role.objects.values_list("pk", flat=True))
    assert len(roles) > MAX_ROLES_EXPLAINED

    first = find_why_empty(run, roles)
    assert (len(first), len(found)) == (MAX_ROLES_EXPLAINED, MAX_ROLES_EXPLAINED)
    everything = find_why_empty(run, roles)
    assert (len(everything), len(found)) == (len(roles), len(roles))
    assert everything.items() >= first.items()

    RunArrays.objects.all().delete()
    assert find_why_empty(run, roles) == everything
    assert len(found) == len(roles)
