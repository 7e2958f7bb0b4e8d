"""The board: which open roles it may show today, and how much of each campaign.

It is kept in memory as long as nothing that it is made of changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from django.db.models import Q

from campaigns.models import Campaign, Member
from campaigns.queries import EDITOR_POSITIONS
from core.date_rules import MAX_WEEKS_AFTER_ELECTION
from core.models import Jurisdiction
from core.numpy_columns import find_positions
from core.week_regimes import Regime
from matching.engine.problem import Int
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.open_roles.queries.board_roles import board_seats, roles_with_ids
from matching.open_roles.queries.board_stamp import read_stamp
from matching.rules.board_privacy import (
    NOTHING,
    CampaignFacts,
    coarsen_facts,
    find_actor_groups,
    find_hidden_months,
    find_shown_month,
)
from matching.rules.regions import REGION_BY_STATE
from matching.snapshot.request_arrays import build_request_side_arrays
from matching.snapshot.requests import RequestColumns, read_request_columns

NO_MATCHES = Q(pk__in=[])
MAX_KEPT_REGIMES = 16
"""Arrays are kept for so many different calendars of clock changes; most volunteers share one."""


@dataclass(frozen=True)
class JurisdictionTree:
    """The tree of jurisdictions, by id."""

    codes: dict[int, str]
    parents: dict[int, int | None]

    def list_line(self, jurisdiction: int) -> list[int]:
        """Return a jurisdiction and all above it, the nearest first."""
        line: list[int] = []
        current: int | None = jurisdiction
        while current is not None and current not in line:
            line.append(current)
            current = self.parents.get(current)
        return line

    def find_state(self, jurisdiction: int) -> int:
        """Return the state around a jurisdiction: what lies right below the country. A country stands for itself."""
        return self.list_line(jurisdiction)[-2:][0]

    @cached_property
    def ids(self) -> Int:
        """The ids, ascending."""
        return np.array(sorted(self.codes), np.int64)

    @cached_property
    def roots(self) -> frozenset[int]:
        """The countries."""
        return frozenset(pk for pk, parent in self.parents.items() if parent is None)


@dataclass(frozen=True)
class Board:
    """The open roles that the board shows on a day, and what it shows of their campaigns.

    `columns` are the roles and their requests; `shown` is by the id of the campaign. `order` is [R] the place of each
    role in the order of the random ids. `hidden_months` are by what is shown of a campaign. Arrays are read, never
    changed.
    """

    policy: Policy
    on: date
    columns: RequestColumns
    shown: dict[int, CampaignFacts]
    states: dict[int, int]  # by campaign, the id of its state: never shown itself
    jurisdictions: JurisdictionTree
    order: Int
    hidden_months: dict[CampaignFacts, date]
    _arrays: dict[tuple[Regime, ...], dict[str, Any]] = field(default_factory=dict)

    @property
    def role_ids(self) -> Int:
        """The ids of the open roles, ascending."""
        return self.columns.roles["id"]

    @cached_property
    def campaign_of_role(self) -> Int:
        """[R] the id of each role's campaign."""
        requests = self.columns.requests
        rows = np.searchsorted(requests["id"], self.columns.roles["request"])
        campaigns: Int = requests["campaign"][rows]
        return campaigns

    def shown_of_role(self) -> list[CampaignFacts]:
        """[R] what is shown of each role's campaign."""
        return [self.shown[campaign] for campaign in self.campaign_of_role.tolist()]

    def find_shown_month(self, campaign: int, ends_on: date) -> date | None:
        """Return the month in which a campaign's work ends, by its first day; None where it is not shown."""
        return find_shown_month(ends_on, self.hidden_months.get(self.shown[campaign]))

    def build_arrays(self, regimes: Sequence[Regime]) -> dict[str, Any]:
        """Return the `Problem`'s arrays about jurisdictions, requests and roles, for these regimes."""
        key = tuple(regimes)
        if key not in self._arrays:
            if len(self._arrays) >= MAX_KEPT_REGIMES:
                self._arrays.clear()
            self._arrays[key] = build_request_side_arrays(self.columns, on=self.on, regimes=regimes)
        return self._arrays[key]


_building = Lock()
_latest: tuple[object, Board] | None = None


def read_board(*, at: datetime) -> Board:
    """Return the board of today, as the database is now: the one in memory is used only if nothing has changed."""
    global _latest
    policy, on = get_active_policy(), at.date()
    seats = board_seats(policy, on=on)
    key = (policy.pk, policy.horizon_days, on, read_stamp(seats))
    latest = _latest
    if latest is not None and latest[0] == key:
        return latest[1]
    with _building:  # one thread reads, the others wait for its board
        if _latest is not None and _latest[0] == key:
            return _latest[1]
        board = _read_board(policy, on)
        # A change while it was read may be in one statement and not in another: such a board serves once.
        if read_stamp(seats) == key[-1]:
            _latest = (key, board)
        return board


def forget_board() -> None:
    """Forget the board in memory, so that the next one is read."""
    global _latest
    _latest = None


def _read_board(policy: Policy, on: date) -> Board:
    columns = read_request_columns(board_seats(policy, on=on), on=on, occupying=NO_MATCHES)
    ids = np.unique(columns.requests["campaign"]).tolist()
    jurisdictions = _read_jurisdictions()
    rows = Campaign.objects.filter(pk__in=ids).values_list(
        "pk",
        "candidate__contest__jurisdiction",
        "candidate__party__code",
        "candidate__contest__level",
        "candidate__contest__election_on",
    )
    facts, states, last_ends = {}, {}, {}
    for pk, jurisdiction, party, level, election_on in rows:
        last_ends[pk] = election_on + timedelta(weeks=MAX_WEEKS_AFTER_ELECTION)
        states[pk] = jurisdictions.find_state(jurisdiction)
        state = jurisdictions.codes[states[pk]]
        facts[pk] = CampaignFacts(state, REGION_BY_STATE.get(state), party or "", level)
    editors = Member.objects.filter(campaign__in=ids, position__in=EDITOR_POSITIONS)
    actors = find_actor_groups(editors.values_list("campaign_id", "user_id"))
    shown = dict.fromkeys(ids, NOTHING) | coarsen_facts(facts, actors)
    hidden_months = find_hidden_months(shown, last_ends, actors)
    return Board(policy, on, columns, shown, states, jurisdictions, _read_order(columns.roles["id"]), hidden_months)


def _read_order(role_ids: Int) -> Int:
    ordered = np.array(roles_with_ids(role_ids).order_by("board_id").values_list("pk", flat=True), np.int64)
    order = np.full(len(role_ids), len(role_ids), np.int64)
    positions = find_positions(role_ids, ordered)
    order[positions[positions >= 0]] = np.flatnonzero(positions >= 0)
    return order


def _read_jurisdictions() -> JurisdictionTree:
    rows = [*Jurisdiction.objects.values_list("pk", "code", "parent_id")]
    return JurisdictionTree({pk: code for pk, code, _ in rows}, {pk: parent for pk, _, parent in rows})
