"""Judge a volunteer and a role by each rule, as they stand today: what is asked, what is there, what fails."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from campaigns.models import Role, Seat
from core.conflict_of_interest import has_any_part
from core.models import User
from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.problem import Problem
from matching.lifecycle.named_obstacles import RULES_ABOUT_OTHER_WORK
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.snapshot.assembly import take_pair_snapshot
from matching.snapshot.available_volunteers import proposable_volunteers
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """Whether a pair keeps a rule. `asked` and `found` are numbers where the rule is about one, else None."""

    rule: Reason
    passes: bool
    asked: int | None = None
    found: int | None = None


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """A pair by every rule that the reader is told of.

    `is_open`: the role has a free place, without which no rule is judged. `is_available`: the volunteer can be proposed
    now; None where the reader is not told. `has_room` is False where only rules that the reader is not told of fail.
    """

    is_open: bool
    is_available: bool | None
    has_room: bool
    rules: list[RuleVerdict]

    @property
    def fits(self) -> bool:
        """Whether nothing stands in the way that the reader is told of."""
        return (
            self.is_open and self.is_available is not False and self.has_room and all(row.passes for row in self.rules)
        )


def judge_pair(reader: User, volunteer: Volunteer, role: Role, *, at: datetime) -> PairVerdict:
    """Judge a pair by each rule as it stands today, for a reviewer who may review the pair.

    To a reader with a part in a contest nothing is told of what else the volunteer does: see `named_obstacles`.
    """
    policy, is_partial = get_active_policy(), has_any_part(reader)
    pair = Match(volunteer=volunteer, seat=Seat(role=role))
    problem = take_pair_snapshot(pair, policy=policy, at=at, ignores_availability=True).problem
    if not problem.roles or not problem.volunteers:
        return PairVerdict(is_open=bool(problem.roles), is_available=None, has_room=True, rules=[])
    rules = _judge_rules(problem)
    is_available = proposable_volunteers(policy=policy, at=at).filter(pk=volunteer.pk).exists()
    if not is_partial:
        return PairVerdict(is_open=True, is_available=is_available, has_room=True, rules=rules)
    told = [row for row in rules if row.rule not in RULES_ABOUT_OTHER_WORK]
    fails_only_elsewhere = all(row.passes for row in told) and not (is_available and all(row.passes for row in rules))
    return PairVerdict(is_open=True, is_available=None, has_room=not fails_only_elsewhere, rules=told)


def _judge_rules(problem: Problem) -> list[RuleVerdict]:
    index = Index(problem)
    judged = judge(index, 0, np.array([0]))
    held = index.circumstances(int(problem.role_request[0]))
    hours, needed = int(problem.hours[0]), int(problem.role_hours[0])
    numbers: dict[Reason, tuple[int, int]] = {
        Reason.LEVEL: (int(problem.role_level[0]), int(judged.level[0])),
        Reason.WINDOW: (needed, int(judged.overlap[0]) // 2),
        Reason.HOURS: (needed, max(0, hours - int(held.hours[0]))),
        Reason.PROJECTS: (1, max(0, int(problem.projects[0]) - int(held.projects[0]))),
    }
    return [
        RuleVerdict(rule, not fails, *numbers.get(rule, (None, None)))
        for rule, fails in zip(REASONS, judged.fails[:, 0].tolist(), strict=True)
    ]
