"""Two worlds that differ in nothing but what is hidden from somebody give them the same answers, byte for byte.

The walk takes every list and detail of the API's description, and with `thorough` every filter, order and search.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db.models import F

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request, Role, Seat
from core.models import Jurisdiction, Notice, Party, Skill
from matching.models import Match, Pin, Policy, ProblemReport, Run, Veto
from matching.rules.states import MatchState
from tests.access.api_crawler import find_leaking_addresses, list_questions
from tests.cast import Cast, build_candidacy, create_user, create_volunteer, publish_new_request, verify_by_phone
from tests.match_factory import MAKER_BY_STATE
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

MINE = "/api/v1/me/matches"
WORDS = ["website", "swordfish", "Quill", "Alice", "front-end"]


@pytest.fixture(autouse=True)
def _party(db: None) -> None:
    """That there is such a party is a public fact; that somebody prefers it is none."""
    Party.objects.create(code="quill", name="Quill")


def matched(volunteer: Volunteer, seat: Seat, state: str, now: datetime) -> Match:
    told: dict[str, Any] = {"score": 1, "score_parts": {"turn": 1}, "proposed_at": now, "state_changed_at": now}
    asked = None if state in ("proposed", "approved") else now
    request = seat.role.request
    return Match.objects.create(volunteer=volunteer, seat=seat, request=request, state=state, offered_at=asked, **told)


def elsewhere(cast: Cast, now: datetime) -> tuple[Campaign, Request]:
    """Another campaign, of another contest, with a request of its own."""
    manager = create_user("oscar")
    standing = build_candidacy("Pat Roe", now, office="Mayor", level="local", district="")
    other = verify_by_phone(
        actor=cast.rita, campaign=register_campaign(actor=manager, candidacy=standing, name="Roe", at=now), at=now
    )
    request = publish_new_request(
        manager, other, now, title="Quill", roles=[RoleDraft(name="Copy", skill="copywriting", hours_per_week=1)]
    )
    Request.objects.filter(pk=request.pk).update(is_on_board=False)  # what is on the board is not hidden
    Notice.objects.filter(recipient=manager).delete()
    return other, request


def named(cast: Cast, match: Match, request: Request) -> dict[str, str]:
    """What each side can name, whether it may see it or not, by the beginning of the address."""
    role = match.seat.role
    return {
        "/api/v1/me/matches/": str(match.public_id),
        "/api/v1/placements/": str(match.public_id),
        "/api/v1/matches/": str(match.public_id),
        "/api/v1/requests/": str(request.public_id),
        "/api/v1/campaigns/": str(cast.campaign.public_id),
        "/api/v1/roles/": str(role.public_id),
    }


def secrets_of_reviewers(cast: Cast, match: Match, now: datetime) -> None:
    """Runs, drafts of rules, pins, vetoes, reports as they were handled, and what a match is worth."""
    run = Run.objects.create(policy=Policy.objects.get(), requested_at=now, state="queued", is_limited=True)
    Policy.objects.create(number=77, name="Quill")
    Match.objects.filter(pk=match.pk).update(note="Quill", run=run, escalated_at=now)
    Veto.objects.create(
        volunteer=match.volunteer, campaign=cast.campaign, side="reviewer", created_at=now, reason="Quill"
    )
    Pin.objects.create(volunteer=match.volunteer, seat=match.seat, created_at=now, reason="Quill")
    ProblemReport.objects.update(outcome="Quill", text="Quill")


@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_a_campaign_is_told_the_same_whatever_is_hidden_from_it(cast: Cast, now: datetime, state: MatchState) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    bob = Volunteer.objects.get(user=cast.bob)
    roles = [
        RoleDraft(name="Copy", skill="copywriting", hours_per_week=1),
        RoleDraft(name="Page", skill="front-end", hours_per_week=1),
    ]
    team = publish_new_request(cast.carol, cast.campaign, now, title="Team", roles=roles, staffing="whole")
    other, foreign = elsewhere(cast, now)
    reported(match, now)
    for number in range(12):
        create_volunteer(create_user(f"crowd{number}"), now)

    def hidden() -> None:
        secrets_of_reviewers(cast, match, now)
        Match.objects.filter(pk=match.pk).update(score=F("score") + 7, score_parts={"turn": 7}, remind_at=now)
        of_a_person(match, now)
        if state in (MatchState.PROPOSED, MatchState.OFFERED):
            who_it_is(cast, match, now)
        if state in (MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED):
            type(cast.alice).objects.filter(pk=cast.alice.pk).update(email="quill@example.org")
            Volunteer.objects.filter(pk=match.volunteer_id).update(contact="Signal: quill")
        # Busy elsewhere, and thought of for us.
        matched(match.volunteer, Seat.objects.get(role__request=foreign), "active", now)
        matched(bob, Seat.objects.get(role__name="Copy", role__request=team), "approved", now)
        Veto.objects.create(volunteer=bob, campaign=cast.campaign, side="volunteer", created_at=now)
        for one in Volunteer.objects.filter(user__email__startswith="crowd"):
            one.rest_until = date(2026, 6, 1)
            one.save()
            Veto.objects.create(volunteer=one, campaign=cast.campaign, side="volunteer", created_at=now)
        another = publish_new_request(other.members.get().user, other, now, title="Quill again", roles=roles)
        Request.objects.filter(pk=another.pk).update(is_on_board=False)
        matched(match.volunteer, Seat.objects.filter(role__request=another)[0], "proposed", now)

    asked = list(list_questions(named(cast, match, team), WORDS, thorough=state == MatchState.OFFERED))
    draft = {
        "campaign": str(cast.campaign.public_id),
        "title": "New",
        "starts_on": "2026-03-09",
        "ends_on": "2026-04-19",
        "roles": [
            {"name": "One", "skill": "front-end", "hours_per_week": 2},
            {"name": "Two", "skill": "copywriting", "hours_per_week": 1},
        ],
    }
    posts = {"/api/v1/requests/supply-estimate": draft, f"/api/v1/requests/{team.public_id}/supply-estimate": None}

    assert find_leaking_addresses(cast.carol, asked, posts, hidden, open_to="/api/v1/placements") == []


def reported(match: Match, now: datetime) -> None:
    """By a reviewer's account of it, long closed."""
    told: dict[str, Any] = {"side": "volunteer", "kind": "other", "text": "x", "outcome": "y"}
    ProblemReport.objects.create(match=match, reported_at=now, answer_due_at=now, handled_at=now, **told)


def of_a_person(match: Match, now: datetime) -> None:
    """What people keep to themselves, whatever they have said yes to."""
    one = match.volunteer
    one.last_name, one.may_make_decisions, one.job_restricts, one.on_call, one.max_projects = (
        "Quill",
        "no",
        "yes",
        True,
        4,
    )
    one.levels, one.restrict_to_levels, one.restrict_to_parties, one.restrict_to_jurisdictions = (
        ["state"],
        True,
        True,
        True,
    )
    one.waiting_since, one.rest_until, one.availability_confirmed_at = now - timedelta(days=99), now.date(), now
    one.assumed = ["hours"]
    one.save()
    one.parties.add(Party.objects.get(code="quill"))
    one.jurisdictions.add(Jurisdiction.objects.get(code="US-WA"))
    TimeOff.objects.create(volunteer=one, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 9))


def who_it_is(cast: Cast, match: Match, now: datetime) -> None:
    """What is told from somebody's yes on."""
    Volunteer.objects.filter(pk=match.volunteer_id).update(first_name="Quill")
    told: dict[str, Any] = {"method": "call", "reviewer": cast.rita, "created_at": now, "valid_until": date(2027, 1, 1)}
    Vetting.objects.create(volunteer=match.volunteer, area="incidents", **told)
    # When they are free, and where they live: the hours of one person who is only asked are told in no way.
    AvailabilityWindow.objects.filter(volunteer=match.volunteer).delete()
    AvailabilityWindow.objects.create(volunteer=match.volunteer, weekday=6, starts=time(6), ends=time(7))
    Volunteer.objects.filter(pk=match.volunteer_id).update(time_zone="Asia/Tokyo")


@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_a_volunteer_is_told_the_same_whatever_is_hidden_from_them(
    cast: Cast, now: datetime, state: MatchState
) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    bob = Volunteer.objects.get(user=cast.bob)
    other, foreign = elsewhere(cast, now)
    reported(match, now)
    mate = Role.objects.create(
        request=match.request, name="Copy", skill=Skill.objects.get(code="copywriting"), hours_per_week=1
    )
    matched(bob, Seat.objects.create(role=mate, number=1), "offered", now)

    def hidden() -> None:
        secrets_of_reviewers(cast, match, now)
        AvailabilityWindow.objects.filter(volunteer=bob).delete()
        if state not in (MatchState.ACTIVE, MatchState.CLOSING):
            confidential(match)
        if state == MatchState.PROPOSED:
            Request.objects.filter(pk=match.request_id).update(title="Quill", summary="Quill")
            SkillClaim.objects.filter(volunteer=bob).update(level=1)
        Request.objects.filter(pk=match.request_id).update(priority=5)
        Veto.objects.create(volunteer=match.volunteer, campaign=cast.campaign, side="campaign", created_at=now)
        Veto.objects.create(volunteer=match.volunteer, campaign=other, side="campaign", created_at=now)
        matched(match.volunteer, Seat.objects.get(role__request=foreign), "approved", now)
        matched(bob, Seat.objects.get(role__request=foreign), "proposed", now)
        Volunteer.objects.filter(pk=bob.pk).update(first_name="Quill", contact="Quill")

    asked = list(list_questions(named(cast, match, match.request), WORDS, thorough=state == MatchState.OFFERED))

    assert find_leaking_addresses(cast.alice, asked, {}, hidden, open_to=MINE) == []


def confidential(match: Match) -> None:
    """What is told to those who work."""
    told = {"brief": "Quill", "channel": "Quill", "out_of_scope": "Quill"}
    Request.objects.filter(pk=match.request_id).update(**told)
    contact = match.request.contact
    assert contact is not None
    type(contact.user).objects.filter(pk=contact.user_id).update(email="quill-owner@example.org")


def test_the_walk_sees_what_differs(cast: Cast, now: datetime) -> None:
    match = MAKER_BY_STATE[MatchState.OFFERED](cast, now)
    asked = list(list_questions(named(cast, match, match.request), WORDS, thorough=False))

    def open_secret() -> None:
        Request.objects.filter(pk=match.request_id).update(summary="Quill")

    assert find_leaking_addresses(cast.alice, asked, {}, open_secret, open_to=MINE) == [
        MINE,
        f"{MINE}/{match.public_id}",
    ]
