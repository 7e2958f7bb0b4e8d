"""The demo as `bench api` reads it: after a run, with matches in every state, and three callers with full pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from benchmarks.filled_lists import MANAGER, REVIEWER, VOLUNTEER, fill_lists
from campaigns.actions.candidate_links import send_candidate_link
from campaigns.models import Campaign, CandidateStop, Member
from core.accounts.authentication import TOKEN_PREFIX
from core.accounts.personal_tokens import create_token
from core.models import FactorRecovery, PersonalToken, User
from core.models.base import PublicIdModel
from demo.logins import MANAGER_EMAIL, REVIEWER_EMAIL, VOLUNTEER_EMAIL
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.models import Match, ProblemReport, Run
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run

MATCHES_OF_CALLER = 60  # more than a page
FEED_SECRET = "bench"
STATES = (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)


@dataclass
class BenchRows:
    """The tokens of the callers, an id for each path with one, by the path before it, and the volunteer's feed."""

    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    not_placed: dict[str, str] = field(default_factory=dict)
    feed_address: str = ""


def store_api_rows(seed: int) -> BenchRows:
    """Seed the demo, execute a full run, and spread the matches of a manager and of a volunteer over the states."""
    call_command("seed_demo", seed=seed, verbosity=0)
    at = timezone.now()
    for _number in range(2):  # the second has one to be compared with
        run = execute_run(queue_run(actor=None, at=at).pk, now=timezone.now, seconds=lambda: 0.0)
    assert run is not None
    User.objects.filter(email=REVIEWER_EMAIL).update(is_superuser=True)  # the list of reviewers is an administrator's
    users = {
        name: User.objects.get(email=email)
        for name, email in ((VOLUNTEER, VOLUNTEER_EMAIL), (MANAGER, MANAGER_EMAIL), (REVIEWER, REVIEWER_EMAIL))
    }
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": ""}) for user in users.values()
    )
    rows = BenchRows(tokens={name: _create_token(user, at) for name, user in users.items()})
    placements = _spread_placements(users[MANAGER], at)
    own_matches = _spread_own_matches(users[VOLUNTEER], at)
    fill_lists(placements, users, at)
    example, own_match = placements[2], own_matches[2]  # both at work
    proposed = Match.objects.filter(state=MatchState.PROPOSED, request__emergency=False)
    proposal = proposed.select_related("volunteer", "seat__role", "request").first()
    assert proposal is not None
    named = _find_named_rows(run, placement=example, own_match=own_match, proposal=proposal, manager=users[MANAGER])
    rows.ids = {path: str(row.public_id) for path, row in named.items()}
    rows.not_placed = {
        "volunteer": str(proposal.volunteer.public_id),
        "role": str(example.seat.role.public_id),
    }
    send_candidate_link(actor=users[REVIEWER], campaign=example.request.campaign, email="kim@demo.example", at=at)
    open_calendar_feed(actor=users[VOLUNTEER], secret=FEED_SECRET, has_mfa=True, authenticated_at=at, at=at)
    rows.feed_address = reverse("calendar", args=[FEED_SECRET])
    _update_statistics()
    return rows


def _find_named_rows(
    run: Run, *, placement: Match, own_match: Match, proposal: Match, manager: User
) -> dict[str, PublicIdModel]:
    """Return a row for each path with an id, by the path before it."""
    member = Member.objects.filter(user=manager).first()
    report, recovery, stop = (
        ProblemReport.objects.first(),
        FactorRecovery.objects.first(),
        CandidateStop.objects.first(),
    )
    assert member is not None
    assert report is not None
    assert recovery is not None
    assert stop is not None
    return {
        "campaigns": placement.request.campaign,
        "requests": placement.request,
        "roles": placement.seat.role,
        "members": member,
        "placements": placement,
        "me/matches": own_match,
        "matches": proposal,
        "review-teams": proposal.request,
        "runs": run,
        "policies": run.policy,
        "problem-reports": report,
        "factor-recoveries": recovery,
        "candidate-stops": stop,
    }


def _update_statistics() -> None:
    with connection.cursor() as cursor:
        # It may wait for as long as another transaction analyzes the catalogs that all databases share.
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET lock_timeout")


def _create_token(user: User, at: datetime) -> str:
    """Return the secret of a token that reads."""
    secret = f"{TOKEN_PREFIX}{user.pk:040d}"
    create_token(
        actor=user,
        name="bench",
        scope=PersonalToken.Scope.READ,
        days=1,
        secret=secret,
        has_mfa=True,
        authenticated_at=at,
        at=at,
    )
    return secret


def _spread_placements(manager: User, at: datetime) -> list[Match]:
    """Let the manager act for more campaigns until they have full pages of placements."""
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED).exclude(members__user=manager).order_by("pk")
    for campaign in campaigns[:20]:
        Member.objects.create(campaign=campaign, user=manager, position=Member.Position.STAFF, since=at)
    matches = Match.objects.filter(state=MatchState.PROPOSED, request__campaign__members__user=manager)
    return _spread_states(list(matches.select_related("request__campaign", "seat__role").order_by("pk")), at)


def _spread_own_matches(volunteer: User, at: datetime) -> list[Match]:
    """Give the volunteer a match in each of many requests."""
    own = Match.objects.filter(volunteer__user=volunteer)
    proposals = Match.objects.filter(state=MatchState.PROPOSED).exclude(request__in=own.values("request"))
    by_request = {match.request_id: match for match in proposals.select_related("request__campaign", "seat__role")}
    taken = list(by_request.values())[:MATCHES_OF_CALLER]
    Match.objects.filter(pk__in=[match.pk for match in taken]).update(volunteer=volunteer.volunteer)
    return _spread_states(taken, at)


def _spread_states(matches: list[Match], at: datetime) -> list[Match]:
    spread = matches[:MATCHES_OF_CALLER]
    for number, state in enumerate(STATES):
        of_state = [match.pk for match in spread[number :: len(STATES)]]
        Match.objects.filter(pk__in=of_state).update(state=state, offered_at=at, due_at=at + timedelta(days=2))
    assert len(spread) == MATCHES_OF_CALLER, len(spread)
    return spread
