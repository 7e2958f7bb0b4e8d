"""Say in plain words how many open roles fit a volunteer, and which one change would open the most."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Skill
from matching.engine.feasibility import Reason
from matching.open_roles.queries.fits import Fits
from matching.runs.change_suggestions import VOLUNTEER_CHANGE_PHRASES


@dataclass(frozen=True, slots=True)
class OpeningChange:
    """One change that a volunteer could make: the rule that it would meet, how many roles it opens, and its words.

    `skill` is the name of the one skill whose level it is about; empty for any other change.
    """

    reason: Reason
    roles_opened: int
    phrase: str
    skill: str = ""

    @property
    def explanation(self) -> str:
        """Return the same as a sentence."""
        return ngettext(
            "One change would open %(count)d more: %(change)s.",
            "One change would open %(count)d more: %(change)s.",
            self.roles_opened,
        ) % {"count": self.roles_opened, "change": self.phrase}


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
        return _(
            "No open place on our list asks for your skills just now. Adding another skill that you would like to use "
            "may help. Add it to your skills."
        )
    return _explain_what_would_help(fits, asking)


def explain_waiting(fits: Fits) -> str:
    """Tell a volunteer without an offer where they stand, by the board alone, and what would help.

    A run knows more roles. What it found is told to no volunteer: they could change their profile and learn of them.
    """
    fitting = int(fits.fitting.sum())
    if fitting:
        standing = ngettext(
            "%(count)d open place fits you, and you have no offer yet: it may fit other people, too.",
            "%(count)d open places fit you, and you have no offer yet: they may fit other people, too.",
            fitting,
        ) % {"count": fitting}
    else:
        standing = explain_fits(fits)
    elsewhere = _("We look for you among places that are on no list, too, such as emergencies and security work.")
    return f"{standing} {elsewhere}"


def _explain_what_would_help(fits: Fits, asking: int) -> str:
    """Tell a volunteer who fits none of the roles which single change would open the most of them."""
    intro = ngettext(
        "%(count)d place asks for what you can do, and it does not fit you yet.",
        "%(count)d places ask for what you can do, and none of them fits you yet.",
        asking,
    ) % {"count": asking}
    change = find_best_change(fits)
    if change is None:
        return intro
    advice = ngettext(
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        change.roles_opened,
    ) % {"count": change.roles_opened, "change": VOLUNTEER_CHANGE_PHRASES[change.reason]}
    return f"{intro} {advice}"
