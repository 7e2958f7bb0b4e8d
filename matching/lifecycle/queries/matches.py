"""Who may see which match."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaigns.models import Campaign, Contest, Member, Request
from campaigns.queries import EDITOR_POSITIONS, requests_visible_to
from core.models import User
from matching.models import Match, ProblemReport
from matching.rules.sides import MatchSide
from matching.rules.states import (
    STATES_BOTH_SIDES_KNOW,
    STATES_CONTACT_SHARED,
    STATES_REPORTABLE,
    STATES_VISIBLE_TO_VOLUNTEER,
    MatchState,
)
from volunteers.models import SkillClaim


def matches_offered_to(user: User) -> "QuerySet[Match]":
    """A volunteer's own matches from the offer on: before it they see nothing."""
    told = Q(state__in=STATES_VISIBLE_TO_VOLUNTEER) | Q(state=MatchState.SUPERSEDED, offered_at__isnull=False)
    return Match.objects.filter(told, volunteer__user=user)


def placements_visible_to(user: User, *, ended: bool = False) -> "QuerySet[Match]":
    """The people of the campaigns that somebody acts for, from the offer on; who they are is told from their yes on.

    With `ended`, those too who went after their yes: of them nothing is told, but something can be reported.
    """
    editor = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    shown = Q(state__in=(MatchState.OFFERED, *(STATES_REPORTABLE if ended else STATES_BOTH_SIDES_KNOW)))
    return Match.objects.filter(shown, request__campaign__members__in=editor)


def matches_visible_to(user: User) -> "QuerySet[Match]":
    """Reviewers see every match but those of contests in which they have a part; a volunteer their own."""
    return exclude_own_contests(user, Match.objects.all()) if user.is_reviewer else matches_offered_to(user)


def problem_reports_visible_to(user: User) -> "QuerySet[ProblemReport]":
    """Reports for a reviewer who has no part in the contest."""
    seen = matches_visible_to(user) if user.is_reviewer else Match.objects.none()
    return ProblemReport.objects.filter(match__in=seen.values("pk")).select_related(
        "match__volunteer", "match__request__campaign"
    )


def exclude_own_contests(user: User, matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """Those of these matches in whose contests somebody has no part, as a volunteer or for a campaign."""
    return matches.filter(no_part_in_contest(user, "request__campaign__candidate__contest"))


def no_part_in_contest(user: User, contest: str) -> Q:
    """That the contest at the end of this path is none in which somebody has a part."""
    acts = Member.objects.filter(user=user).values("campaign__candidate__contest")
    asked = Match.objects.filter(volunteer__user=user, offered_at__isnull=False)
    serves = asked.values("request__campaign__candidate__contest")
    return ~Q(**{f"{contest}__in": acts}) & ~Q(**{f"{contest}__in": serves})


def campaign_editors(campaign: Campaign) -> "QuerySet[Member]":
    """Those who act for a campaign towards volunteers."""
    return campaign.members.filter(position__in=EDITOR_POSITIONS)


def side_of_user(user: User, match: Match) -> MatchSide | None:
    """Which part somebody has in a match; None: none at all. Who has a part in it is no reviewer of it."""
    if match.volunteer.user_id == user.pk:
        return MatchSide.VOLUNTEER if matches_offered_to(user).filter(pk=match.pk).exists() else None
    if campaign_editors(match.request.campaign).filter(user=user).exists():
        return MatchSide.CAMPAIGN
    return MatchSide.REVIEWER if user.is_reviewer else None


def has_open_report(match: Match) -> bool:
    """Whether a report about it is being looked at, so that contact pauses."""
    return match.reports.filter(handled_at=None).exists()


def with_list_columns(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """The same matches with everything that a list says about them, in one statement."""
    return matches.select_related(
        "volunteer__user",
        "run",
        "seat__role__skill",
        "request__campaign__candidate__contest__jurisdiction",
        "request__campaign__candidate__party",
    )


def with_people_columns(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """The same with what the two sides see of each other, in four more statements however many there are.

    `paused`: a report is being looked at. `completed`: how many projects the volunteer has completed here.
    """
    theirs = Match.objects.filter(volunteer=OuterRef("volunteer"), state=MatchState.COMPLETED).order_by()
    completed = theirs.values("volunteer").annotate(number=Count("pk")).values("number")
    return (
        matches.select_related("request__contact__user")
        .annotate(
            paused=Exists(ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None)),
            completed=Coalesce(Subquery(completed), 0),
        )
        .prefetch_related(
            "request__windows",
            "volunteer__windows",
            "volunteer__vettings",
            Prefetch("volunteer__claims", SkillClaim.objects.select_related("skill")),
        )
    )


def requests_with_visible_team(user: User) -> "QuerySet[Request]":
    """Requests whose team somebody may see: their own campaigns', those in which they have a place; reviewers all."""
    mine = matches_offered_to(user).filter(state__in=(MatchState.OFFERED, *STATES_BOTH_SIDES_KNOW)).values("request")
    return Request.objects.filter(Q(pk__in=requests_visible_to(user).values("pk")) | Q(pk__in=mine))


def may_see_team_names(user: User, request: Request) -> bool:
    """Whether somebody sees the people of a request's team by name: those who work in it, its campaign, reviewers."""
    working = Match.objects.filter(request=request, volunteer__user=user, state__in=STATES_CONTACT_SHARED)
    return user.is_reviewer or campaign_editors(request.campaign).filter(user=user).exists() or working.exists()


def contact_of_request(request: Request) -> User | None:
    """Who answers the request's volunteers."""
    return request.contact.user if request.contact else None


def contest_of_match(match: Match) -> Contest:
    """The contest that the match is for."""
    return match.request.campaign.candidate.contest
