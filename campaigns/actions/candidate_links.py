"""What the candidate decides about the campaign that is run in their name, with a link of their own.

The link goes to the address in the public filing, which a reviewer looks up: whoever manages the campaign has no hand
in it. Having it is the proof; an account is not needed.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.invitations import create_invitation
from campaigns.actions.members import end_member_access, lock_member, notify_member
from campaigns.link_tokens import LINK_REPLACED_TEXT, derive_link_token, hash_link_token
from campaigns.models import Campaign, CandidateLink, Member
from campaigns.queries import find_candidate_link, is_impartial_reviewer
from core.accounts.queries import list_reviewers
from core.errors import NotAllowed, NotFound, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice

CANDIDATE_LINK_KIND = "candidate-link"


@transaction.atomic
def send_candidate_link(*, actor: User, campaign: Campaign, email: str, at: datetime) -> CandidateLink:
    """Owes the candidate a link of their own at the address in their filing; an older one opens nothing any more.

    A reviewer with no part in the contest sends it. Raises NotAllowed, WrongState (the campaign is over).
    """
    if not is_impartial_reviewer(actor, campaign):
        raise NotAllowed(_("Only a reviewer with no part in this contest writes to the candidate."))
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so there is nothing for the candidate to decide."))
    name = uuid4()
    new = {
        "public_id": name,
        "email": email.strip().lower(),
        "digest": hash_link_token(derive_link_token(CANDIDATE_LINK_KIND, name)),
        "made_by": actor,
        "made_at": at,
        "consented_at": None,
    }
    key, _created = CandidateLink.objects.update_or_create(campaign=campaign, defaults=new)
    enqueue_notice(
        to=key.email,
        kind=CANDIDATE_LINK_KIND,
        cause=f"{CANDIDATE_LINK_KIND}:{name}",
        subjects={"candidate_key": str(name)},
        at=at,
    )
    return key


@transaction.atomic
def record_candidate_consent(*, token: str, at: datetime) -> CandidateLink:
    """The candidate agrees to this campaign being here in their name; said twice, it counts from the first time.

    Raises NotFound (not a link of ours, or replaced).
    """
    key = _get_candidate_link(token)
    CandidateLink.objects.filter(pk=key.pk, consented_at=None).update(consented_at=at)
    key.refresh_from_db()
    return key


@transaction.atomic
def end_manager_access(*, token: str, member: UUID, successor: str = "", at: datetime) -> Campaign:
    """The candidate ends a manager's access, at once and without anybody else's leave.

    The manager of longest standing answers the volunteers from now on. If nobody manages the campaign any more it gets
    no new offers, reviewers are told, and `successor`, an address, is invited to manage it, if the candidate names one.
    Raises NotFound (not a link of ours; no such manager), Invalid, WrongState.
    """
    key = _get_candidate_link(token)
    managers = Member.objects.filter(campaign=key.campaign_id, position=Member.Position.MANAGER)
    manager = managers.filter(public_id=member).first()
    if manager is None:
        raise NotFound(_("There is no such manager. Their access may have ended already."), field="member")
    campaign, manager = lock_member(manager)
    _get_candidate_link(token)  # while we waited a newer link may have replaced this one
    heirs = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=manager.pk)
    heir = heirs.order_by("since", "pk").first()
    name = str(manager.public_id)
    end_member_access(campaign, manager, to=heir, at=at, told=True)
    if heir is None:
        Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(paused_at=at, version=F("version") + 1)
        campaign.refresh_from_db()
    if successor.strip():
        create_invitation(campaign, email=successor, position=Member.Position.MANAGER, by=None, at=at)
    for one in [*(member.user for member in heirs.select_related("user")), *list_reviewers()]:
        notify_member(one, "manager-ended", campaign, about=name, at=at)
    return campaign


def _get_candidate_link(token: str) -> CandidateLink:
    key = find_candidate_link(token)
    if key is None:
        raise NotFound(str(LINK_REPLACED_TEXT))
    return key
