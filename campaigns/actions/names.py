"""Correct the spelling of a candidate's and a campaign's name."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_campaign_version, check_not_stopped
from campaigns.actions.candidates import find_candidate
from campaigns.actions.filings import count_filing_change
from campaigns.candidate_queries import has_candidate_agreed
from campaigns.models import Campaign, Candidate
from campaigns.name_rules import NameChange, check_names
from campaigns.queries import is_manager, may_review
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User


@transaction.atomic
def correct_names(
    *, actor: User, campaign: Campaign, change: NameChange, at: datetime, version: int | None = None
) -> Campaign:
    """Correct the names that `change` gives: a manager until the campaign is verified, a reviewer also afterwards.

    The history keeps the old ones. The campaign's version counts up, so that no reviewer verifies names that they have
    not read. Raises NotAllowed, Invalid (what to correct; another candidate has this name; too many changes today),
    Stale, WrongState (the campaign is over; for a manager: it is verified, or stopped by its candidate; the candidate
    agreed under this name; the name came with the ballot).
    """
    reviews = may_review(actor, campaign)
    if not reviews and not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers correct its names. Ask one of them."))
    check_names(change.given)
    campaign = (
        Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("candidate").get(pk=campaign.pk)
    )
    check_campaign_version(campaign, version)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so its names stay as they are."))
    stored = {"candidate": campaign.candidate.name, "name": campaign.name}
    changes = {field: text for field, text in change.given.items() if text != stored[field]}
    if not changes:
        return campaign
    if not reviews:
        _check_manager_may_correct(campaign, changes)
        count_filing_change(campaign, at=at)
    if "candidate" in changes:
        _rename_candidate(campaign.candidate, changes["candidate"])
    name = changes.get("name", campaign.name)
    Campaign.objects.filter(pk=campaign.pk).update(name=name, version=F("version") + 1)
    campaign.refresh_from_db(fields=["name", "version"])
    return campaign


def _check_manager_may_correct(campaign: Campaign, changes: dict[str, str]) -> None:
    """Raise WrongState where the names are a reviewer's to correct."""
    if campaign.state == Campaign.State.VERIFIED:
        raise WrongState(_("We have checked these names, so they stay as they are. If one is wrong now, write to us."))
    check_not_stopped(campaign)
    if "candidate" not in changes:
        return
    if has_candidate_agreed(campaign):
        raise WrongState(_("The candidate agreed under this name, so it stays as it is. If it is wrong, write to us."))
    if campaign.source:
        raise WrongState(_("The candidate's name came with the ballot, so it stays. If it is wrong, write to us."))


def _rename_candidate(candidate: Candidate, name: str) -> None:
    """Store the name. Raises Invalid where another candidate of the contest has it."""
    taken = Invalid(_("Another candidate of this race has this name here already."), field="candidate")
    other = find_candidate(candidate.contest, name)
    if other is not None and other.pk != candidate.pk:
        raise taken
    candidate.name = name
    try:
        # A savepoint: the failed update must not abort the whole transaction.
        with transaction.atomic():
            candidate.save(update_fields=["name"])
    except IntegrityError as error:
        raise taken from error
