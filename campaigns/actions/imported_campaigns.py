"""Take over a campaign that came with a ballot and has no members."""

from datetime import datetime

from campaigns.actions.candidates import find_candidate
from campaigns.candidate_queries import find_open_stop
from campaigns.contest_queries import find_contest, identify_contest
from campaigns.draft_rules import Candidacy
from campaigns.member_queries import open_manager_invitations
from campaigns.models import Campaign
from core.models import Jurisdiction


def lock_imported_campaign(candidacy: Candidacy, jurisdiction: Jurisdiction) -> Campaign | None:
    """Lock and return the campaign of this candidacy if a ballot brought it and it is not verified; else None.

    The caller locks the contest after it, as everywhere.
    """
    contest = find_contest(identify_contest(candidacy, jurisdiction))
    candidate = find_candidate(contest, candidacy.candidate) if contest else None
    imported = Campaign.objects.filter(candidate=candidate, state=Campaign.State.UNVERIFIED).exclude(source="")
    return imported.select_for_update(no_key=True).first() if candidate else None


def may_be_taken_over(campaign: Campaign, *, at: datetime) -> bool:
    """Return whether a locked campaign has no members, no open invitation to manage it, and no open stop.

    Who takes it over manages a campaign that is not verified, so they see no volunteers. One that an import has
    verified is left to the reviewers, who invite its first manager.
    """
    is_claimed = campaign.members.exists() or open_manager_invitations(campaign, at=at).exists()
    return not is_claimed and find_open_stop(campaign) is None


def take_over_campaign(campaign: Campaign, name: str) -> Campaign:
    """Give a locked campaign the name that its people gave; an import assumed or brought the one before."""
    campaign.name, campaign.assumed = name, [field for field in campaign.assumed if field != "name"]
    campaign.version += 1
    campaign.save()
    return campaign
