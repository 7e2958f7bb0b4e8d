"""Say why a volunteer cannot accept any more, or why a campaign cannot begin with them yet."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.notifications.moments import format_moment, join_phrases
from matching.engine.feasibility import Reason
from matching.lifecycle.explanations import NO_ROOM_MESSAGE, describe_failed_rule
from matching.lifecycle.queries.eligibility import NO_ROOM, SideUnavailable
from matching.lifecycle.queries.matches import has_open_report
from matching.lifecycle.queries.teams import MissingRole, find_missing_roles
from matching.models import Match
from matching.rules.states import MatchState


def explain_impossible_acceptance(reason: Reason | SideUnavailable, *, names_campaign: bool = True) -> str:
    """Return why a volunteer can no longer accept an offer.

    Without `names_campaign` the sentence does not say which rule is broken: some rules are about the contest.
    """
    if reason == NO_ROOM:
        return str(NO_ROOM_MESSAGE)
    if isinstance(reason, SideUnavailable):
        return _("Sorry: this place is no longer open. It does not set you back.")
    if not names_campaign:
        return _("This no longer fits your profile, or what you do here. Change your profile, or decline.")
    return _("This no longer fits beside what you do here: %(lacks)s. Change your profile, or decline.") % {
        "lacks": _("this person %(lacks)s") % {"lacks": describe_failed_rule(reason, 1)}
    }


def explain_incomplete_team(missing_roles: Sequence[MissingRole]) -> str:
    """Return why a team staffed whole cannot begin yet."""
    roles = [
        _("%(role)s (%(have)d of %(minimum)d)")
        % {"role": role.role, "have": role.accepted_count, "minimum": role.min_to_start}
        for role in missing_roles
    ]
    return _("The team begins together, and somebody is missing: %(roles)s. We are looking.") % {
        "roles": join_phrases(roles)
    }


def explain_confirm_obstacle(match: Match, *, at: datetime) -> str:
    """Return why a campaign cannot begin yet with a volunteer who said yes; an empty text if it can.

    The match may have moved on: then only a report or a yes that can be taken back is named.
    """
    is_whole_team = match.request.staffing == "whole" and match.state == MatchState.ACCEPTED
    missing_roles = find_missing_roles(match.request) if is_whole_team else []
    if missing_roles:
        return explain_incomplete_team(missing_roles)
    if has_open_report(match):
        return _("A reviewer is looking at a report about this. Confirm it when that is settled.")
    if match.revocable_until is not None and at < match.revocable_until:
        return explain_revocable_acceptance(match.revocable_until, match.request.time_zone)
    return ""


def explain_revocable_acceptance(until: datetime, time_zone: str) -> str:
    """Return why a campaign cannot confirm yet a match that was accepted on the phone."""
    return _("They said yes on the phone and can take it back in writing until %(until)s. Begin after that.") % {
        "until": format_moment(until, time_zone)
    }
