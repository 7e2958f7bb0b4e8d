"""The parts of a score, as data: the engine, the policy, the words, the API and the tests read them from here.

A score is a sum of whole numbers with names, one for each part: the policy's weight for the part, times its factor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a part's number belongs to. The engine handles the first four for every part alike, by arrays."""

    REQUEST = "request"  # one number for each request
    VOLUNTEER = "volunteer"  # one number for each volunteer
    CLAIM = "claim"  # one number for each claim of a volunteer on a skill
    PAIR = "pair"  # a number for some pairs of a volunteer and a role, which are listed; zero for all others
    COMPUTED = "computed"  # code of the engine works the factor out, and knows the part by its name


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One part of a score.

    The factor is the number of its scope, zero or more, and `cap` at most. With `counts_down` the factor is what the
    number lacks to `cap`. `weight_field` is the field of the policy.

    `reason` is a phrase about the volunteer, and `sentence` says the same to the volunteer. Both are None for a part
    that the volunteer may not know. `tells_contest`: the part says something about the contest.
    """

    name: str
    scope: Scope
    cap: int
    counts_down: bool = False
    weight_field: str
    default_weight: int
    weight_help: str
    label: str
    reason: str | None = None
    sentence: str | None = None
    tells_contest: bool = False


def gettext_noop(text: str) -> str:
    """Return the text as it is: `makemessages` finds it by this name, and modules with words translate it."""
    return text


PARTS: tuple[ScorePart, ...] = (
    ScorePart(
        name="priority",
        scope=Scope.REQUEST,
        cap=5,
        weight_field="weight_priority",
        default_weight=40,
        weight_help=gettext_noop("Points for each step of a request's priority."),
        label=gettext_noop("priority"),
    ),
    ScorePart(
        name="election",
        scope=Scope.REQUEST,
        cap=26,
        counts_down=True,
        weight_field="weight_election",
        default_weight=4,
        weight_help=gettext_noop("Points for each week that the election is nearer than 26 weeks."),
        label=gettext_noop("election"),
    ),
    ScorePart(
        name="waiting",
        scope=Scope.REQUEST,
        cap=12,
        weight_field="weight_request_wait",
        default_weight=6,
        weight_help=gettext_noop("Points for each week that the request has waited, up to 12."),
        label=gettext_noop("request's wait"),
    ),
    ScorePart(
        name="level",
        scope=Scope.COMPUTED,
        cap=2,
        weight_field="weight_level",
        default_weight=10,
        weight_help=gettext_noop("Points for each level above the required one, up to 2."),
        label=gettext_noop("level"),
        reason=gettext_noop("knows more than was asked for"),
        sentence=gettext_noop("You know more about “%(skill)s” than they ask for."),
    ),
    ScorePart(
        name="wanted",
        scope=Scope.CLAIM,
        cap=1,
        weight_field="weight_wanted_skill",
        default_weight=25,
        weight_help=gettext_noop("Points when the volunteer would like to use the skill."),
        label=gettext_noop("wish"),
        reason=gettext_noop("would like to use this skill"),
        sentence=gettext_noop("You would like to use this skill."),
    ),
    ScorePart(
        name="nice",
        scope=Scope.COMPUTED,
        cap=3,
        weight_field="weight_nice_skills",
        default_weight=8,
        weight_help=gettext_noop("Points for each nice-to-have skill, up to 3."),
        label=gettext_noop("extras"),
        reason=gettext_noop("has skills that are nice to have"),
        sentence=gettext_noop("You know other things that would help them."),
    ),
    ScorePart(
        name="spare",
        scope=Scope.COMPUTED,
        cap=5,
        weight_field="weight_spare_time",
        default_weight=3,
        weight_help=gettext_noop("Points for every two spare hours in common, up to 5 times."),
        label=gettext_noop("spare time"),
        reason=gettext_noop("is free at more times than it takes"),
        sentence=gettext_noop("You are free at more times than the work takes, so there is room to choose."),
    ),
    ScorePart(
        name="place",
        scope=Scope.COMPUTED,
        cap=1,
        weight_field="weight_jurisdiction",
        default_weight=12,
        weight_help=gettext_noop("Points when the contest is in a jurisdiction that the volunteer named."),
        label=gettext_noop("jurisdiction"),
        reason=gettext_noop("named this jurisdiction"),
        sentence=gettext_noop("It is where you would like to help."),
        tells_contest=True,
    ),
    ScorePart(
        name="turn",
        scope=Scope.VOLUNTEER,
        cap=26,
        weight_field="weight_volunteer_wait",
        default_weight=2,
        weight_help=gettext_noop("Points for each week that the volunteer has waited, up to 26."),
        label=gettext_noop("turn"),
        reason=gettext_noop("has waited for a turn"),
        sentence=gettext_noop("You have waited, and that counts."),
    ),
    ScorePart(
        name="interest",
        scope=Scope.PAIR,
        cap=1,
        weight_field="weight_interest",
        default_weight=20,
        weight_help=gettext_noop("Points when the volunteer said that they would like this role."),
        label=gettext_noop("asked for it"),
        reason=gettext_noop("said that they would like this"),
        sentence=gettext_noop("You said that you’d like this."),
    ),
)
"""All parts, in the order in which the engine, the admin and the API list them."""

PART_NAMES: tuple[str, ...] = tuple(part.name for part in PARTS)


def list_parts(scope: Scope) -> Sequence[ScorePart]:
    """Return the parts of this scope, in their order."""
    return [part for part in PARTS if part.scope == scope]
