"""State how a campaign can be checked: its public filing, the phone in it, and a phone for incidents."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_not_stopped
from campaigns.actions.request_checks import check_editor
from campaigns.daily_limits import MAX_FILING_CHANGES_PER_CAMPAIGN_PER_DAY
from campaigns.filing_rules import FilingChange, FilingFacts, check_filing, is_same_phone
from campaigns.member_queries import managers_of
from campaigns.models import Campaign, Filing
from campaigns.notice_types import CampaignNotice
from campaigns.queries import is_manager
from core.daily_limits import count_within_day
from core.errors import NotAllowed, Stale, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice


@transaction.atomic
def state_filing(
    *, actor: User, campaign: Campaign, change: FilingChange, at: datetime, version: int | None = None
) -> Filing:
    """State the fields of a campaign's filing that `change` gives; a manager does so.

    `version` is the one that the user saw, if given. A new safe phone is that of `actor`. Raises NotAllowed, Invalid
    (what to correct; too many changes today), Stale, WrongState (the campaign is over, was verified by the filing that
    is stored, or is stopped by its candidate).
    """
    if not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers say how we check it. Ask one of them."))
    check_filing(change.given)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    filing = Filing.objects.filter(campaign=campaign).first()
    if version is not None and version != (filing.version if filing else 0):
        raise Stale(_("This has changed since you loaded it. Load it again and repeat your change."))
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so there is nothing left to check."))
    check_not_stopped(campaign)
    filing = filing or Filing(campaign=campaign, version=0)
    changes = _list_changes(filing, change)
    # Whoever takes over an account must not put their own number in the place of the one that was called.
    if campaign.state == Campaign.State.VERIFIED and changes.keys() - {"safe_phone"}:
        raise WrongState(_("We have checked this filing, so it stays as it is. If it is wrong now, write to us."))
    if not changes and filing.pk:
        return filing
    count_filing_change(campaign, at=at)
    for name, value in changes.items():
        setattr(filing, name, value)
    if "safe_phone" in changes:
        filing.safe_phone_of = actor
    filing.stated_at = at
    filing.version += 1
    filing.save()
    # Who verifies the campaign has read its filing, so their decision is about this version.
    Campaign.objects.filter(pk=campaign.pk).update(version=F("version") + 1)
    if "safe_phone" in changes:
        _notify_of_safe_phone(campaign, filing, at=at)
    return filing


def count_filing_change(campaign: Campaign, *, at: datetime) -> None:
    """Count a change of the filing or of a name; raise TooManyRequests when it had as many as it may within a day."""
    limit = MAX_FILING_CHANGES_PER_CAMPAIGN_PER_DAY
    message = _("A filing is changed at most %(limit)s times a day. Change it again tomorrow.") % {"limit": limit}
    count_within_day(f"filing_{campaign.pk}", limit=limit, message=message, at=at)


def changes_safe_phone(actor: User, campaign: Campaign, change: FilingChange) -> bool:
    """Return whether a manager would change the campaign's safe phone, which needs a recent sign-in."""
    filing = Filing.objects.filter(campaign=campaign).first() or Filing(campaign=campaign)
    return is_manager(actor, campaign) and "safe_phone" in _list_changes(filing, change)


def _list_changes(filing: Filing, change: FilingChange) -> dict[str, str]:
    """Return what differs from the stored filing; a phone differs by its digits."""
    return {name: value for name, value in change.given.items() if not _is_stored(filing, name, value)}


def _is_stored(filing: Filing, name: str, value: str) -> bool:
    stored: str = getattr(filing, name)
    return value == stored if name == "reference" else is_same_phone(value, stored)


def _notify_of_safe_phone(campaign: Campaign, filing: Filing, *, at: datetime) -> None:
    """Notify all managers, so that a stolen session puts in no number of its own unseen."""
    kind, subjects = CampaignNotice.SAFE_PHONE_CHANGED, {"campaign": str(campaign.public_id)}
    for member in managers_of(campaign):
        cause = f"{kind}:{campaign.public_id}:{filing.version}:{member.public_id}"
        enqueue_notice(to=member.user, kind=kind, cause=cause, subjects=subjects, at=at)


def create_filing(campaign: Campaign, facts: FilingFacts, *, stated_by: User, at: datetime) -> None:
    """Store the checked filing of a campaign that is registered now; its safe phone is that of `stated_by`."""
    Filing.objects.create(
        campaign=campaign,
        reference=facts.reference.strip(),
        callback_phone=facts.callback_phone.strip(),
        safe_phone=facts.safe_phone.strip(),
        safe_phone_of=stated_by,
        stated_at=at,
    )


def has_safe_phone_of(campaign: Campaign, user: User) -> bool:
    """Return whether the campaign's safe phone is that of this user."""
    return Filing.objects.filter(campaign=campaign, safe_phone_of=user).exclude(safe_phone="").exists()


def delete_safe_phone_of(campaign: Campaign, user: User, *, at: datetime) -> None:
    """Delete the safe phone of a user who acts for the campaign no more, and notify the managers who are left."""
    if not has_safe_phone_of(campaign, user):
        return
    empty_safe_phones(Filing.objects.filter(campaign=campaign))
    _notify_of_safe_phone(campaign, Filing.objects.get(campaign=campaign), at=at)


def empty_safe_phones(filings: "QuerySet[Filing]") -> None:
    """Empty the safe phones of these filings, which belong to a person who leaves or is erased."""
    filings.update(safe_phone="", safe_phone_of=None, version=F("version") + 1)


@transaction.atomic
def record_candidate_told(*, actor: User, campaign: Campaign, at: datetime) -> None:
    """Record that a campaign told its candidate that our letter comes; the first time counts.

    Raises NotAllowed, and WrongState when the campaign is over.
    """
    check_editor(actor, campaign)
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    filing, _is_new = Filing.objects.get_or_create(campaign=campaign, defaults={"stated_at": at})
    Filing.objects.filter(pk=filing.pk, candidate_told_at=None).update(candidate_told_at=at)
