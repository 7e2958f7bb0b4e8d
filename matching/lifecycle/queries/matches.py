"""Select the matches that a user may see, and tell which part a user has in a match."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from campaigns.models import Campaign, Contest, Member, Request, Seat
from campaigns.queries import EDITOR_POSITIONS, may_review
from core.conflict_of_interest import no_part_in_contest
from core.models import User
from matching.models import Match, ProblemReport
from matching.rules.sides import MatchSide
from matching.rules.states import (
    STATES_BOTH_SIDES_KNOW,
    STATES_IN_MEETINGS,
    STATES_MESSAGING_OPEN,
    STATES_REPORTABLE,
    STATES_VISIBLE_TO_VOLUNTEER,
    MatchState,
)
from volunteers.models import SkillClaim, Volunteer
from volunteers.queries import is_profile_of

CONTEST_OF_MATCH = "request__campaign__candidate__contest"
"""The lookup path from a match to its contest."""

ASKED_IN_EMERGENCY = Q(request__emergency=True, state__in=(MatchState.OFFERED, MatchState.ACCEPTED))
"""Who is asked in an emergency, before both sides have said yes. A campaign could else count the people on call."""


def matches_offered_to(user: User) -> "QuerySet[Match]":
    """Return a volunteer's own matches from the offer on; earlier ones stay invisible to them."""
    visible = Q(state__in=STATES_VISIBLE_TO_VOLUNTEER) | Q(state=MatchState.SUPERSEDED, offered_at__isnull=False)
    return Match.objects.filter(visible, volunteer__user=user)


def placements_visible_to(user: User, *, ended: bool = False) -> "QuerySet[Match]":
    """Return the matches of the campaigns that the user edits, from the offer on.

    The API names the volunteers from their acceptance on. With `ended`, matches that ended after the acceptance are
    included: they can be reported, but show nothing. Of an emergency nothing is shown before both sides have said yes.
    """
    editor = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    states = (MatchState.OFFERED, *(STATES_REPORTABLE if ended else STATES_BOTH_SIDES_KNOW))
    matches = Match.objects.filter(state__in=states, request__campaign__in=editor.values("campaign"))
    return matches.exclude(ASKED_IN_EMERGENCY)


def matches_visible_to(user: User) -> "QuerySet[Match]":
    """Return all matches outside a reviewer's own contests, or a volunteer's own matches.

    A reviewer sees none of their own here: nobody reads reviews about themselves.
    """
    if not user.is_reviewer:
        return matches_offered_to(user)
    return Match.objects.filter(no_part_in_contest(user, CONTEST_OF_MATCH), is_not_about(user))


def is_not_about(user: User, volunteer: str = "volunteer") -> Q:
    """Return the condition that a row is about another volunteer than the user; `volunteer` is the path to it."""
    return ~Q(**{f"{volunteer}__in": Volunteer.objects.filter(is_profile_of(user)).order_by().values("pk")})


def campaign_editors(campaign: Campaign) -> "QuerySet[Member]":
    """Return the members who act for a campaign towards volunteers: its manager and staff."""
    return campaign.members.filter(position__in=EDITOR_POSITIONS)


def side_of_user(user: User, match: Match) -> MatchSide | None:
    """Return the user's side in a match, or None. A reviewer with a part in the contest does not review it."""
    if match.volunteer.user_id == user.pk:
        return MatchSide.VOLUNTEER if matches_offered_to(user).filter(pk=match.pk).exists() else None
    if campaign_editors(match.request.campaign).filter(user=user).exists():
        return MatchSide.CAMPAIGN
    return MatchSide.REVIEWER if may_review(user, match.request.campaign) else None


def matches_in_meetings() -> "QuerySet[Match]":
    """Return the matches whose volunteers attend the meetings of their request. An open report pauses that."""
    open_reports = ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None)
    in_meetings = Match.objects.filter(state__in=STATES_IN_MEETINGS).exclude(volunteer__state=Volunteer.State.LEFT)
    return in_meetings.exclude(Exists(open_reports))


def has_open_report(match: Match) -> bool:
    """Return whether a report about the match is open, so that contact pauses."""
    return match.reports.filter(handled_at=None).exists()


def with_list_columns(matches: "QuerySet[Match]", *, of_request: Sequence[str] = ("campaign",)) -> "QuerySet[Match]":
    """Select what a list shows about these matches, in three more statements whatever their number.

    `of_request` names what is selected with their requests.
    """
    # Joined in one statement they are up to fifteen tables, for which PostgreSQL plans longer than it reads. And
    # matches share volunteers and requests: read apart, each of them comes once.
    return matches.prefetch_related(
        Prefetch("volunteer", Volunteer.objects.select_related("user")),
        Prefetch("seat", Seat.objects.select_related("role__skill")),
        Prefetch("request", Request.objects.select_related(*of_request)),
    )


def with_people_columns(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """Select what the two sides see of each other, in four more statements whatever their number.

    Annotates `paused` (a report is open) and `completed` (how many projects the volunteer has completed here).
    """
    completed_matches = Match.objects.filter(volunteer=OuterRef("volunteer"), state=MatchState.COMPLETED).order_by()
    completed = completed_matches.values("volunteer").annotate(number=Count("pk")).values("number")
    open_reports = ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None)
    claims = Prefetch("volunteer__claims", SkillClaim.objects.select_related("skill"))
    annotated = matches.annotate(paused=Exists(open_reports), completed=Coalesce(Subquery(completed), 0))
    return annotated.prefetch_related("request__windows", "volunteer__windows", "volunteer__vettings", claims)


def with_other_hours(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """Annotate `other_hours`: those a week that the volunteer's other work takes.

    Only pages about one match need it. PostgreSQL takes as long for it as for the rest of a list.
    """
    others = Match.objects.filter(volunteer=OuterRef("volunteer"), state__in=STATES_MESSAGING_OPEN)
    by_volunteer = others.exclude(pk=OuterRef("pk")).order_by().values("volunteer")
    hours = by_volunteer.annotate(hours=Sum("seat__role__hours_per_week")).values("hours")
    return matches.annotate(other_hours=Coalesce(Subquery(hours), 0))


def with_offer_columns(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """Select everything that a volunteer sees of their own matches from the offer on."""
    of_request = ("campaign__candidate__contest__jurisdiction", "campaign__candidate__party", "contact__user")
    return with_people_columns(with_list_columns(matches, of_request=of_request)).prefetch_related("checks")


def contact_of_request(request: Request) -> User | None:
    """Return the user who answers the request's volunteers, if any."""
    return request.contact.user if request.contact else None


def contest_of_match(match: Match) -> Contest:
    """Return the contest that the match is for."""
    return match.request.campaign.candidate.contest
