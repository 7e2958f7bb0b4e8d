"""What one person can repeat, and what writes rows or sends letters each time, has a limit a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions import filings, invitation_limits, positions, request_checks
from campaigns.actions.amendments import amend_request
from campaigns.actions.filings import state_filing
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import invite_member
from campaigns.actions.positions import change_position
from campaigns.actions.request_ends import close_request
from campaigns.actions.role_amendments import amend_role
from campaigns.actions.roles_and_seats import add_role, add_seats, close_seat
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.draft_rules import RoleDraft
from campaigns.filing_rules import FilingChange
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member, Request, Role, Seat
from campaigns.notice_types import CampaignNotice
from core.daily_limits import check_daily_rows
from core.errors import TooManyRequests
from core.models import Notice
from matching.lifecycle.actions import messages, vetoes
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.actions.interests import withdraw_interest
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.vetoes import lift_veto, veto_campaign
from matching.models import Interest, Message, Veto
from matching.open_roles.actions import interests
from matching.open_roles.actions.interests import express_interest
from tests.cast import Cast, authenticate_client, sign_in_browser
from tests.match_factory import make_accepted_match, make_offered_match
from volunteers.actions import profile_changes
from volunteers.actions.availability import confirm_availability, return_to_service, set_on_call, set_paused
from volunteers.actions.details import replace_details
from volunteers.actions.skills import replace_skills
from volunteers.actions.weeks import add_time_off
from volunteers.actions.wishes import replace_wishes
from volunteers.models import Volunteer
from volunteers.stated_profile import Details, Wishes

Writes = list[Callable[[], object]]

A_CENTURY = timedelta(days=36_500)
"""The time of history is the database's, so a test looks at it from far away."""


def write_up_to(limit: str, module: ModuleType, writes: Writes, patch: pytest.MonkeyPatch, *, done: int = 0) -> None:
    """Make every write once, which is the limit then, and see each refused after it."""
    patch.setattr(module, limit, done + len(writes))
    for write in writes:
        write()
    for write in writes:
        with pytest.raises(TooManyRequests, match="a day"):
            write()


def change_request(cast: Cast, at: datetime) -> Writes:
    """Return each way to change a published request; each gives something new whenever it is called."""
    numbers = count(1)
    role = Role.objects.get(request=cast.request, name="Front end")
    by: dict[str, Any] = {"actor": cast.carol, "at": at}
    return [
        lambda: amend_request(request=cast.request, change=RequestChange(title=f"Site {next(numbers)}"), **by),
        lambda: amend_role(role=role, change=RoleChange(tasks=f"Build part {next(numbers)}."), **by),
        lambda: add_seats(role=role, seat_count=1, **by),
        lambda: add_role(
            request=cast.request,
            draft=RoleDraft(name=f"Role {next(numbers)}", skill="front-end", hours_per_week=2),
            **by,
        ),
    ]


def count_changes(request: Request) -> int:
    events: int = Request.pgh_event_model.objects.filter(pgh_obj=request).count()  # type: ignore[attr-defined]
    return events


def test_a_published_request_changes_so_many_times_a_day(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = change_request(cast, now)

    write_up_to(
        "MAX_CHANGES_PER_REQUEST_PER_DAY", request_checks, writes, monkeypatch, done=count_changes(cast.request)
    )

    notices = Notice.objects.count()
    same = RequestChange(priority=Request.objects.get(pk=cast.request.pk).priority)
    amend_request(actor=cast.carol, request=cast.request, change=same, at=now)
    assert Notice.objects.count() == notices
    # It can always be made smaller, or closed.
    close_seat(actor=cast.carol, seat=Seat.objects.filter(role__request=cast.request)[0], at=now)
    for write in change_request(cast, now + A_CENTURY)[1:]:
        write()
    close_request(actor=cast.carol, request=cast.request, at=now)


def test_amendments_count_among_all_that_a_campaign_writes(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = change_request(cast, now)

    write_up_to(
        "MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY", request_checks, writes, monkeypatch, done=count_changes(cast.request)
    )


def test_a_position_changes_so_many_times_a_day(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    invitation = invite_member(
        actor=cast.carol, campaign=cast.campaign, email=cast.dave.email, position="staff", at=now, authenticated_at=now
    )
    token = derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)
    member = accept_invitation(actor=cast.dave, token=token, at=now)

    def change_it() -> None:
        stored = Member.objects.get(pk=member.pk)
        other = "treasurer" if stored.position == "staff" else "staff"
        change_position(actor=cast.carol, member=stored, position=other, at=now)

    write_up_to("MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY", positions, [change_it] * 3, monkeypatch)
    assert Notice.objects.filter(recipient=cast.dave, kind="position-changed").count() == 3


def test_a_filing_changes_so_many_times_a_day(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = count(5035550100)

    def change_it() -> None:
        change = FilingChange(safe_phone=str(next(numbers)))
        state_filing(actor=cast.carol, campaign=cast.campaign, change=change, at=now)

    write_up_to("MAX_FILING_CHANGES_PER_CAMPAIGN_PER_DAY", filings, [change_it] * 2, monkeypatch)


def test_each_side_of_a_match_writes_so_many_messages_a_day(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    match = make_accepted_match(cast, now)

    for actor in (cast.alice, cast.carol):
        write = partial(write_message, actor=actor, match=match, text="Hello.", at=now)
        write_up_to("MAX_MESSAGES_PER_MATCH_PER_DAY", messages, [write] * 2, monkeypatch)

    write_message(actor=cast.alice, match=match, text="Good morning.", at=now + timedelta(days=1))
    assert Message.objects.count() == 5


def test_a_volunteer_asks_for_so_many_roles_a_day(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    role = Role.objects.get()

    def ask_and_take_back() -> None:
        interest = express_interest(actor=cast.alice, open_role_id=role.board_id, at=now)
        withdraw_interest(actor=cast.alice, interest=interest, at=now)

    write_up_to("MAX_INTERESTS_PER_DAY", interests, [ask_and_take_back] * 2, monkeypatch)
    assert Interest.objects.count() == 2


def test_a_veto_is_taken_back_so_many_times_a_day(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    match = make_offered_match(cast, now)
    monkeypatch.setattr(vetoes, "MAX_VETOES_PER_PAIR_PER_DAY", 2)

    lift_veto(actor=cast.alice, veto=veto_campaign(actor=cast.alice, match=match, at=now), at=now)
    veto = veto_campaign(actor=cast.alice, match=match, at=now)
    with pytest.raises(TooManyRequests, match="tomorrow"):
        lift_veto(actor=cast.alice, veto=veto, at=now)

    assert Veto.objects.get() == veto
    lift_veto(actor=cast.alice, veto=veto, at=now + A_CENTURY)


def test_a_profile_changes_so_many_times_a_day_but_a_pause_is_never_refused(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    by: dict[str, Any] = {"actor": cast.alice, "at": now}
    days = (now.date() + timedelta(days=number) for number in count(1))

    def take_a_day_off() -> None:
        day = next(days)
        add_time_off(starts_on=day, ends_on=day, **by)

    writes: Writes = [
        lambda: replace_skills(claims=[("front-end", 4, True)], **by),
        lambda: replace_wishes(wishes=Wishes(), **by),
        lambda: replace_details(details=Details(first_name="Alice"), **by),
        take_a_day_off,
        lambda: confirm_availability(**by),
    ]

    set_on_call(on_call=True, **by)
    write_up_to("MAX_PROFILE_CHANGES_PER_DAY", profile_changes, writes, monkeypatch, done=1)

    set_on_call(on_call=False, **by)
    set_paused(is_paused=True, **by)
    with pytest.raises(TooManyRequests, match="a day"):
        set_paused(is_paused=False, **by)
    leave_service(**by)
    with pytest.raises(TooManyRequests, match="a day"):
        return_to_service(**by)
    return_to_service(actor=cast.alice, at=now + timedelta(days=1))
    assert Volunteer.objects.get(user=cast.alice).state == "active"


def test_a_daily_limit_is_a_429_with_the_time_to_wait(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_limits, "MAX_INVITATIONS_PER_DAY", 2)
    client, browser = APIClient(), Client()
    authenticate_client(client, cast.carol)
    sign_in_browser(browser, cast.carol)
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    guests = [{"email": f"d{number}@example.org", "position": "staff"} for number in range(3)]
    sent = [client.post(path, guest, format="json") for guest in guests]

    assert [answer.status_code for answer in sent] == [201, 201, 429]
    assert sent[2].json()["code"] == "throttled"
    assert sent[2].json()["errors"] == {"email": [sent[2].json()["detail"]]}
    assert 86_000 < int(sent[2]["Retry-After"]) <= 86_400

    page = browser.post(
        reverse("campaign-members-page", args=[cast.campaign.public_id]),
        {"email": "d4@example.org", "position": "staff"},
    )
    assert page.status_code == 429
    assert "The limit is 2 invitations a day. Send the others tomorrow." in page.content.decode()
    assert 86_000 < int(page["Retry-After"]) <= 86_400


def test_the_wait_ends_a_day_after_the_row_that_fills_the_limit(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    for hour in range(3):
        write_message(actor=cast.alice, match=match, text="Hello", at=now + timedelta(hours=hour))
    check = partial(check_daily_rows, Message.objects.filter(match=match), "written_at", message="Tomorrow.")

    check(limit=4, at=now + timedelta(hours=3))
    with pytest.raises(TooManyRequests) as refused:
        check(limit=2, at=now + timedelta(hours=3))
    assert refused.value.retry_after == timedelta(hours=22).total_seconds()
    check(limit=2, at=now + timedelta(hours=25))
