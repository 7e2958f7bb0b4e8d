"""Every endpoint of the API and of the pages, and who is who before it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.permissions import BasePermission
from rest_framework.test import APIClient

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.filings import state_filing
from campaigns.actions.invitations import invite_member
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.filing_rules import FilingChange
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateStop, Member
from campaigns.models import Request as CampaignRequest
from campaigns.notice_types import CampaignNotice
from core.accounts.recovery_links import make_recovery_link_token
from core.models import FactorRecovery, PersonalToken, User
from core.models.factor_recovery import RECOVERY_LIFETIME
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import DutyShift, IncidentWatch, Interest, Match, Pin, Policy, Run, Veto
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, ensure_totp, verify_by_phone
from tests.match_factory import make_active_match
from tests.run_execution import execute_full_run
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer

THIRD_PARTY_PREFIXES = ("admin/", "accounts/", "api/v1/auth/")
"""Addresses under which others' code answers; the admin has tests of its own."""

CALLER_ROLES = (
    "anonymous",
    "volunteer",
    "other",
    "staff",
    "manager",
    "rival",
    "reviewer",
    "administrator",
    "partial_reviewer",
)
"""Anonymous; Alice, who works for the campaign; Bob, who does not; its staff and manager; an opponent's; Rita; Ada, an
administrator; and a reviewer with a part in the contest: Ruth is on the opponent's staff."""

UNKNOWN_ID = UUID("00000000-0000-4000-8000-000000000000")

_REQUEST_BODY = {
    "title": "New",
    "starts_on": "2026-04-01",
    "ends_on": "2026-05-01",
    "roles": [{"name": "One", "skill": "front-end", "hours_per_week": 2}],
}

REQUEST_BODIES: dict[str, Any] = {
    "member-detail patch": {"position": "treasurer"},
    "request-detail patch": {"title": "Newer"},
    "request-roles": {"name": "Two", "skill": "front-end", "hours_per_week": 2},
    "role-detail": {"name": "Another"},
    "role-seats": {"seat_count": 1},
    "request-detail": _REQUEST_BODY,
    "my-profile": {
        "first_name": "Zoe",
        "max_hours_per_week": 3,
        "time_zone": "America/New_York",
        "adult": True,
        "claims": [{"skill": "front-end", "level": 3, "wants_to_use": True}],
        "presets": ["evenings"],
    },
    "fits": {
        "claims": [{"skill": "front-end", "level": 3}],
        "max_hours_per_week": 3,
        "presets": ["evenings"],
        "time_zone": "America/New_York",
    },
    "my-profile-claim": {"token": "nothing", "adult": True},
    "match-reject": {"reason": "fit"},
    "match-accept": {"note": "On the phone."},
    "match-messages": {"text": "Hello"},
    "match-report-problem": {"kind": "other"},
    "match-checklists": {"stage": "kickoff", "item_code": "employer"},
    "placement-refuse": {"reason": "other"},
    "placement-messages": {"text": "Hello"},
    "placement-report-problem": {"kind": "other"},
    "placement-checklists": {"stage": "kickoff", "item_code": "owner"},
    "my-match-messages": {"text": "Hello"},
    "my-match-report-problem": {"kind": "other"},
    "my-match-checklists": {"stage": "kickoff", "item_code": "employer"},
    "my-level-question-answer": {"level": 3},
    "my-availability-on-call": {"on_call": True},
    "my-availability-pause": {"is_paused": True},
    "my-erasure": {"understands_consequences": True, "password": "correct horse battery"},
    "my-muted-topics": {"muted": []},
    "my-token-list": {"name": "Script", "scope": "read"},
    "me": {"language": "en"},
    "problem-report-close": {"outcome": "Looked."},
    "campaign-incidents": {"description": "x", "since": "x", "contact": "x"},
    "run-list": {"dry_run": True},
    "reviewer-list": {"email": "dave@example.org", "roles": ["reviewer"]},
    "factor-recovery-list": {"email": "dave@example.org", "callback": "Called."},
    "skill-unknown-words": {"word": "Beekeeping"},
    "policy-list": {"name": "Gentler", "offer_hours": 72},
}


@dataclass
class AccessScenario:
    """Who is who, and what each address that names something names here."""

    users: dict[str, User | None]
    ids: dict[str, str]
    bodies: dict[str, Any]
    clients: dict[str, APIClient] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    """By role, its client, and the key of a session that was begun."""


def build_scenario(cast: Cast, at: datetime) -> AccessScenario:
    """Alice works for Carol's campaign and has reported a problem; a question awaits her; Oscar stands against it."""
    match = make_active_match(cast, at)
    match.run = execute_full_run(at)  # a real one, with its arrays
    match.save(update_fields=["run"])
    staff, rival = create_user("sam"), create_user("oscar")
    member = Member.objects.create(campaign=cast.campaign, user=staff, position="staff", since=at)
    invited = invite_member(actor=cast.carol, campaign=cast.campaign, email=cast.bob.email, position="staff", at=at)
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    candidate = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)
    other = register_campaign(actor=rival, candidacy=build_candidacy("Pat Roe", at), name="Roe for Senate", at=at)
    verify_by_phone(actor=cast.rita, campaign=other, at=at)
    partial = create_user("ruth", reviewer=True)
    administrator = create_user("ada", reviewer=True)
    User.objects.filter(pk=administrator.pk).update(is_superuser=True)
    administrator.refresh_from_db()
    Member.objects.create(campaign=other, user=partial, position="staff", since=at)
    open_calendar_feed(actor=cast.alice, secret="calendar-secret", authenticated_at=at, at=at)
    ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    draft = RequestDraft(
        title="Draft", starts_on=at.date(), ends_on=at.date() + timedelta(days=9), roles=[FRONT_END_ROLE]
    )
    for user in (cast.bob, cast.dave):
        ensure_totp(user)
    recovery = FactorRecovery.objects.create(
        person=cast.bob, callback="Called.", requested_at=at, expires_at=at + RECOVERY_LIFETIME
    )
    state_filing(actor=cast.carol, campaign=cast.campaign, change=FilingChange(safe_phone="+1 503 555 0177"), at=at)
    details = IncidentDetails(description="Odd mail.", since="Today", contact="+1 503 555 0188")
    incident = report_incident(actor=cast.carol, campaign=cast.campaign, incident=details, time_zone="UTC", at=at)
    drafted = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=at)
    said = {
        "campaign-list": {
            "name": "New",
            "candidate": "Newton",
            "office": "Mayor",
            "level": "local",
            "jurisdiction": "US-WA",
            "election_on": str(at.date() + timedelta(days=90)),
        },
        "request-list": _REQUEST_BODY | {"campaign": str(cast.campaign.public_id)},
        "draft-supply-estimate": _REQUEST_BODY | {"campaign": str(cast.campaign.public_id)},
        "campaign-invitations": {"email": "new@example.org", "position": "staff"},
        "campaign-filing": {"safe_phone": "+1 503 555 0199"},
        "campaign-candidate-link": {"email": "kim@example.org"},
        "candidate-managers": {"token": candidate},
        "candidate-consent": {"token": candidate},
        "candidate-stop": {"token": candidate},
        "candidate-stop-close": {"outcome": "resumed", "note": "It was a mistake."},
        "candidate-end-manager-access": {
            "token": candidate,
            "manager": str(cast.campaign.members.get(user=cast.carol).public_id),
        },
        "member-invitation-accept": {"token": derive_link_token(CampaignNotice.MEMBER_INVITATION, invited.public_id)},
        "my-interest-list": {"open_role": str(cast.request.roles.get().board_id)},
        "my-veto-list": {"match": str(match.public_id)},
        "placement-veto-list": {"match": str(match.public_id)},
        "veto-list": {
            "volunteer": str(Volunteer.objects.get(user=cast.bob).public_id),
            "campaign": str(cast.campaign.public_id),
            "reason": "Family.",
        },
        "pin-list": {
            "volunteer": str(match.volunteer.public_id),
            "seat": str(match.seat.public_id),
            "reason": "They asked for each other.",
        },
        "duty-shift-list": {
            "starts_at": (at + timedelta(days=2)).isoformat(),
            "ends_at": (at + timedelta(days=3)).isoformat(),
        },
        "match-moves": {"moves": [{"match": str(match.public_id), "version": 1, "action": "approve"}]},
        "review-team-approve": {"proposals": [{"match": str(match.public_id), "version": 1}]},
        "review-team-reject": {"proposals": [{"match": str(match.public_id), "version": 1}], "reason": "fit"},
        "review-team-approve-together": {
            "teams": [
                {
                    "request": str(cast.request.public_id),
                    "proposals": [{"match": str(match.public_id), "version": 1}],
                }
            ]
        },
        "match-alternates": {"volunteer": str(match.volunteer.public_id)},
        "request-reduce-seats": {"role": str(cast.request.roles.get().public_id), "seat_count": 0},
    }
    interest = _create_interest(match, at)
    users = None, cast.alice, cast.bob, staff, cast.carol, rival, cast.rita, administrator, partial
    return AccessScenario(
        dict(zip(CALLER_ROLES, users, strict=True)),
        {
            "match": str(match.public_id),
            "my-match": str(match.public_id),
            "placement": str(match.public_id),
            "volunteer": str(match.public_id),
            "volunteer-level-question": str(match.volunteer.level_questions.get().public_id),
            "campaign": str(cast.campaign.public_id),
            "campaign-person": f"{cast.campaign.public_id} {match.public_id}",
            "campaign-member": f"{cast.campaign.public_id} {member.public_id}",
            "campaign-invitation": f"{cast.campaign.public_id} {invited.public_id}",
            "campaign-filing-page": str(cast.campaign.public_id),
            "campaign-names": str(cast.campaign.public_id),
            "campaign-candidate-told": str(cast.campaign.public_id),
            "hacked": str(cast.campaign.public_id),
            "incident": f"{cast.campaign.public_id} {incident.public_id}",
            "campaign-change": f"{cast.campaign.public_id} {drafted.public_id}",
            "campaign-publish": f"{cast.campaign.public_id} {drafted.public_id}",
            "campaign-published": f"{cast.campaign.public_id} {drafted.public_id}",
            **dict.fromkeys(
                ("campaign-request", "campaign-role-add", "campaign-request-close", "campaign-request-cancel"),
                f"{cast.campaign.public_id} {cast.request.public_id}",
            ),
            **dict.fromkeys(
                ("campaign-role", "campaign-role-close"),
                f"{cast.campaign.public_id} {cast.request.public_id} {cast.request.roles.get().public_id}",
            ),
            "campaign-incidents": str(cast.campaign.public_id),
            "request": str(drafted.public_id),
            "request-cancel": str(cast.request.public_id),
            "request-close": str(cast.request.public_id),
            "request-reduce-seats": str(cast.request.public_id),
            "request-team": str(cast.request.public_id),
            "review-team": str(cast.request.public_id),
            "run": str(Run.objects.latest("pk").public_id),
            "problem-report": str(report_problem(actor=cast.alice, match=match, kind="other", at=at).public_id),
            "my-level-question": str(match.volunteer.level_questions.get().public_id),
            "calendar": "calendar-secret",
            "mail-stop": signing.dumps([str(cast.alice.public_id), "offers"], salt="core.notifications.mail.stop"),
            "invitation": "nothing",
            "member": str(member.public_id),
            "my-token": str(_create_token(cast.alice, at).public_id),
            "my-interest": str(interest.public_id),
            "interest-withdraw": str(interest.public_id),
            # A person works on it, so it is on no board, as if it were not there.
            "open-role": str(match.seat.role.board_id),
            "my-veto": str(_create_veto(match, "volunteer", cast.alice, at).public_id),
            "placement-veto": str(_create_veto(match, "campaign", cast.carol, at).public_id),
            "veto": str(_create_veto(match, "reviewer", cast.rita, at).public_id),
            "pin": str(_create_pin(match, cast.rita, at).public_id),
            "factor-recovery": str(recovery.public_id),
            "recovery-stop": make_recovery_link_token(recovery),
            "duty-shift": str(_create_duty_shift(cast.rita, at).public_id),
            "incident-take": str(incident.public_id),
            "incident-called": str(_create_false_alarm(incident, at).public_id),
            "policy": str(Policy.objects.get().public_id),
            "role": str(cast.request.roles.get().public_id),
            "seat": str(match.seat.public_id),
            "member-invitation": str(invited.public_id),
            "join": derive_link_token(CampaignNotice.MEMBER_INVITATION, invited.public_id),
            "candidate": candidate,
            "candidate-end-manager": f"{candidate} {cast.campaign.members.get(user=cast.carol).public_id}",
            "candidate-stop": str(_create_stop(other, at).public_id),
        },
        REQUEST_BODIES | said,
    )


def _create_token(user: User, at: datetime) -> PersonalToken:
    token = {
        "name": "Script",
        "scope": "read",
        "token_digest": "d",
        "credential_digest": user.credentials,
        "has_mfa": False,
    }
    return PersonalToken.objects.create(user=user, created_at=at, expires_at=at + timedelta(days=9), **token)


def _create_interest(match: Match, at: datetime) -> Interest:
    due_at = at + timedelta(days=7)
    return Interest.objects.create(volunteer=match.volunteer, role=match.seat.role, since=at, answer_due_at=due_at)


def _create_stop(campaign: Campaign, at: datetime) -> CandidateStop:
    return CandidateStop.objects.create(campaign=campaign, stopped_at=at, answer_due_at=at + timedelta(days=1))


def _create_false_alarm(incident: CampaignRequest, at: datetime) -> CampaignRequest:
    """Another incident of the same campaign, which it called off, and about which no one has called yet."""
    false_alarm = CampaignRequest.objects.create(
        campaign=incident.campaign,
        title=incident.title,
        starts_on=incident.starts_on,
        ends_on=incident.ends_on,
        emergency=True,
        state=CampaignRequest.State.CANCELLED,
        created_at=at,
        published_at=at,
    )
    due_at = at + timedelta(days=1)
    IncidentWatch.objects.create(incident=false_alarm, all_told_due_at=at, call_due_at=due_at)
    return false_alarm


def _create_veto(match: Match, side: str, by: User, at: datetime) -> Veto:
    campaign = match.request.campaign
    return Veto.objects.create(volunteer=match.volunteer, campaign=campaign, side=side, created_by=by, created_at=at)


def _create_duty_shift(reviewer: User, at: datetime) -> DutyShift:
    return DutyShift.objects.create(reviewer=reviewer, starts_at=at, ends_at=at + timedelta(days=1))


def _create_pin(match: Match, by: User, at: datetime) -> Pin:
    return Pin.objects.create(
        volunteer=match.volunteer, seat=match.seat, created_by=by, created_at=at, reason="Agreed."
    )


def list_endpoints() -> list[tuple[str, str]]:
    """Every route of ours with each method that it has, in order."""
    return sorted({(route.name or "", method) for route in _list_routes() for method in _route_methods(route)})


def endpoint_path(house: AccessScenario, route: str, named: object = "") -> str:
    """The address of a route, about `named`, or about what it is about here."""
    if not has_path_argument(route):
        return reverse(route)
    here = next(house.ids[name] for name in (route, *_route_prefixes(route)) if name in house.ids)
    return reverse(route, args=[named or part for part in here.split()])


@cache
def has_path_argument(route: str) -> bool:
    """Whether an address has a name in it."""
    return any(each.name == route and each.pattern.converters for each in _list_routes())


def permission_classes_by_route() -> dict[str, set[type[BasePermission]]]:
    """The classes of people that every route of the API lets come to it, over all its methods."""
    return {
        route.name or "": _view_permission_classes(route.callback)
        for route in _list_routes()
        if hasattr(route.callback, "cls")
    }


def _view_permission_classes(view: Any) -> set[type[BasePermission]]:
    whole: list[type[BasePermission]] = view.initkwargs.get("permission_classes", view.cls.permission_classes)
    return set(whole)


def _route_prefixes(route: str) -> Iterator[str]:
    while "-" in route:
        route = route.rsplit("-", 1)[0]
        yield route


def _list_routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        here = before + str(each.pattern)
        if here.startswith(THIRD_PARTY_PREFIXES):
            continue
        if isinstance(each, URLResolver):
            yield from _list_routes(each, here)
        else:
            yield each


def _route_methods(route: URLPattern) -> list[str]:
    view: Any = route.callback
    actions = getattr(view, "actions", None)
    if actions:
        return [method for method in actions if method != "head"]
    known = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if known:
        return [name for name in ("get", "post", "put", "patch", "delete") if hasattr(known, name)]
    return ["get", "post"]
