"""Who may see which match."""

from django.db.models import QuerySet

from core.models import User
from matching.models import Match, Policy
from matching.rules import SHOWN


def visible_to(user: User) -> "QuerySet[Match]":
    """Reviewers see every match, a volunteer their own from the offer on, anybody else none."""
    if user.is_reviewer:
        return Match.objects.all()
    return Match.objects.filter(volunteer__user=user, state__in=SHOWN)


def with_story(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """The same matches with everything that a list says about them, in one statement."""
    return matches.select_related(
        "volunteer__user",
        "run",
        "seat__role__skill",
        "request__campaign__candidate__contest__jurisdiction",
        "request__campaign__candidate__party",
    )


def active_policy() -> Policy:
    """The rules in force. There always is one: the first comes with the installation."""
    return Policy.objects.get(state=Policy.State.ACTIVE)
