"""What gives a user a part in a contest by matching: a match from the proposal on, a pin, a veto.

A match that has ended counts too. A proposal that was superseded before any offer does not: its volunteer never heard
of it, and each run supersedes many.
"""

from django.db.models import QuerySet

from core.conflict_of_interest import ContestPart, register_contest_part
from matching.models import Match, Pin, Veto
from matching.rules.states import MatchState


def _matches_with_part() -> "QuerySet[Match]":
    return Match.objects.exclude(state=MatchState.SUPERSEDED, offered_at=None)


register_contest_part(
    "match", ContestPart(_matches_with_part, user="volunteer__user", contest="request__campaign__candidate__contest")
)
register_contest_part(
    "pin",
    ContestPart(Pin.objects.all, user="volunteer__user", contest="seat__role__request__campaign__candidate__contest"),
)
register_contest_part(
    "veto", ContestPart(Veto.objects.all, user="volunteer__user", contest="campaign__candidate__contest")
)
