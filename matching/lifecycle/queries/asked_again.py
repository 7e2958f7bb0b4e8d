"""Tell what a campaign has changed since a volunteer was asked before, so that they see what they answer now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from campaigns.models import Request, Role
from matching.models import Match
from matching.rules.states import MatchState

_REQUEST_FIELDS = ("starts_on", "ends_on", "title", "summary", "out_of_scope")
_ROLE_FIELDS = ("tasks", "hours_per_week", "is_lead", "makes_decisions")


@dataclass(frozen=True, slots=True)
class ChangedTerm:
    """A field of the request or the role, as the volunteer was asked before and as it is now."""

    field: str
    before: Any
    now: Any


def list_changed_terms(match: Match) -> list[ChangedTerm] | None:
    """Return what has changed since the volunteer was asked before; None where they were asked once.

    Times of meetings are not in it: the history holds no windows.
    """
    if match.request.terms_changed_at is None:
        return None
    events = Match.pgh_event_model.objects.filter(pgh_obj=match.pk, state=MatchState.OFFERED)  # type: ignore[attr-defined]
    earlier = events.filter(offered_at__lt=match.offered_at).order_by("-offered_at").first()
    if earlier is None:
        return None
    history = Request.pgh_event_model.objects.filter(pgh_obj=match.request_id)  # type: ignore[attr-defined]
    unchanged = Q(terms_changed_at=None) | Q(terms_changed_at__lte=earlier.offered_at)
    amendment = history.exclude(unchanged).order_by("pgh_id").first()
    if amendment is None:
        return []
    role_history = Role.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj=match.seat.role_id, pgh_created_at__lt=amendment.pgh_created_at
    )
    return [
        *_compare_fields(history.filter(unchanged), match.request, _REQUEST_FIELDS),
        *_compare_fields(role_history, match.seat.role, _ROLE_FIELDS),
    ]


def _compare_fields(history: Any, row: Any, fields: tuple[str, ...]) -> Iterator[ChangedTerm]:
    before = history.order_by("-pgh_id").values(*fields).first()
    for field in fields if before else ():
        if before[field] != getattr(row, field):
            yield ChangedTerm(field, before[field], getattr(row, field))
