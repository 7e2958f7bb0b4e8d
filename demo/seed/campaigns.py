"""Draw the candidates' campaigns and their managers."""

from dataclasses import dataclass, field

from campaigns.models import Campaign, Member
from campaigns.signals import find_verification_deadline
from core.models import User
from demo.logins import MANAGER_EMAIL
from demo.seed.accounts import build_account
from demo.seed.contests import Ballot
from demo.seed.world import DEMO_SOURCE, World

# One campaign in twenty has yet to be verified: the last ones drawn.
ONE_UNVERIFIED_IN = 20
MAX_VERIFICATION_WAIT_DAYS = 4


@dataclass
class DrawnCampaigns:
    """Campaigns in the order of the ballot, and their managers by the same index."""

    campaigns: list[Campaign] = field(default_factory=list)
    managers: list[Member] = field(default_factory=list)

    @property
    def accounts(self) -> list[User]:
        """The managers' accounts."""
        return [manager.user for manager in self.managers]


def draw_campaigns(world: World, ballot: Ballot, reviewer: User) -> DrawnCampaigns:
    """Draw a campaign with its manager for each candidate who has one; the first is the demo manager's."""
    drawn = DrawnCampaigns()
    count = len(ballot.candidates_with_campaign)
    for number, candidate in enumerate(ballot.candidates_with_campaign):
        days_since_creation = world.rng.randint(75, 300)
        campaign = Campaign(
            public_id=world.rng.public_id(),
            source=DEMO_SOURCE,
            source_key=f"campaign-{number}",
            candidate=candidate,
            name=f"{candidate.name} for {candidate.contest.office}",
            created_at=world.days_ago(days_since_creation),
        )
        if number < count - count // ONE_UNVERIFIED_IN:
            campaign.state = Campaign.State.VERIFIED
            campaign.verified_by = reviewer
            campaign.verified_at = world.days_ago(days_since_creation - 3)
        else:
            _wait_for_verification(world, campaign, days_ago=1 + days_since_creation % MAX_VERIFICATION_WAIT_DAYS)
        drawn.campaigns.append(campaign)
        drawn.managers.append(_build_manager(world, campaign, number))
    return drawn


def _wait_for_verification(world: World, campaign: Campaign, *, days_ago: int) -> None:
    """Let the campaign be registered some days ago, with the answer that it was promised: some are late by now."""
    campaign.created_at = world.days_ago(days_ago)
    campaign.answer_due_at = find_verification_deadline(campaign.candidate.contest, at=campaign.created_at)


def _build_manager(world: World, campaign: Campaign, number: int) -> Member:
    email = MANAGER_EMAIL if number == 0 else f"manager.{number}@campaigns.example"
    return Member(
        public_id=world.rng.public_id(),
        campaign=campaign,
        user=build_account(world, email, campaign.created_at),
        position=Member.Position.MANAGER,
        since=campaign.created_at,
    )
