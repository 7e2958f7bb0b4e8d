"""Matches whose clocks run out during the drill, made by the actions of the product at moments that are past."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.models import Member, Request, Seat
from core.clock_rules import NEAR_ELECTION_WEEKS
from core.models import Notice, User
from drills.report import DrillReport
from matching.lifecycle.actions.campaign_answers import confirm_match, finish_work
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.alternates import find_alternates
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.problem_kinds import ProblemKind
from matching.rules.states import MatchState
from matching.snapshot.open_seats import open_seats
from volunteers.models import Volunteer

CLOCKS_PER_KIND = 3
FIRST_DUE_SECONDS = 30.0
THREADS = 4  # matches in which the load writes messages
MAX_LATE_SECONDS = 90.0  # behind the longest fault, and what starts again after it
ZONES = ("Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata", "Europe/London", "America/New_York", "Pacific/Honolulu")
WAKING_HOURS = range(10, 20)
Made = TypeVar("Made")


@dataclass(frozen=True)
class DrillClock:
    """A clock of a match: when it runs out, the state that the match is in then, and the notice that says so."""

    words: str
    match: Match
    due_at: datetime
    state: MatchState
    kind: MatchingNotice
    is_moved: bool
    """Whether the clock moves the match into `state`, which it had before otherwise."""


class _Matchmaker:
    """Makes matches between people who have none yet, each in another request if there are enough."""

    def __init__(self, rng: random.Random, now: datetime) -> None:
        self.now, self.policy = now, get_active_policy()
        self.reviewer = User.objects.filter(is_staff=True, is_active=True).order_by("pk")[0]
        self.taken: set[int] = set()
        seats = open_seats(on=now.date(), horizon_days=self.policy.horizon_days)
        rolling = seats.filter(role__request__staffing="rolling", role__request__auto_confirm=False)
        found = rolling.select_related("role__request__campaign__candidate__contest", "role__skill")
        # Near an election clocks are shorter.
        self.seats = [seat for seat in found if not self._is_near_election(seat)]
        rng.shuffle(self.seats)

    def _is_near_election(self, seat: Seat) -> bool:
        today = self.now.date()
        election = seat.role.request.campaign.candidate.contest.next_election_day(today)
        return election - today < timedelta(weeks=NEAR_ELECTION_WEEKS + 1)

    def offer(self, at: datetime) -> Match:
        """Offer a free seat to a volunteer who fits it."""
        for seat in tuple(self.seats):
            self.seats.remove(seat)
            found = find_alternates(seat, policy=self.policy, at=at, most=1, besides=tuple(self.taken))
            if found and found[0].volunteer.user_id is not None:
                self.taken.add(found[0].volunteer.pk)
                return approve_alternate(actor=self.reviewer, seat=seat, volunteer=found[0].volunteer, at=at)
        raise RuntimeError("No free seat is left that a volunteer fits.")

    def accept(self, at: datetime) -> Match:
        """Have an offer accepted at this moment."""
        match = self.offer(at - timedelta(hours=1))
        user = match.volunteer.user
        assert user is not None
        return accept_offer(actor=user, match=match, accepts_code_of_conduct=True, at=at)

    def confirm(self, at: datetime) -> Match:
        """Have work begin at this moment."""
        match = self.accept(at - timedelta(hours=1))
        return confirm_match(actor=find_manager(match), match=match, accepts_code_of_conduct=True, at=at)


def find_manager(match: Match) -> User:
    """Return a manager of the campaign of a match."""
    managers = Member.objects.filter(campaign=match.request.campaign_id, position=Member.Position.MANAGER)
    return managers.select_related("user").order_by("pk")[0].user


def start_clocks(rng: random.Random, *, seconds: float) -> tuple[list[DrillClock], list[Match]]:
    """Make clocks that run out one after the other within these seconds, and matches at work for messages."""
    now = timezone.now()
    zone = next(name for name in ZONES if now.astimezone(ZoneInfo(name)).hour in WAKING_HOURS)
    # No clock ends in the night of the person who must act. So it is day for all of them.
    Volunteer.objects.update(time_zone=zone)
    Request.objects.update(time_zone=zone)
    maker = _Matchmaker(rng, now)
    count = CLOCKS_PER_KIND * len(_KINDS)
    # In the order in which they run out, as it takes a while to make them.
    dues = [now + timedelta(seconds=FIRST_DUE_SECONDS + number * seconds / count) for number in range(count)]
    clocks = [_make_delivered(make, maker, due) for due, make in zip(dues, cycle(_KINDS), strict=False)]
    threads = [_make_delivered(_Matchmaker.confirm, maker, now - timedelta(days=1)) for _thread in range(THREADS)]
    return clocks, threads


@transaction.atomic
def _make_delivered(make: Callable[[_Matchmaker, datetime], Made], maker: _Matchmaker, moment: datetime) -> Made:
    """Make something whose letters were delivered at once: a question that leaves late gives more time to answer."""
    made = make(maker, moment)
    Notice.objects.filter(sent_at=None, created_at__lt=maker.now).update(sent_at=F("created_at"))
    return made


def _start_expiry(maker: _Matchmaker, due: datetime) -> DrillClock:
    match = maker.offer(due - timedelta(hours=maker.policy.offer_hours))
    return DrillClock("an offer expires", match, due, MatchState.EXPIRED, MatchingNotice.OFFER_EXPIRED, True)


def _start_offer_reminder(maker: _Matchmaker, due: datetime) -> DrillClock:
    match = maker.offer(due - timedelta(hours=maker.policy.offer_hours) / 2)
    return DrillClock("an offer is half over", match, due, MatchState.OFFERED, MatchingNotice.OFFER_REMINDER, False)


def _start_campaign_answer(maker: _Matchmaker, due: datetime) -> DrillClock:
    match = maker.accept(due - timedelta(hours=maker.policy.confirm_hours))
    words, kind = "a campaign has not answered", MatchingNotice.ANSWER_OVERDUE
    return DrillClock(words, match, due, MatchState.ACCEPTED, kind, False)


def _start_silence(maker: _Matchmaker, due: datetime) -> DrillClock:
    match = maker.confirm(due - timedelta(days=maker.policy.campaign_silence_days))
    words, kind = "a campaign has been silent for a week", MatchingNotice.MESSAGE_REMINDER
    return DrillClock(words, match, due, MatchState.ACTIVE, kind, False)


def _start_handover(maker: _Matchmaker, due: datetime) -> DrillClock:
    at = due - timedelta(days=maker.policy.closing_days)
    match = maker.confirm(at - timedelta(days=1))
    match = finish_work(actor=find_manager(match), match=match, at=at)
    words, kind = "a hand-over is completed", MatchingNotice.MATCH_COMPLETED
    return DrillClock(words, match, due, MatchState.COMPLETED, kind, True)


def _start_report(maker: _Matchmaker, due: datetime) -> DrillClock:
    at = due - timedelta(hours=maker.policy.report_review_hours)
    match = maker.confirm(at - timedelta(hours=1))
    report_problem(actor=find_manager(match), match=match, kind=ProblemKind.values[0], at=at)
    words, kind = "a report waits for longer than promised", MatchingNotice.REPORT_OVERDUE
    return DrillClock(words, match, due, MatchState.ACTIVE, kind, False)


_KINDS: tuple[Callable[[_Matchmaker, datetime], DrillClock], ...] = (
    _start_expiry,
    _start_offer_reminder,
    _start_campaign_answer,
    _start_silence,
    _start_handover,
    _start_report,
)


def judge_clocks(report: DrillReport, clocks: list[DrillClock]) -> None:
    """Judge whether each match is where its clock says, and each notice was enqueued once, in time."""
    wrong, lateness = [], [0.0]
    for clock in clocks:
        match = Match.objects.get(pk=clock.match.pk)
        notices = Notice.objects.filter(kind=clock.kind, subjects__match=str(match.public_id))
        moments = list(notices.values_list("created_at", flat=True))
        recipients = set(notices.values_list("recipient", flat=True))
        if clock.is_moved:
            moments.append(match.state_changed_at)
        is_kept = bool(recipients) and len(recipients) == notices.count() and match.state == clock.state
        if not is_kept or min(moments) < clock.due_at:
            wrong.append(f"{clock.words} ({match}: {match.state}, {len(moments)} notices)")
        lateness += [(moment - clock.due_at).total_seconds() for moment in moments]
    report.judge(f"of {len(clocks)} clocks, each is kept with its notice once", wrong or "all", holds=not wrong)
    report.judge(
        f"none of them later than {MAX_LATE_SECONDS:.0f} s",
        f"{max(lateness):.0f} s at most",
        holds=max(lateness) <= MAX_LATE_SECONDS,
    )
