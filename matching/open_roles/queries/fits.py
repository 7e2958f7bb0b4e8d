"""Find the open roles of the board that fit one volunteer, by the rules of the matcher.

A volunteer may change what they say of themselves and look again. So an answer never depends on a fact of a campaign
that the board does not show: see `_find_tellable_roles` and `_hide_secret_reasons`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from campaigns.models import Role
from core.enums import OfficeLevel
from core.numpy_columns import find_positions
from core.time_zones import is_time_zone
from core.week_regimes import Regime, split_into_regimes
from matching.engine.feasibility import REASONS, Reason
from matching.engine.one_volunteer import RoleJudgements, judge_roles
from matching.engine.problem import Flag, Problem
from matching.models import Match
from matching.open_roles.queries.board import Board, read_board
from matching.open_roles.queries.held_requests import NOTHING_HELD, add_held_requests, read_held_requests
from matching.rules.states import STATES_VISIBLE_TO_VOLUNTEER
from matching.snapshot.assembly import read_weights
from matching.snapshot.requests import RequestColumns
from matching.snapshot.single_volunteer import SingleVolunteer, read_match_facts, read_single_volunteer
from matching.snapshot.single_volunteer_arrays import build_single_arrays
from volunteers.models import Volunteer

_SECRET_REASONS = (Reason.VETO, Reason.SIDES)
"""They say which campaign a role belongs to: one that the volunteer vetoed, or an opponent of one they served."""


@dataclass(frozen=True)
class Fits:
    """The open roles of the board, beside one volunteer.

    `judged` says of each of the board's roles which rules the pair breaks, as the matcher judges it. `told` is as much
    of it as the volunteer may know, and `tellable` are the roles of which anything may be told.
    """

    board: Board
    judged: RoleJudgements
    told: RoleJudgements
    tellable: Flag  # [R]

    @cached_property
    def asks_for_skills(self) -> Flag:
        """[R] the roles that ask for a skill which the volunteer claims."""
        asks: Flag = self.tellable & (self.told.level > 0)
        return asks

    @cached_property
    def fitting(self) -> Flag:
        """[R] the roles that fit, as far as the volunteer may know."""
        fit: Flag = self.tellable & self.told.fits()
        return fit

    def includes(self, role: Role) -> bool:
        """Return whether a role is on the board and fits, as far as the volunteer may know."""
        row = int(find_positions(self.board.role_ids, np.array([role.pk], np.int64))[0])
        return row >= 0 and bool(self.fitting[row])

    def list_role_ids(self) -> list[int]:
        """Return the ids of the fitting roles, the best first.

        First those whose skill the volunteer would like to use, then those that use most of their hours, then those
        that start in the earliest month. Of equals the order is that of the random ids: another one would tell which
        roles are new, and which are of one request.
        """
        rows = np.flatnonzero(self.fitting)
        columns = self.board.columns
        starts = columns.requests["first"][find_positions(columns.requests["id"], columns.roles["request"][rows])]
        months = [date.fromordinal(start).replace(day=1) for start in starts.tolist()]
        wanted, hours = self.told.wanted[rows].tolist(), columns.roles["hours"][rows].tolist()
        place = self.board.order[rows].tolist()
        order = sorted(range(len(rows)), key=lambda row: (not wanted[row], -hours[row], months[row], place[row]))
        return [int(self.board.role_ids[rows[row]]) for row in order]

    def list_roles_on_days_off(self) -> list[int]:
        """Return the ids of the roles that only days off keep from the volunteer."""
        fails = self.told.fails
        alone = self.tellable & fails[REASONS.index(Reason.TIME_OFF)] & (fails.sum(axis=0) == 1)
        role_ids: list[int] = self.board.role_ids[np.flatnonzero(alone)].tolist()
        return role_ids

    def count_failing_rules(self) -> dict[Reason, int]:
        """Return how many of the roles that ask for the volunteer's skills each rule keeps from them."""
        counts = self.told.fails[:, self.asks_for_skills].sum(axis=1).tolist()
        return {reason: count for reason, count in zip(REASONS, counts, strict=True) if count}

    def count_single_changes(self) -> dict[Reason, int]:
        """Return how many more roles each rule alone keeps from the volunteer."""
        fails = self.told.fails[:, self.asks_for_skills]
        alone = fails[:, fails.sum(axis=0) == 1].sum(axis=1).tolist()
        return {reason: count for reason, count in zip(REASONS, alone, strict=True) if count}

    def count_fits_by_hours(self) -> list[tuple[int, int]]:
        """Return with how many hours a week, in one project, how many roles would fit, the fewest hours first.

        Only hours that bring more roles than fewer of them are in it.
        """
        fails = self.told.fails
        alone = self.asks_for_skills & fails[REASONS.index(Reason.HOURS)] & (fails.sum(axis=0) == 1)
        hours, counts = np.unique(self.board.columns.roles["hours"][alone], return_counts=True)
        fitting = int(self.fitting.sum()) + np.cumsum(counts)
        return list(zip(hours.tolist(), fitting.tolist(), strict=True))

    def find_skill_of_level_change(self) -> tuple[int, int] | None:
        """Return the skill whose higher level alone would open the most roles, by its id, and how many; else None."""
        fails = self.told.fails
        alone = self.asks_for_skills & fails[REASONS.index(Reason.LEVEL)] & (fails.sum(axis=0) == 1)
        skills, counts = np.unique(self.board.columns.roles["skill"][alone], return_counts=True)
        if not len(skills):
            return None
        best = int(np.argmax(counts))
        return int(skills[best]), int(counts[best])


def find_fits_of_volunteer(volunteer: Volunteer, *, at: datetime, board: Board | None = None) -> Fits:
    """Return which open roles fit a stored volunteer, beside the seats that they hold.

    The volunteer is judged as if they were available: also while they pause or rest. `board` is that of `at`, where the
    caller has read it.
    """
    board = board or read_board(at=at)
    if not is_time_zone(volunteer.time_zone):  # such a volunteer is left out of everything
        return _fit_nothing(board)
    single = read_single_volunteer(volunteer)
    held = read_held_requests(volunteer, board, single)
    judged = _judge_board(board, single, held)
    known = _forget_hidden_matches(volunteer, single)
    told = _hide_secret_reasons(judged if known == single else _judge_board(board, known, held))
    return Fits(board, judged, told, _find_tellable_roles(board, single))


def _fit_nothing(board: Board) -> Fits:
    count = len(board.role_ids)
    none, everything = np.zeros(count, np.bool_), np.ones((len(REASONS), count), np.bool_)
    judged = RoleJudgements(np.zeros(count, np.int64), none, everything)
    return Fits(board, judged, judged, none)


def find_fits_of_stated(stated: SingleVolunteer, *, at: datetime) -> Fits:
    """Return which open roles fit a person who is not stored, by what they say of themselves."""
    board = read_board(at=at)
    judged = _judge_board(board, stated, NOTHING_HELD)
    return Fits(board, judged, judged, np.ones(len(board.role_ids), np.bool_))


def _judge_board(board: Board, volunteer: SingleVolunteer, held: RequestColumns) -> RoleJudgements:
    regimes = _list_regimes(board, [volunteer.time_zone, *held.time_zones])
    arrays = add_held_requests(board, held, regimes)
    own = build_single_arrays(
        volunteer,
        languages=board.columns.languages,
        regimes=regimes,
        jurisdictions=board.jurisdictions.ids,
        requests=arrays["request_id"],
    )
    return judge_roles(Problem(**arrays, **own, weights=read_weights(board.policy)))


def _list_regimes(board: Board, time_zones: Sequence[str]) -> list[Regime]:
    last = date.fromordinal(max(board.on.toordinal(), int(board.columns.requests["last"].max(initial=0))))
    return split_into_regimes({*board.columns.time_zones, *time_zones}, board.on, last)


def _forget_hidden_matches(volunteer: Volunteer, single: SingleVolunteer) -> SingleVolunteer:
    """Return the volunteer without the matches that they do not know of.

    Such are a proposal that a reviewer rejected, and an approved match, which holds a seat and takes hours. Another
    match of the same request may be known, and what follows from it is told.
    """
    known = Match.objects.filter(volunteer=volunteer.pk, state__in=STATES_VISIBLE_TO_VOLUNTEER)
    return replace(single, matches=read_match_facts(known, vetoed=single.matches.vetoed))


def _hide_secret_reasons(judged: RoleJudgements) -> RoleJudgements:
    """Return the judgement without what would say whose a role is.

    A role from which a veto or an earlier service keeps them looks as if it fitted. If it were left out, the volunteer
    could veto a campaign and see which roles vanish.
    """
    fails = judged.fails.copy()
    fails[[REASONS.index(reason) for reason in _SECRET_REASONS]] = False
    return RoleJudgements(judged.level, judged.wanted, fails)


def _find_tellable_roles(board: Board, volunteer: SingleVolunteer) -> Flag:
    """[R] the roles of which a volunteer may be told whether they fit.

    A volunteer who serves one party only would learn the party of every role. So of roles whose party is not shown
    they are told nothing; likewise of levels of office and jurisdictions.
    """
    tellable = dict.fromkeys(board.shown, True)
    for campaign, shown in board.shown.items():
        if volunteer.restrict_to_parties and shown.party is None:
            tellable[campaign] = False
        if volunteer.restrict_to_levels and shown.level is None and set(volunteer.levels) != set(OfficeLevel.values):
            tellable[campaign] = False
    if volunteer.restrict_to_jurisdictions:
        named = set(volunteer.jurisdictions)
        states_with_named = {board.jurisdictions.find_state(pk) for pk in named}
        serves_everywhere = board.jurisdictions.roots <= named
        for campaign, shown in board.shown.items():
            state = board.states[campaign]
            is_whole = bool(named & set(board.jurisdictions.list_line(state)))
            is_decided = shown.state is not None and (is_whole or state not in states_with_named)
            tellable[campaign] &= serves_everywhere or is_decided
    return np.array([tellable[campaign] for campaign in board.campaign_of_role.tolist()], np.bool_)
