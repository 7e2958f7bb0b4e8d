"""Say in plain words how many open roles fit a volunteer, and which one change would open the most."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Skill
from matching.engine.explain import Unplaced
from matching.engine.feasibility import Reason
from matching.open_roles.queries.fits import Fits
from matching.runs.explanations import VOLUNTEER_CHANGE_PHRASES, explain_waiting, explain_what_would_help


@dataclass(frozen=True, slots=True)
class OpeningChange:
    """One change that a volunteer could make: the rule that it would meet, how many roles it opens, and its words.

    `skill` is the name of the one skill whose level it is about; empty for any other change.
    """

    reason: Reason
    roles_opened: int
    phrase: str
    skill: str = ""


def find_best_change(fits: Fits) -> OpeningChange | None:
    """Return the single change that would open the most roles; None where no single one opens any.

    Of equal ones the first in the order of the rules counts. A higher level is a change of one skill.
    """
    counts = {
        reason: count for reason, count in fits.count_single_changes().items() if reason in VOLUNTEER_CHANGE_PHRASES
    }
    level_change = fits.find_skill_of_level_change()
    if level_change is not None:
        counts[Reason.LEVEL] = level_change[1]
    if not counts:
        return None
    reason = max(counts, key=counts.__getitem__)
    if reason is Reason.LEVEL and level_change is not None:
        skill = Skill.objects.get(pk=level_change[0]).name
        phrase = _("knowing %(skill)s at a higher level") % {"skill": skill}
        return OpeningChange(reason, counts[reason], phrase, skill)
    return OpeningChange(reason, counts[reason], str(VOLUNTEER_CHANGE_PHRASES[reason]))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that keeps roles from a volunteer: how many, and the words of what it would take."""

    reason: Reason
    roles: int
    phrase: str


def list_obstacles(fits: Fits, *, limit: int) -> list[Obstacle]:
    """Return the rules that keep most of the roles which ask for the volunteer's skills, the first one most."""
    counts = [
        (reason, roles) for reason, roles in fits.count_failing_rules().items() if reason in VOLUNTEER_CHANGE_PHRASES
    ]
    counts.sort(key=lambda row: -row[1])
    return [Obstacle(reason, roles, str(VOLUNTEER_CHANGE_PHRASES[reason])) for reason, roles in counts[:limit]]


def explain_fits(fits: Fits) -> str:
    """Say how many open roles fit, and what would help where none does."""
    fitting, asking = int(fits.fitting.sum()), int(fits.asks_for_skills.sum())
    if fitting:
        return ngettext("%(count)d open place fits you today.", "%(count)d open places fit you today.", fitting) % {
            "count": fitting
        }
    if not asking:
        return explain_waiting(Unplaced(roles=0, feasible=0, alone={}))
    change = find_best_change(fits)
    alone = {change.reason: change.roles_opened} if change else {}
    return explain_what_would_help(Unplaced(roles=asking, feasible=0, alone=alone))
