"""What volunteers may not do while an offer hides its campaign, since its outcome would tell which one it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Member
from core.errors import Full, Invalid, WrongState
from core.models import User
from matching.lifecycle.queries.campaign_names import CAMPAIGN_NAMED, is_campaign_named
from matching.lifecycle.queries.matches import has_open_report
from matching.models import Match
from matching.rules.states import MatchState
from volunteers.models import Volunteer

STATES_HIDING_CAMPAIGN = (MatchState.OFFERED, MatchState.ACCEPTED)
"""Where the volunteer knows of a match, and not of its campaign if it is an emergency."""

_VETO_MESSAGE = gettext_lazy(
    "You are asked in an emergency, and do not know yet for whom. Answer that first, then say never."
)
_OTHER_YES_MESSAGE = gettext_lazy(
    "You are asked in an emergency, and do not know yet for whom. Answer that first, then answer this."
)


def check_match_names_campaign(match: Match) -> None:
    """Raise Invalid about the match while it hides its campaign."""
    check_campaign_named(match, field="match")


def check_campaign_named(match: Match, *, field: str) -> None:
    """Raise Invalid while the match hides its campaign: a veto would tell by older offers which one it is."""
    if not is_campaign_named(match):
        message = _("You do not know yet which campaign this is. Decline it, or say never once you know.")
        raise Invalid(message, field=field)


def check_may_veto(volunteer: Volunteer) -> None:
    """Raise WrongState while an offer hides its campaign from the volunteer. The caller has locked the volunteer.

    A veto of one campaign after the other would tell by what becomes of the offer which campaign it is.
    """
    _check_no_campaign_hidden(volunteer, message=_VETO_MESSAGE)


def check_may_accept(match: Match) -> None:
    """Raise WrongState while another offer hides its campaign. The caller has locked the match and its volunteer.

    A yes to each contest in turn would tell by what becomes of the hidden yes which contest it is in. So it is refused
    whatever its own contest is.
    """
    _check_no_campaign_hidden(match.volunteer, besides=match, message=_OTHER_YES_MESSAGE)


def check_reviews_nothing(match: Match) -> None:
    """Raise Full when the volunteer of a hidden offer has become a reviewer since: reviewers read of each incident."""
    user = match.volunteer.user
    if user is not None and user.is_reviewer:
        raise Full(
            _(
                "You are a reviewer by now, and reviewers are not asked in emergencies: they read of each one. Decline"
                " it: it does not set you back."
            )
        )


def check_joined_no_campaign(match: Match) -> None:
    """Raise Full when the volunteer of a hidden offer has joined any campaign since it was made.

    They may have joined an opponent. Whether it is one would tell the contest, so any campaign counts.
    """
    if Member.objects.filter(user=match.volunteer.user_id, since__gte=match.offered_at).exists():
        raise Full(
            _(
                "You joined a campaign after you were asked, so this place goes to somebody without one. Decline it:"
                " it does not set you back."
            )
        )


def check_contact_goes_on(match: Match, reviewer: User | None) -> None:
    """Raise WrongState while a report about a hidden offer is open.

    Contact pauses, so a yes could start nothing, and it would end the search for others. A `reviewer` who records a yes
    reads what to do about the report.
    """
    if has_open_report(match) and reviewer is not None:
        raise WrongState(_("A report about this offer is open, so a yes starts nothing. Close the report first."))
    if has_open_report(match):
        raise WrongState(
            _("You reported a problem with this, and a reviewer looks at it first. Until then you can only decline it.")
        )


def check_serves_no_opponent(match: Match) -> None:
    """Raise Full when the volunteer of a match that names its campaign acts for an opponent of it by now."""
    campaign = match.request.campaign
    of_contest = Member.objects.filter(
        user=match.volunteer.user_id, campaign__candidate__contest=campaign.candidate.contest_id
    )
    if of_contest.exclude(campaign=campaign).exists():
        raise Full(_("You act for another campaign in this contest, so you cannot help this one. Decline it."))


def _check_no_campaign_hidden(volunteer: Volunteer, *, besides: Match | None = None, message: Promise) -> None:
    hiding = Match.objects.filter(~CAMPAIGN_NAMED, volunteer=volunteer, state__in=STATES_HIDING_CAMPAIGN)
    if besides is not None:
        hiding = hiding.exclude(pk=besides.pk)
    if hiding.exists():
        raise WrongState(str(message))
