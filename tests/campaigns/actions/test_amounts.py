"""How many roles, seats, drafts and unverified campaigns there may be, one after the other and at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
import time_machine

from campaigns.actions import request_checks
from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitation_limits import MAX_INVITATIONS_PER_USER_PER_DAY
from campaigns.actions.invitations import invite_member
from campaigns.actions.members import leave_campaign
from campaigns.actions.positions import change_position
from campaigns.actions.publication import publish_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.actions.requests import draft_request, redraft_request
from campaigns.actions.roles_and_seats import add_role, add_seats, close_seat
from campaigns.daily_limits import MAX_CAMPAIGNS_REGISTERED_PER_DAY
from campaigns.draft_rules import (
    MAX_DRAFTS_PER_CAMPAIGN,
    MAX_ROLES_PER_REQUEST,
    MAX_SEATS_PER_REQUEST,
    MAX_UNVERIFIED_CAMPAIGNS_PER_USER,
    RequestDraft,
    RoleDraft,
)
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, Member, Playbook, PlaybookRole, Request, Role, Seat
from campaigns.notice_types import CampaignNotice
from core.errors import Invalid, TooManyRequests, WrongState
from core.models import Skill
from matching.lifecycle.actions.emergency import (
    MAX_INCIDENTS_PER_CAMPAIGN_PER_DAY,
    MAX_OPEN_INCIDENTS_PER_CAMPAIGN,
    IncidentDetails,
    report_incident,
)
from tests.cast import FRONT_END_ROLE, Cast, assemble_cast, build_candidacy
from tests.matching.lifecycle.races.concurrency import Outcome, run_at_once

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def build_roles(count: int, seats: int = 1) -> list[RoleDraft]:
    return [
        RoleDraft(name=f"Role {number}", skill="front-end", hours_per_week=2, seat_count=seats)
        for number in range(count)
    ]


def build_draft(at: datetime, roles: list[RoleDraft], **changes: Any) -> RequestDraft:
    values: dict[str, Any] = {"title": "Large", "starts_on": at.date(), "ends_on": at.date() + timedelta(days=30)}
    return RequestDraft(roles=roles, **(values | changes))


def draft(cast: Cast, roles: list[RoleDraft] | None = None, at: datetime = NOW, **changes: Any) -> Request:
    built = build_draft(at, [FRONT_END_ROLE] if roles is None else roles, **changes)
    return draft_request(actor=cast.carol, campaign=cast.campaign, draft=built, at=at)


def register(cast: Cast, number: int, at: datetime = NOW) -> Campaign:
    candidacy = build_candidacy(f"Candidate {number}", at, district=str(100 + number))
    return register_campaign(actor=cast.dave, candidacy=candidacy, name=f"Campaign {number}", at=at)


def test_a_draft_has_twenty_roles_and_three_hundred_seats_at_most(cast: Cast) -> None:
    largest = draft(cast, build_roles(20, seats=15))
    assert Seat.objects.filter(role__request=largest).count() == MAX_SEATS_PER_REQUEST

    for roles in (build_roles(MAX_ROLES_PER_REQUEST + 1), [*build_roles(19, seats=15), *build_roles(1, seats=16)]):
        with pytest.raises(Invalid) as refused:
            draft(cast, roles)
        assert refused.value.field == "roles"
    with pytest.raises(Invalid):
        redraft_request(actor=cast.carol, request=largest, draft=build_draft(NOW, build_roles(21)), at=NOW)


def test_the_roles_that_a_playbook_brings_are_counted(cast: Cast) -> None:
    playbook = Playbook.objects.create(code="huge", name="Huge", summary="All.", weeks=4, staffing="rolling")
    skill = Skill.objects.get(code="front-end")
    PlaybookRole.objects.bulk_create(
        PlaybookRole(playbook=playbook, order=number, name=f"Role {number}", skill=skill, level=3, hours_per_week=2)
        for number in range(MAX_ROLES_PER_REQUEST + 1)
    )

    with pytest.raises(Invalid, match="at most 20 roles"):
        draft(cast, [], playbook="huge")


def test_roles_and_seats_that_are_added_are_counted_with_the_closed_ones(cast: Cast) -> None:
    request = publish_request(actor=cast.carol, request=draft(cast, build_roles(19, seats=15)), at=NOW)
    role = request.roles.earliest("pk")
    close_seat(actor=cast.carol, seat=role.seats.earliest("pk"), at=NOW)
    add_seats(actor=cast.carol, role=role, seat_count=14, at=NOW)

    with pytest.raises(Invalid, match="at most 300 seats"):
        add_seats(actor=cast.carol, role=role, seat_count=2, at=NOW)
    add_role(
        actor=cast.carol, request=request, draft=RoleDraft(name="Last", skill="front-end", hours_per_week=2), at=NOW
    )
    with pytest.raises(Invalid, match="at most 20 roles"):
        add_role(
            actor=cast.carol, request=request, draft=RoleDraft(name="More", skill="front-end", hours_per_week=2), at=NOW
        )


def test_a_campaign_has_twenty_drafts_at_most(cast: Cast) -> None:
    drafts = [draft(cast) for _ in range(MAX_DRAFTS_PER_CAMPAIGN)]

    with pytest.raises(Invalid, match="at most 20 drafts"):
        draft(cast)
    cancel_request(actor=cast.carol, request=drafts[0], at=NOW)
    draft(cast)


def test_a_campaign_writes_its_requests_so_many_times_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few roles there are at once: each call leaves history, whose time is the database's."""
    by: dict[str, Any] = {"actor": cast.carol, "at": NOW}
    request, numbers = draft(cast), count(2)
    writes: list[Callable[[], object]] = [
        lambda: draft(cast),
        lambda: redraft_request(request=request, draft=build_draft(NOW, build_roles(1)), **by),
        lambda: add_role(request=request, draft=build_roles(next(numbers))[-1], **by),
        lambda: add_seats(role=request.roles.latest("pk"), seat_count=1, **by),
    ]
    written = Request.pgh_event_model.objects.filter(pgh_obj__campaign=cast.campaign).count()  # type: ignore[attr-defined]
    monkeypatch.setattr(request_checks, "MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY", written + len(writes))

    for write in writes:
        write()
    for write in writes:
        with pytest.raises(TooManyRequests, match="times a day"):
            write()
    add_seats(actor=cast.carol, role=request.roles.latest("pk"), seat_count=1, at=NOW + timedelta(days=36_500))


def test_an_emergency_is_never_refused_for_the_drafts_but_five_are_open_at_most(cast: Cast) -> None:
    for _ in range(MAX_DRAFTS_PER_CAMPAIGN):
        draft(cast)

    def report(number: int) -> Request:
        incident = IncidentDetails(description=f"Sign {number}", since="today", contact="a phone")
        return report_incident(
            actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="America/New_York", at=NOW
        )

    first, *_others = [report(number) for number in range(MAX_OPEN_INCIDENTS_PER_CAMPAIGN)]
    with pytest.raises(Invalid, match="incidents of this campaign are open"):
        report(99)
    assert report(0) == first


def test_a_campaign_reports_ten_incidents_a_day_with_the_cancelled_ones(cast: Cast) -> None:
    def report(number: int, at: datetime) -> Request:
        incident = IncidentDetails(description=f"Sign {number}", since="today", contact="a phone")
        return report_incident(
            actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="America/New_York", at=at
        )

    for number in range(MAX_INCIDENTS_PER_CAMPAIGN_PER_DAY):
        cancel_request(actor=cast.carol, request=report(number, NOW), at=NOW)

    with pytest.raises(TooManyRequests, match="10 incidents a day"):
        report(98, NOW)
    report(99, NOW + timedelta(days=1))


def test_a_person_registers_five_campaigns_a_day_with_those_ended_or_left(cast: Cast) -> None:
    left = register(cast, 0)
    Member.objects.create(campaign=left, user=cast.bob, position=Member.Position.MANAGER, since=NOW)
    leave_campaign(actor=cast.dave, campaign=left, at=NOW)
    for number in range(1, MAX_CAMPAIGNS_REGISTERED_PER_DAY):
        end_campaign(actor=cast.dave, campaign=register(cast, number), at=NOW)

    with pytest.raises(TooManyRequests, match="5 campaigns a day"):
        register(cast, 8)
    register(cast, 9, NOW + timedelta(days=1))


def test_asking_who_is_here_costs_as_much_as_a_registration(cast: Cast) -> None:
    register(cast, 0)
    for _number in range(1, MAX_CAMPAIGNS_REGISTERED_PER_DAY):
        with pytest.raises(Invalid, match="has a campaign here already"):
            register(cast, 0)

    for number in (0, 1):  # here, and not here: both are answered alike
        with pytest.raises(TooManyRequests, match="5 campaigns a day"):
            register(cast, number)


def test_a_person_sends_twenty_invitations_a_day_for_all_campaigns_with_the_ended_ones(cast: Cast) -> None:
    def invite(campaign: Campaign, number: int, at: datetime = NOW) -> None:
        email = f"guest{number}@example.org"
        invite_member(actor=cast.dave, campaign=campaign, email=email, position="staff", at=at)

    for number in range(2):
        campaign = register(cast, number)
        for guest in range(MAX_INVITATIONS_PER_USER_PER_DAY // 2):
            invite(campaign, guest)
        end_campaign(actor=cast.dave, campaign=campaign, at=NOW)
    last = register(cast, 9)

    with pytest.raises(TooManyRequests, match="20 invitations a day"):
        invite(last, 50)
    invite(last, 50, NOW + timedelta(days=1))


def test_a_person_manages_three_unverified_campaigns_at_most(cast: Cast) -> None:
    for number in range(MAX_UNVERIFIED_CAMPAIGNS_PER_USER):
        register(cast, number)

    with pytest.raises(Invalid, match="wait to be verified"):
        register(cast, 9)
    Campaign.objects.filter(name="Campaign 0").update(state=Campaign.State.ENDED, answer_due_at=None)
    register(cast, 9)


def test_an_invitation_to_manage_is_counted_too(cast: Cast) -> None:
    own = [register(cast, number) for number in range(MAX_UNVERIFIED_CAMPAIGNS_PER_USER)]
    other = register_campaign(
        actor=cast.bob, candidacy=build_candidacy("Pat Roe", NOW, district="9"), name="Roe", at=NOW
    )
    invitation = invite_member(
        actor=cast.bob, campaign=other, email=cast.dave.email, position="manager", at=NOW, authenticated_at=NOW
    )
    token = derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)

    with pytest.raises(Invalid, match="wait to be verified"):
        accept_invitation(actor=cast.dave, token=token, at=NOW)
    Campaign.objects.filter(pk=own[0].pk).update(state=Campaign.State.ENDED, answer_due_at=None)
    accept_invitation(actor=cast.dave, token=token, at=NOW)


def test_a_member_who_becomes_a_manager_is_counted_too(cast: Cast) -> None:
    own = [register(cast, number) for number in range(MAX_UNVERIFIED_CAMPAIGNS_PER_USER)]
    other = register_campaign(
        actor=cast.bob, candidacy=build_candidacy("Pat Roe", NOW, district="9"), name="Roe", at=NOW
    )
    dave = Member.objects.create(campaign=other, user=cast.dave, position="staff", since=NOW)

    with pytest.raises(WrongState, match="too many unverified campaigns"):
        change_position(actor=cast.bob, member=dave, position="manager", at=NOW, authenticated_at=NOW)
    Campaign.objects.filter(pk=own[0].pk).update(state=Campaign.State.ENDED, answer_due_at=None)
    assert (
        change_position(actor=cast.bob, member=dave, position="manager", at=NOW, authenticated_at=NOW).position
        == "manager"
    )


@pytest.fixture
def shared_cast(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=False):
        yield assemble_cast(NOW)


def _count_refused(outcomes: list[Outcome]) -> int:
    assert [outcome.error for outcome in outcomes if not outcome.is_clean] == []
    return sum(outcome.error is not None for outcome in outcomes)


def test_of_several_drafts_at_once_none_goes_past_the_limit(shared_cast: Cast) -> None:
    for _ in range(MAX_DRAFTS_PER_CAMPAIGN - 1):
        draft(shared_cast)

    assert _count_refused(run_at_once([partial(draft, shared_cast)] * 4)) == 3
    assert Request.objects.filter(state="draft").count() == MAX_DRAFTS_PER_CAMPAIGN


def test_of_several_registrations_at_once_none_goes_past_the_limit(shared_cast: Cast) -> None:
    for number in range(MAX_UNVERIFIED_CAMPAIGNS_PER_USER - 1):
        register(shared_cast, number)

    outcomes = run_at_once([partial(register, shared_cast, number) for number in range(10, 14)])

    assert _count_refused(outcomes) == 3


def test_of_several_roles_and_seats_at_once_none_goes_past_the_limit(shared_cast: Cast) -> None:
    request = draft(shared_cast, build_roles(19, seats=15))
    role = Role.objects.filter(request=request).earliest("pk")
    acts = [
        partial(
            add_role,
            actor=shared_cast.carol,
            request=request,
            draft=RoleDraft(name=f"New {number}", skill="front-end", hours_per_week=2, seat_count=10),
            at=NOW,
        )
        for number in range(3)
    ]
    acts += [partial(add_seats, actor=shared_cast.carol, role=role, seat_count=10, at=NOW)] * 3

    assert _count_refused(run_at_once(acts)) == len(acts) - 1  # there was room for ten seats, once
    assert Seat.objects.filter(role__request=request).count() == 295
