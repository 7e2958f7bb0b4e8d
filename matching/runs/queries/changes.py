"""Compare a run with the one before it, or a draft's dry run with that of the active policy: pairs, people, skills.

No pair of a contest in which the reader has a part counts, and none of the reader's own.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import structlog

from campaigns.models import Role
from core.conflict_of_interest import list_contests_of
from core.models import Skill, User
from matching.engine.digest import unpack_ids, unpack_solution
from matching.models import Match, Run, RunArrays
from matching.rules.states import STATES_REVIEWED
from volunteers.models import Volunteer
from volunteers.queries import is_profile_of

log = structlog.get_logger(__name__)

MAX_PAIRS_LISTED = 50  # of each kind
MAX_PEOPLE_LISTED = 50  # of each kind
MAX_SKILLS_LISTED = 30

_ERASED_ID = -1  # as `unlink_volunteers_from_arrays` writes it

Pair = tuple[int, int]
"""The ids of a volunteer and a role."""


@dataclass(frozen=True, slots=True)
class ListedPair:
    """A volunteer and a role, with what the pair was worth."""

    volunteer: Volunteer
    role: Role
    points: int


@dataclass(frozen=True, slots=True)
class SkillChange:
    """How many seats that ask for a skill each of two runs filled, and how many people got one or lost theirs."""

    skill: Skill
    seats_before: int
    seats_after: int
    gaining: int
    losing: int


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a volunteer had in one run, and would have or has in the other; points are of all pairs together."""

    volunteer: Volunteer
    before: list[Role]
    after: list[Role]
    points_before: int
    points_after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A number of both runs."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        """How much more it is than before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanges:
    """What a run changed against another one, `base`. Each number has a list; lists are bounded, numbers are not.

    `decided_count` are pairs that it no longer proposes because a reviewer has decided about them meanwhile; no other
    number counts them.
    """

    base: Run
    kept_count: int
    new_count: int
    gone_count: int
    decided_count: int
    people: Change
    seats: Change
    points: Change
    gaining_count: int
    losing_count: int
    moving_count: int
    new_pairs: list[ListedPair] = field(default_factory=list)
    gone_pairs: list[ListedPair] = field(default_factory=list)
    skills: list[SkillChange] = field(default_factory=list)
    gaining: list[PersonChange] = field(default_factory=list)
    losing: list[PersonChange] = field(default_factory=list)
    moving: list[PersonChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Result:
    """The pairs of a run, each with its points, and the ids of the roles and volunteers that it had."""

    points: dict[Pair, int]
    roles: set[int]
    volunteers: set[int]


def find_base_run(run: Run) -> Run | None:
    """Return the run that this one is compared with: its `base`, else the last one over everything before it."""
    if run.base_id is not None:
        return run.base
    earlier = Run.objects.filter(state=Run.State.DONE, is_limited=False, dry_run=False, started_at__lt=run.started_at)
    return earlier.exclude(pk=run.pk).order_by("-started_at").first() if run.started_at else None


def compare_runs(run: Run, *, reader: User) -> RunChanges | None:
    """Return what a run changed. Return None without a base that is done, or when arrays of one are deleted.

    A run over some roles or some people is compared only on these.
    """
    base = find_base_run(run)
    if base is None or not run.state == base.state == Run.State.DONE:
        return None
    after, before = _read_result(run), _read_result(base)
    if after is None or before is None:
        return None
    before_points = _limit_to_scope(before.points, run, after) if run.is_limited else before.points
    skill_of_role = _list_shown_roles({role for _, role in before_points | after.points}, reader)
    own = set(Volunteer.objects.filter(is_profile_of(reader)).values_list("pk", flat=True))

    def is_shown(pair: Pair) -> bool:
        return pair[1] in skill_of_role and pair[0] not in own

    return _Comparison(
        base,
        {pair: points for pair, points in before_points.items() if is_shown(pair)},
        {pair: points for pair, points in after.points.items() if is_shown(pair)},
        skill_of_role,
    ).summarise()


def _read_result(run: Run) -> _Result | None:
    arrays = RunArrays.objects.filter(run=run).first()
    if arrays is None:
        return None
    try:
        (volunteer_ids, role_ids), solution = unpack_ids(bytes(arrays.problem)), unpack_solution(bytes(arrays.solution))
    except ValueError as error:
        log.warning("arrays cannot be read", run=str(run.public_id), error=str(error))
        return None
    volunteers, roles = volunteer_ids[solution.volunteer].tolist(), role_ids[solution.role].tolist()
    pairs = zip(zip(volunteers, roles, strict=True), solution.score.tolist(), strict=True)
    points = {pair: score for pair, score in pairs if pair[0] != _ERASED_ID}
    return _Result(points, set(role_ids.tolist()), set(volunteer_ids.tolist()))


def _limit_to_scope(points: dict[Pair, int], run: Run, result: _Result) -> dict[Pair, int]:
    """Return those of these pairs that a run over some roles, or over some people, could have found too."""
    of_people = run.volunteers.exists()
    return {
        pair: score
        for pair, score in points.items()
        if pair[1] in result.roles and (not of_people or pair[0] in result.volunteers)
    }


def _list_shown_roles(role_ids: Collection[int], reader: User) -> dict[int, int]:
    """Return the skill of each of these roles whose contest the reader has no part in, by ids."""
    roles = Role.objects.filter(pk__in=role_ids)
    contests = list_contests_of(reader)
    if contests:
        roles = roles.exclude(request__campaign__candidate__contest__in=contests)
    return dict(roles.order_by().values_list("pk", "skill_id"))


class _Comparison:
    """Two results as the reader may see them."""

    def __init__(
        self, base: Run, before: dict[Pair, int], after: dict[Pair, int], skill_of_role: dict[int, int]
    ) -> None:
        gone = before.keys() - after.keys()
        decided = set() if base.dry_run else _find_decided(gone)
        self.base, self.skill_of_role, self.decided_count = base, skill_of_role, len(decided)
        self.after, self.before = after, {pair: score for pair, score in before.items() if pair not in decided}
        self.new = sorted(after.keys() - before.keys(), key=lambda pair: (-after[pair], pair))
        self.gone = sorted(gone - decided, key=lambda pair: (-before[pair], pair))
        self.had, self.has = _group_roles(self.before), _group_roles(after)

    def summarise(self) -> RunChanges:
        """Return the numbers, and the first of each list with what a reader is shown of them."""
        changed = {pk for pk in self.had.keys() | self.has.keys() if self.had.get(pk) != self.has.get(pk)}
        gaining = self._rank(pk for pk in changed if pk not in self.had)
        losing = self._rank(pk for pk in changed if pk not in self.has)
        moving = self._rank(pk for pk in changed if pk in self.had and pk in self.has)
        pairs = [*self.new[:MAX_PAIRS_LISTED], *self.gone[:MAX_PAIRS_LISTED]]
        listed = [pk for ids in (gaining, losing, moving) for pk in ids[:MAX_PEOPLE_LISTED]]
        role_ids = {role for _, role in pairs}.union(*(self.had.get(pk, ()) for pk in listed))
        role_ids |= set().union(*(self.has.get(pk, ()) for pk in listed))
        self.roles = Role.objects.select_related("skill", "request__campaign").in_bulk(role_ids)
        self.volunteers = Volunteer.objects.select_related("user").in_bulk({pk for pk, _ in pairs}.union(listed))
        return RunChanges(
            base=self.base,
            kept_count=len(self.after.keys() & self.before.keys()),
            new_count=len(self.new),
            gone_count=len(self.gone),
            decided_count=self.decided_count,
            people=Change(len({pk for pk, _ in self.before}), len({pk for pk, _ in self.after})),
            seats=Change(len(self.before), len(self.after)),
            points=Change(sum(self.before.values()), sum(self.after.values())),
            gaining_count=len(gaining),
            losing_count=len(losing),
            moving_count=len(moving),
            new_pairs=self._describe_pairs(self.new, self.after),
            gone_pairs=self._describe_pairs(self.gone, self.before),
            skills=self._count_skills(gaining, losing),
            gaining=self._describe_people(gaining),
            losing=self._describe_people(losing),
            moving=self._describe_people(moving),
        )

    def _points(self, pairs: dict[Pair, int], volunteer: int, roles: Collection[int]) -> int:
        return sum(pairs[volunteer, role] for role in roles)

    def _rank(self, volunteers: Iterable[int]) -> list[int]:
        """Return these volunteers, those whose points changed most first."""

        def change(pk: int) -> int:
            has = self._points(self.after, pk, self.has.get(pk, ()))
            return abs(has - self._points(self.before, pk, self.had.get(pk, ())))

        return sorted(volunteers, key=lambda pk: (-change(pk), pk))

    def _describe_pairs(self, pairs: list[Pair], points: dict[Pair, int]) -> list[ListedPair]:
        return [
            ListedPair(self.volunteers[pk], self.roles[role], points[pk, role])
            for pk, role in pairs[:MAX_PAIRS_LISTED]
            if pk in self.volunteers and role in self.roles
        ]

    def _describe_people(self, volunteers: list[int]) -> list[PersonChange]:
        return [
            PersonChange(
                self.volunteers[pk],
                [self.roles[role] for role in sorted(self.had.get(pk, ())) if role in self.roles],
                [self.roles[role] for role in sorted(self.has.get(pk, ())) if role in self.roles],
                self._points(self.before, pk, self.had.get(pk, ())),
                self._points(self.after, pk, self.has.get(pk, ())),
            )
            for pk in volunteers[:MAX_PEOPLE_LISTED]
            if pk in self.volunteers
        ]

    def _count_skills(self, gaining: list[int], losing: list[int]) -> list[SkillChange]:
        before = Counter(self.skill_of_role[role] for _, role in self.before)
        after = Counter(self.skill_of_role[role] for _, role in self.after)
        gains = Counter(skill for pk in gaining for skill in {self.skill_of_role[role] for role in self.has[pk]})
        losses = Counter(skill for pk in losing for skill in {self.skill_of_role[role] for role in self.had[pk]})
        ids = {skill for skill in before.keys() | after.keys() if before[skill] != after[skill]} | gains.keys()
        ids |= losses.keys()
        ranked = sorted(
            ids, key=lambda skill: (-abs(after[skill] - before[skill]), -gains[skill] - losses[skill], skill)
        )
        skills = Skill.objects.in_bulk(ranked[:MAX_SKILLS_LISTED])
        return [
            SkillChange(skills[pk], before[pk], after[pk], gains[pk], losses[pk]) for pk in ranked[:MAX_SKILLS_LISTED]
        ]


def _group_roles(pairs: Collection[Pair]) -> dict[int, set[int]]:
    roles: dict[int, set[int]] = {}
    for volunteer, role in pairs:
        roles.setdefault(volunteer, set()).add(role)
    return roles


def _find_decided(pairs: Collection[Pair]) -> set[Pair]:
    """Return those of these pairs about which a reviewer has decided."""
    if not pairs:
        return set()
    matches = Match.objects.filter(volunteer__in={pk for pk, _ in pairs}, state__in=STATES_REVIEWED)
    return set(pairs) & set(matches.values_list("volunteer_id", "seat__role_id"))
