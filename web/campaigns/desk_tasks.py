"""What a campaign has to do that is about no volunteer: an incident, its candidate, and how its people sign in."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.candidate_queries import CandidateStanding
from campaigns.models import Campaign, Filing, Request
from core.accounts.mfa import list_authenticators
from core.models import User
from core.notifications.moments import describe_day, describe_moment
from web.campaigns.desk import WaitingCard
from web.design.components import Link


def list_incident_cards(campaign: Campaign, incidents: Iterable[Request]) -> list[WaitingCard]:
    """Return the incidents that are open, which stand above everything else."""
    return [
        WaitingCard(
            _("Your report of a break-in is open"),
            _("You reported it on %(moment)s. See who was asked, and what to do meanwhile.")
            % {"moment": describe_moment(incident.published_at, incident.time_zone)},
            Link(link_incident(campaign, incident), _("See where it stands")),
        )
        for incident in incidents
        if incident.state == Request.State.PUBLISHED and incident.published_at is not None
    ]


def list_ended_reports(campaign: Campaign, incidents: Iterable[Request]) -> list[Link]:
    """Return the way to each report of the last month that is over."""
    ended = [one for one in incidents if one.state != Request.State.PUBLISHED and one.published_at is not None]
    return [
        Link(
            link_incident(campaign, incident),
            _("The report of %(moment)s") % {"moment": describe_moment(incident.published_at, incident.time_zone)},
        )
        for incident in ended
        if incident.published_at is not None
    ]


def list_beginning_cards(
    campaign: Campaign, standing: CandidateStanding, user: User, *, zone: str
) -> list[WaitingCard]:
    """Return what its people do while we make sure who a campaign is."""
    if campaign.state != Campaign.State.UNVERIFIED or standing.open_stop is not None:
        return []
    cards = []
    has_agreed = standing.link is not None and standing.link.consented_at is not None
    if not has_agreed and not Filing.objects.filter(campaign=campaign, candidate_told_at__isnull=False).exists():
        page = reverse("campaign-candidate-told", args=[campaign.public_id])
        title = _("Tell the candidate that a letter comes")
        text = _("In it they say whether you act for them. You see no volunteer before they say yes.")
        if standing.link is not None:
            day = {"day": describe_day(standing.link.created_at, zone)}
            title = _("Our letter is with the candidate since %(day)s: ask them to open it") % day
        cards.append(WaitingCard(title, text, Link(page, _("Read what to tell them"))))
    if not list_authenticators(user).exists():
        text = _("Your phone or an app shows that it is you, beside your code. Without it you see no volunteer.")
        cards.append(
            WaitingCard(
                _("Extra sign-in protection (takes 2 minutes)"), text, Link(reverse("mfa_index"), _("Set it up now"))
            )
        )
    return cards


def link_incident(campaign: Campaign, incident: Request) -> str:
    """Return the address of the page on which an incident stands."""
    return reverse("incident", args=[campaign.public_id, incident.public_id])
