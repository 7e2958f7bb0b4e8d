"""How each state of the candidate's pages comes about; each maker returns the address of the page."""

from datetime import datetime, timedelta

from django.urls import reverse

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.candidate_stops import close_candidate_stop, stop_campaign
from campaigns.actions.manager_ends import end_manager_access
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateStop, Member
from campaigns.notice_types import CampaignNotice
from tests.cast import Cast, create_user

LONG_NAME = "The Committee of Friends and Neighbours for the Election of Bartholomew Featherstonehaugh " * 2


def send_link(cast: Cast, at: datetime) -> str:
    """Return the token of a new link to the candidate."""
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    return derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)


def find_question(token: str) -> str:
    return reverse("candidate", args=[token])


def make_question(cast: Cast, at: datetime) -> str:
    return find_question(send_link(cast, at))


def make_long_name(cast: Cast, at: datetime) -> str:
    Campaign.objects.filter(pk=cast.campaign.pk).update(name=LONG_NAME[:160])
    return make_question(cast, at)


def make_agreed(cast: Cast, at: datetime) -> str:
    token = send_link(cast, at)
    record_candidate_consent(token=token, at=at)
    return find_question(token)


def make_stopped(cast: Cast, at: datetime) -> str:
    token = send_link(cast, at)
    stop_campaign(token=token, reason="I know none of them.", at=at)
    return find_question(token)


def make_late_call(cast: Cast, at: datetime) -> str:
    address = make_stopped(cast, at)
    past = {"stopped_at": at - timedelta(days=3), "answer_due_at": at - timedelta(days=1)}
    CandidateStop.objects.update(**past)
    return address


def make_going_on(cast: Cast, at: datetime) -> str:
    address = make_stopped(cast, at)
    stop = CandidateStop.objects.get()
    close_candidate_stop(actor=cast.rita, stop=stop, outcome="resumed", note="Kim knows them.", at=at)
    return address


def make_over(cast: Cast, at: datetime) -> str:
    token = send_link(cast, at)
    end_campaign(actor=cast.carol, campaign=cast.campaign, at=at)
    return find_question(token)


def make_over_after_no(cast: Cast, at: datetime) -> str:
    address = make_stopped(cast, at)
    stop = CandidateStop.objects.get()
    close_candidate_stop(actor=cast.rita, stop=stop, outcome="ended", note="Kim knows no one of them.", at=at)
    return address


def make_replaced(cast: Cast, at: datetime) -> str:
    address = make_question(cast, at - timedelta(days=3))
    send_link(cast, at)
    return address


def make_without_manager(cast: Cast, at: datetime) -> str:
    token = send_link(cast, at)
    end_manager_access(token=token, manager=_find_carol(cast).public_id, at=at)
    return find_question(token)


def make_no(cast: Cast, at: datetime) -> str:
    return reverse("candidate-no", args=[send_link(cast, at)])


def make_end_of_only_manager(cast: Cast, at: datetime) -> str:
    return reverse("candidate-end-manager", args=[send_link(cast, at), _find_carol(cast).public_id])


def make_end_of_one_manager(cast: Cast, at: datetime) -> str:
    Member.objects.create(campaign=cast.campaign, user=create_user("mo"), position="manager", since=at)
    return make_end_of_only_manager(cast, at)


def _find_carol(cast: Cast) -> Member:
    return Member.objects.get(campaign=cast.campaign, user=cast.carol)
