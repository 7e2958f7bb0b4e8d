"""Invite people by mail to act for a campaign, and accept or revoke their invitations."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.manager_changes import notify_of_new_manager, require_proof_to_change_managers
from campaigns.actions.registration import check_unverified_count
from campaigns.actions.reviewers import check_not_own_address
from campaigns.actions.verification import promise_verification
from campaigns.link_tokens import derive_link_token, hash_link_token
from campaigns.models import Campaign, Member, MemberInvitation
from campaigns.notice_types import CampaignNotice
from campaigns.queries import is_manager, may_invite, may_review
from core.clock_rules import ONE_DAY
from core.email_addresses import list_own_addresses, normalize_address
from core.errors import Invalid, NotAllowed, WrongState
from core.field_errors import FieldErrors
from core.models import Notice, User
from core.notifications.outbox import MAX_POSTPONEMENT, enqueue_notice

# Letters, the API's description and docs/flow.md say “a week”: change them too.
MEMBER_INVITATION_LIFETIME = timedelta(days=7)
MAX_INVITATIONS_PER_DAY = 20
"""Invitations that one campaign can have sent within a day, so that no one can fill mailboxes through us.

A successor whom the candidate names is not refused for it.
"""
MAX_INVITATIONS_PER_USER_PER_DAY = 20
"""Invitations that one person can have sent within a day for all campaigns, ended ones too."""
MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY = 3
"""Invitations of all campaigns that reach one address within a day. Others wait, for two days at most.

No one is refused for it, or told: a refusal would tell that others invite this person, too.
"""
MAX_WAITING_INVITATION_LETTERS = 6
"""Letters that wait so for one address. What comes beyond has no letter: it stands in the list of invitations."""


@transaction.atomic
def invite_member(
    *,
    actor: User,
    campaign: Campaign,
    email: str,
    position: str,
    at: datetime,
    has_mfa: bool = False,
    authenticated_at: datetime | None = None,
) -> MemberInvitation:
    """Enqueue a mail with a link to an address. The answer is the same whether or not it has an account here.

    While an invitation to the address is open, no second mail is sent, but the position is updated. A manager invites;
    so does a reviewer where no one manages the campaign, but not themselves. An invitation to manage needs a sign-in of
    the last minutes (`authenticated_at`), by second factor (`has_mfa`) if the actor has one. Raises NotAllowed,
    ReauthenticationRequired, WrongState (the campaign is over), Invalid (the position; this address belongs to a
    member; too many invitations today).
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    _check_may_invite(actor, campaign, email=email, position=position)
    if position == Member.Position.MANAGER:
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    return create_invitation(campaign, email=email, position=position, by=actor, at=at)


def check_may_be_invited(actor: User, campaign: Campaign, *, email: str, position: str) -> None:
    """Check the inputs of an invitation. Raises NotAllowed, and Invalid, naming every input to correct."""
    _check_may_invite(actor, campaign, email=email, position=position)
    check_invitation(campaign, email=email, position=position)


def _check_may_invite(actor: User, campaign: Campaign, *, email: str, position: str) -> None:
    if not may_invite(actor, campaign, position):
        raise NotAllowed(_("Only this campaign's managers invite people. Ask a manager."))
    if not is_manager(actor, campaign):
        check_not_own_address(actor, email)


def check_invitation(campaign: Campaign, *, email: str, position: str) -> str:
    """Return the address as it is stored, if it can be invited to the position. Raises Invalid with all of it."""
    errors = FieldErrors()
    if position not in Member.Position.values:
        params = {"positions": ", ".join(Member.Position.values)}
        errors.add("position", _("Choose one of these positions: %(positions)s.") % params)
    with errors.collect():
        email = normalize_address(email)
    if campaign.members.filter(user__email=email).exists():
        errors.add("email", _("A member has this address already. Check the address."))
    errors.raise_if_any()
    return email


def create_invitation(
    campaign: Campaign, *, email: str, position: str, by: User | None, at: datetime
) -> MemberInvitation:
    """Invite an address to the campaign, which the caller has locked. Raises WrongState and Invalid.

    `by` is None where the candidate names a successor, whom no limit of a day keeps away.
    """
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so no one can be invited any more."))
    email = check_invitation(campaign, email=email, position=position)
    # Only one open invitation a campaign and address may exist, and an expired one would block the new one.
    close_invitations(campaign.invitations.filter(expires_at__lte=at), at=at)
    open_invitation = campaign.invitations.filter(email=email, used_at=None, revoked_at=None).first()
    if open_invitation is not None:
        if open_invitation.invited_by_id is None and by is not None:
            return open_invitation  # the candidate named them, so it stays as it is
        open_invitation.position, open_invitation.invited_by = position, by
        open_invitation.save()
        return open_invitation
    # The candidate names one successor for each manager whom they end. A manager who has used the day up, and is ended
    # for it, keeps no successor away.
    if by is not None:
        _check_campaign_count(campaign, at=at)
        _check_sent_count(by, at=at)
    due_at = _find_letter_time(email, at=at) if by is not None else at
    public_id = uuid4()
    invitation = MemberInvitation.objects.create(
        public_id=public_id,
        campaign=campaign,
        email=email,
        position=position,
        token_digest=hash_link_token(derive_link_token(CampaignNotice.MEMBER_INVITATION, public_id)),
        invited_by=by,
        invited_at=at,
        expires_at=at + MEMBER_INVITATION_LIFETIME,
    )
    cause, subjects = f"{CampaignNotice.MEMBER_INVITATION}:{public_id}", {"member_invitation": str(public_id)}
    enqueue_notice(
        to=email,
        kind=CampaignNotice.MEMBER_INVITATION,
        cause=cause,
        subjects=subjects,
        at=at,
        is_mailed=due_at is not None,
        due_at=due_at,
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: User, invitation: MemberInvitation, at: datetime) -> None:
    """Revoke an invitation, so that its link stops working. Revoking it twice is safe.

    Raises NotAllowed, WrongState (used already).
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=invitation.campaign_id)
    if not (is_manager(actor, campaign) or may_review(actor, campaign)):
        raise NotAllowed(_("Only this campaign's managers take invitations back. Ask a manager."))
    invitation.refresh_from_db()
    if invitation.used_at is not None:
        raise WrongState(_("This invitation was used already. Remove the member instead."))
    close_invitations(campaign.invitations.filter(pk=invitation.pk), at=at)


@transaction.atomic
def accept_invitation(*, actor: User, token: str, at: datetime) -> Member:
    """Make `actor`, who has the link and has proved the address that it was sent to, a member. A link works once.

    Raises WrongState (used, revoked, too old, none of ours, or sent to another address: one answer for all; a member
    already; the campaign is over), Invalid (manages too many unverified campaigns).
    """
    sent_invitation = MemberInvitation.objects.filter(token_digest=hash_link_token(token.strip())).first()
    if sent_invitation is None:
        raise WrongState(_invitation_unusable_text())
    # The campaign is locked before the invitation, as in all actions here; only then are both read as they are now.
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=sent_invitation.campaign_id)
    invitation = MemberInvitation.objects.select_for_update(no_key=True).get(pk=sent_invitation.pk)
    is_over = invitation.used_at or invitation.revoked_at or invitation.expires_at <= at
    # A stranger who has the link does not learn whether it still works.
    if is_over or invitation.email not in list_own_addresses(actor):
        raise WrongState(_invitation_unusable_text())
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so there is nothing to join any more."))
    if campaign.members.filter(user=actor).exists():
        raise WrongState(_("You are a member of this campaign already."))
    if invitation.position == Member.Position.MANAGER and campaign.state == Campaign.State.UNVERIFIED:
        check_unverified_count(actor)
    # The address has served its purpose: the member's account has one.
    MemberInvitation.objects.filter(pk=invitation.pk).update(used_at=at, email="")
    member = Member.objects.create(campaign=campaign, user=actor, position=invitation.position, since=at)
    if member.position == Member.Position.MANAGER:
        promise_verification(campaign, at=at)
        notify_of_new_manager(campaign, member, at=at)
        return member
    for other in campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk):
        cause = f"{CampaignNotice.MEMBER_JOINED}:{member.public_id}:{other.public_id}"
        enqueue_notice(
            to=other.user,
            kind=CampaignNotice.MEMBER_JOINED,
            cause=cause,
            subjects={"campaign": str(campaign.public_id)},
            at=at,
        )
    return member


def close_invitations(invitations: "QuerySet[MemberInvitation]", *, at: datetime) -> None:
    """Revoke those of these invitations that are open, and delete the addresses they were sent to."""
    invitations.filter(used_at=None, revoked_at=None).update(revoked_at=at, email="")


def _check_campaign_count(campaign: Campaign, *, at: datetime) -> None:
    """Raise Invalid when the locked campaign had as many invitations sent as it may within a day."""
    if campaign.invitations.filter(invited_at__gt=at - ONE_DAY).count() >= MAX_INVITATIONS_PER_DAY:
        params = {"limit": str(MAX_INVITATIONS_PER_DAY)}
        raise Invalid(_("The limit is %(limit)s invitations a day. Send the others tomorrow.") % params, field="email")


def _check_sent_count(user: User, *, at: datetime) -> None:
    """Lock the account, and raise Invalid when it sent as many invitations as it may within a day."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    sent = MemberInvitation.objects.filter(invited_by=user, invited_at__gt=at - ONE_DAY)
    if sent.count() >= MAX_INVITATIONS_PER_USER_PER_DAY:
        params = {"limit": str(MAX_INVITATIONS_PER_USER_PER_DAY)}
        message = _("A person sends at most %(limit)s invitations a day. Send the others tomorrow.")
        raise Invalid(message % params, field="email")


def _find_letter_time(email: str, *, at: datetime) -> datetime | None:
    """Lock an address, and return when a letter may go to it: now, or in two days at most. None where too many wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"invitations to {email}"])
    letters = Notice.objects.filter(address=email, kind=CampaignNotice.MEMBER_INVITATION).order_by("-due_at")
    newest = list(letters.values_list("due_at", flat=True)[:MAX_WAITING_INVITATION_LETTERS])
    if sum(due_at > at for due_at in newest) >= MAX_WAITING_INVITATION_LETTERS:
        return None
    if len(newest) < MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY:
        return at
    next_at = newest[MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY - 1] + ONE_DAY
    return min(max(at, next_at), at + MAX_POSTPONEMENT)


def _invitation_unusable_text() -> str:
    return _(
        "This invitation was used or taken back, is too old, or was sent to another address than yours here. Sign in"
        " with that address, or ask for a new one."
    )
