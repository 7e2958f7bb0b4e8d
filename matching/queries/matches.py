"""Who may see which match."""

from django.db.models import QuerySet

from core.models import User
from matching.models import Match, Policy
from matching.rules import SHOWN


def offered_to(user: User) -> "QuerySet[Match]":
    """A volunteer's own matches from the offer on: before it they see nothing."""
    return Match.objects.filter(volunteer__user=user, state__in=SHOWN)


def visible_to(user: User) -> "QuerySet[Match]":
    """Reviewers see every match, a volunteer their own, anybody else none."""
    return Match.objects.all() if user.is_reviewer else offered_to(user)


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
