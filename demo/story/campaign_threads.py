"""Threads of the manager's campaign itself, its members, and two other campaigns that wait."""

from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import invite_member
from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import Candidacy
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member
from campaigns.notice_types import CampaignNotice
from core.enums import OfficeLevel
from demo.logins import STAFF_EMAIL, TREASURER_EMAIL
from demo.seed.contests import find_next_tuesday
from demo.seed.names import TOWNS
from demo.story.setting import Setting
from demo.story.threads import Thread


def invite_members(setting: Setting) -> Thread:
    """Two members joined months ago, and one invitation is open."""
    joined = ((66, STAFF_EMAIL, Member.Position.STAFF), (64, TREASURER_EMAIL, Member.Position.TREASURER))
    for days_ago, email, position in joined:
        at = yield setting.on_day(days_ago, 10)
        invitation = invite_member(
            actor=setting.manager, campaign=setting.campaign, email=email, position=position, at=at
        )
        token = derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)
        accept_invitation(actor=setting.find_user(email), token=token, at=(yield setting.on_day(days_ago, 16)))
    at = yield setting.on_day(2, 11)
    invite_member(actor=setting.manager, campaign=setting.campaign, email="press@demo.example", position="staff", at=at)


def hear_candidates_yes(setting: Setting) -> Thread:
    """The candidate of the manager's campaign said yes by their link."""
    at = yield setting.on_day(66, 10)
    link = send_candidate_link(actor=setting.reviewer, campaign=setting.campaign, email="candidate@demo.example", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    record_candidate_consent(token=token, at=(yield setting.on_day(65, 18)))


def register_second_campaign(setting: Setting) -> Thread:
    """The manager registered another campaign some hours ago. Its candidate has the link, and has not answered."""
    candidacy = Candidacy(
        jurisdiction="US-PA",
        level=OfficeLevel.LOCAL,
        office="School Board",
        district=TOWNS[0],
        election_on=find_next_tuesday(setting.in_days(180)),
        candidate="Rosalind Achterberg",
        party="commons",
    )
    at = yield setting.hours_ago(5)
    campaign = register_campaign(
        actor=setting.manager, candidacy=candidacy, name="Rosalind Achterberg for School Board", at=at
    )
    at = yield setting.hours_ago(3)
    send_candidate_link(actor=setting.reviewer, campaign=campaign, email="rosalind@achterberg.example", at=at)


def stop_third_campaign(setting: Setting) -> Thread:
    """A candidate stopped the campaign that a member registered in their name. A reviewer is to call them."""
    candidacy = Candidacy(
        jurisdiction="US-PA",
        level=OfficeLevel.LOCAL,
        office="City Council",
        district=TOWNS[1],
        election_on=find_next_tuesday(setting.in_days(180)),
        candidate="Amos Whitlock",
    )
    campaign = register_campaign(
        actor=setting.find_user(STAFF_EMAIL),
        candidacy=candidacy,
        name="Amos Whitlock for City Council",
        at=(yield setting.on_day(3, 10)),
    )
    at = yield setting.on_day(2, 11)
    link = send_candidate_link(actor=setting.reviewer, campaign=campaign, email="amos@whitlock.example", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    stop_campaign(token=token, reason="I never asked for this. Who are they?", at=(yield setting.hours_ago(8)))


CAMPAIGN_THREADS = (
    hear_candidates_yes,
    invite_members,
    register_second_campaign,
    stop_third_campaign,
)
