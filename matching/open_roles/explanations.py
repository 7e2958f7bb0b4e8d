"""Say in plain words how many open roles fit a volunteer, and which one change would open the most."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine.explain import Unplaced
from matching.engine.feasibility import Reason
from matching.open_roles.queries.fits import Fits
from matching.runs.explanations import VOLUNTEER_CHANGE_PHRASES, explain_what_would_help


@dataclass(frozen=True, slots=True)
class OpeningChange:
    """One change that a volunteer could make: the rule that it would meet, how many roles it opens, and its words."""

    reason: Reason
    roles_opened: int
    phrase: str


def find_best_change(fits: Fits) -> OpeningChange | None:
    """Return the single change that would open the most roles; None where no single one opens any.

    Of equal ones the first in the order of the rules counts.
    """
    counts = {
        reason: count for reason, count in fits.count_single_changes().items() if reason in VOLUNTEER_CHANGE_PHRASES
    }
    if not counts:
        return None
    reason = max(counts, key=counts.__getitem__)
    return OpeningChange(reason, counts[reason], str(VOLUNTEER_CHANGE_PHRASES[reason]))


def explain_fits(fits: Fits) -> str:
    """Say how many open roles fit, and what would help where none does."""
    fitting, asking = int(fits.fitting.sum()), int(fits.asks_for_skills.sum())
    if fitting:
        return ngettext("%(count)d open place fits you today.", "%(count)d open places fit you today.", fitting) % {
            "count": fitting
        }
    if not asking:
        return _("Nobody asks for your skills just now. We write to you when a place does.")
    change = find_best_change(fits)
    alone = {change.reason: change.roles_opened} if change else {}
    return explain_what_would_help(Unplaced(roles=asking, feasible=0, alone=alone))
