"""While the candidate's no is open, no page changes who the campaign is, or says that work goes on."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.candidate_stops import close_candidate_stop, stop_campaign
from campaigns.actions.filings import state_filing
from campaigns.actions.invitations import invite_member
from campaigns.actions.request_ends import cancel_request, close_request
from campaigns.filing_rules import FilingChange
from campaigns.invitation_queries import derive_invitation_token
from campaigns.models import Campaign, CandidateStop, Filing, MemberInvitation, Request
from core.errors import WrongState
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns import candidate_states
from tests.web.campaigns.member_states import find_members_page
from tests.web.campaigns.people import find_desk

SAFE_PHONE = FilingChange(safe_phone="503 555 0177")


def find_published_page(request: Request) -> str:
    return reverse("campaign-published", args=[request.campaign.public_id, request.public_id])


@pytest.mark.parametrize("how", ["stop", "cancel", "close", "end"])
def test_what_happens_next_leads_to_the_project_once_it_is_not_published(
    cast: Cast, carols: Client, now: datetime, how: str
) -> None:
    address = find_published_page(cast.request)
    assert "Published. This is what happens" in carols.get(address).content.decode()
    if how == "stop":
        candidate_states.make_stopped(cast, now)
    elif how == "cancel":
        cancel_request(actor=cast.carol, request=cast.request, at=now)
    elif how == "close":
        close_request(actor=cast.carol, request=cast.request, at=now)
    else:
        end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)

    project = carols.get(address, follow=True)

    assert project.redirect_chain == [
        (reverse("campaign-request", args=[cast.campaign.public_id, cast.request.public_id]), 302)
    ]
    assert ("The candidate said no" in project.content.decode()) == (how == "stop")


def test_the_filing_stays_as_it_is_until_we_have_spoken_with_the_candidate(
    cast: Cast, carols: Client, now: datetime
) -> None:
    Campaign.objects.update(state="unverified", verified_at=None)
    candidate_states.make_stopped(cast, now)
    page = reverse("campaign-filing-page", args=[cast.campaign.public_id])

    with pytest.raises(WrongState, match="The candidate has stopped this campaign"):
        state_filing(actor=cast.carol, campaign=cast.campaign, change=SAFE_PHONE, at=now)

    desk = carols.get(page, follow=True)
    assert desk.redirect_chain == [(find_desk(cast.campaign), 302)]
    assert "It goes on once a reviewer has spoken with them." in desk.content.decode()
    assert page not in carols.get(find_desk(cast.campaign)).content.decode()
    assert not Filing.objects.exists()
    close_candidate_stop(actor=cast.rita, stop=CandidateStop.objects.get(), outcome="resumed", note="Fine.", at=now)
    assert state_filing(actor=cast.carol, campaign=cast.campaign, change=SAFE_PHONE, at=now).pk
    assert carols.get(page).status_code == 200


def test_no_one_is_invited_until_we_have_spoken_with_the_candidate(cast: Cast, carols: Client, now: datetime) -> None:
    address = find_members_page(cast)
    assert 'id="invite"' in carols.get(address).content.decode()
    candidate_states.make_stopped(cast, now)

    with pytest.raises(WrongState, match="The candidate has stopped this campaign"):
        invite_member(actor=cast.carol, campaign=cast.campaign, email="x@example.org", position="staff", at=now)

    page = carols.get(address).content.decode()
    assert 'id="invite"' not in page
    assert "you can invite no one, no one joins, and no one gets a higher position." in page
    sent = carols.post(address, {"email": "x@example.org", "position": "staff"}, follow=True)
    assert "The candidate has stopped this campaign" in sent.content.decode()
    assert not MemberInvitation.objects.exists()


def test_an_invitation_from_before_says_that_no_one_can_join_now(cast: Cast, carols: Client, now: datetime) -> None:
    email = cast.dave.email
    invitation = invite_member(actor=cast.carol, campaign=cast.campaign, email=email, position="staff", at=now)
    token = derive_invitation_token(invitation.public_id)
    candidate_states.make_stopped(cast, now)
    daves = Client()
    sign_in_browser(daves, cast.dave)

    page = daves.get(reverse("join", args=[token])).content.decode()
    assert "No one can join this campaign at the moment." in page
    assert 'type="submit" class="button"' not in page
    assert "candidate" not in page.partition("<main")[2].partition("</main")[0]
    daves.post(reverse("join", args=[token]), {"first_name": "Dave"})
    assert not cast.campaign.members.filter(user=cast.dave).exists()


def test_the_candidate_reads_that_no_one_becomes_a_manager_before_our_call(cast: Cast, now: datetime) -> None:
    token = candidate_states.send_link(cast, now)
    page = reverse("candidate-end-manager", args=[token, cast.campaign.members.get(user=cast.carol).public_id])
    assert "they manage it at once" in Client().get(page).content.decode()
    stop_campaign(token=token, at=now)

    assert "until we have called you" in Client().get(page).content.decode()


def test_the_desk_still_leads_to_what_was_called_off(cast: Cast, carols: Client, now: datetime) -> None:
    project = reverse("campaign-request", args=[cast.campaign.public_id, cast.request.public_id])
    candidate_states.make_stopped(cast, now)

    assert f'href="{project}"' in carols.get(find_desk(cast.campaign)).content.decode()


def test_what_was_called_off_says_so_on_the_candidates_page(cast: Cast, now: datetime) -> None:
    address = candidate_states.make_question(cast, now)
    cancel_request(actor=cast.carol, request=cast.request, at=now)

    assert "1 place planned · Called off" in Client().get(address).content.decode()
