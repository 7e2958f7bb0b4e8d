"""State how a campaign can be checked: its public filing, the phone in it, and a phone for incidents."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from campaigns.filing_rules import FilingChange, FilingFacts, check_filing
from campaigns.models import Campaign, Filing
from campaigns.queries import is_manager
from core.errors import NotAllowed, Stale, WrongState
from core.models import User


@transaction.atomic
def state_filing(
    *, actor: User, campaign: Campaign, change: FilingChange, at: datetime, version: int | None = None
) -> Filing:
    """State the fields of a campaign's filing that `change` gives; a manager does so.

    `version` is the one that the user saw, if given. A new safe phone is that of `actor`. Raises NotAllowed, Invalid,
    Stale, WrongState (the campaign is over, or was verified by the filing that is stored).
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
    filing = filing or Filing(campaign=campaign, version=0)
    changes = {name: value for name, value in change.given.items() if value != getattr(filing, name)}
    # Whoever takes over an account must not put their own number in the place of the one that was called.
    if campaign.state == Campaign.State.VERIFIED and changes.keys() - {"safe_phone"}:
        raise WrongState(_("We have checked this filing, so it stays as it is. If it is wrong now, write to us."))
    if not changes and filing.pk:
        return filing
    for name, value in changes.items():
        setattr(filing, name, value)
    if "safe_phone" in changes:
        filing.safe_phone_of = actor
    filing.stated_at = at
    filing.version += 1
    filing.save()
    return filing


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


def empty_safe_phones(filings: "QuerySet[Filing]") -> None:
    """Empty the safe phones of these filings, which belong to a person who leaves or is erased."""
    filings.update(safe_phone="", safe_phone_of=None, version=F("version") + 1)
