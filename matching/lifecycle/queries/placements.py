"""Read the people of one campaign, as its manager and staff may see them."""

from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Request
from core.errors import NotFound
from core.models import User
from matching.lifecycle.queries.matches import (
    placements_visible_to,
    with_list_columns,
    with_other_hours,
    with_people_columns,
)
from matching.lifecycle.queries.message_access import list_messages_to_other_sides
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Message, ProblemReport
from matching.rules.reasons import AutomaticReason
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_REPORTABLE, MatchState

MAX_PEOPLE_LISTED = 300
_STATES_ANSWERED = (MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED, MatchState.REFUSED)


def find_placement(user: User, *, campaign_id: UUID, match_id: UUID) -> Match:
    """Return a person of a campaign that the user edits, from the yes on, with all that both sides see.

    A match that ended after the yes is found too: it may still be reported, and shows nothing else. Raises NotFound.
    """
    said_yes = placements_visible_to(user, ended=True).filter(state__in=STATES_REPORTABLE)
    rows = said_yes.filter(public_id=match_id, request__campaign__public_id=campaign_id)
    shown = with_other_hours(with_people_columns(with_list_columns(rows, of_request=("campaign", "contact__user"))))
    match = shown.prefetch_related("checks").first()
    if match is None:
        raise NotFound(_("There is no such person in this campaign."))
    return match


def list_people(user: User, campaign: Campaign, request: Request | None = None) -> list[Match]:
    """Return the people of a campaign from the yes on, by request, role and seat; none to those who may not see them.

    With `request`, those of this request only. Annotates `paused`: a report is open.
    """
    open_reports = ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None)
    people = placements_visible_to(user).filter(request__campaign=campaign, state__in=STATES_BOTH_SIDES_KNOW)
    if request is not None:
        people = people.filter(request=request)
    related = people.select_related("volunteer", "seat__role", "request")
    rows = related.annotate(paused=Exists(open_reports)).prefetch_related("checks")
    return list(rows.order_by("request", "seat__role__order", "seat__number", "pk")[:MAX_PEOPLE_LISTED])


def list_own_open_reports(user: User, campaign: Campaign) -> list[ProblemReport]:
    """Return the open reports of a user about people of a campaign, the first due first."""
    reports = ProblemReport.objects.filter(reported_by=user, handled_at=None, match__request__campaign=campaign)
    return list(reports.select_related("match__volunteer", "match__request"))


def count_silences(campaign: Campaign) -> int:
    """Return how many people in a row said yes to a campaign and became free again without its answer."""
    matches = Match.objects.filter(request__campaign=campaign)
    silences = matches.filter(state=MatchState.RELEASED, reason=AutomaticReason.CAMPAIGN_SILENT)
    latest = matches.filter(state__in=_STATES_ANSWERED).aggregate(latest=Max("state_changed_at"))["latest"]
    return (silences if latest is None else silences.filter(state_changed_at__gt=latest)).count()


def count_silences_left(campaign: Campaign) -> int:
    """Return how many more people may wait in vain before a campaign gets no new offers; at least 0."""
    return max(0, get_active_policy().max_unanswered_acceptances - count_silences(campaign))


def list_latest_messages(match: Match, *, limit: int) -> list[Message]:
    """Return the latest messages of a match, the oldest of them first."""
    return list(list_messages_to_other_sides(match).order_by("-written_at", "-pk")[:limit])[::-1]


def find_volunteer_note(match: Match) -> Message | None:
    """Return what the volunteer wrote first, which is the note beside their yes."""
    return list_messages_to_other_sides(match).filter(side=MatchSide.VOLUNTEER).order_by("written_at", "pk").first()
