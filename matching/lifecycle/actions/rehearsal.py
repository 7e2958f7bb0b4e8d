"""Try a change of a request, take it back, and tell what it would have done to its people.

The change itself is the rule, so what a campaign reads before it saves is what happens when it saves. `change_if` saves
only what was read.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from campaigns.models import Request
from core.models import Notice
from matching.lifecycle.actions.locking import lock_rows
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_ENDED_EARLY, MatchState

_KNOWN_STATES = (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE)
"""The people of whom the campaign knows and whom a change can concern. Approvals are not told to it."""


Changed = TypeVar("Changed")


@dataclass(frozen=True, slots=True)
class ChangeEffects:
    """How many places a change concerns, by what becomes of their people."""

    asked_again: int = 0
    """They had said yes, and are asked again."""
    offer_renewed: int = 0
    """They had not answered, and are asked again with a whole new time to answer."""
    ended: int = 0
    """They were asked or had said yes, and hear that plans changed."""
    handed_over: int = 0
    """They were at work, and their hand-over begins."""
    started: int = 0
    """They had said yes, and their work begins."""
    informed: int = 0
    """They are at work and go on, and are told at once that the terms are new."""

    @property
    def concerns_people(self) -> bool:
        """Return whether it does something to people; that new words are announced to them does not count."""
        return any(getattr(self, field.name) for field in fields(self))


def rehearse_change(request: Request, change: Callable[[], object]) -> ChangeEffects:
    """Call the action `change`, note what it does to the request's people, and take everything back.

    Raises what the action raises.
    """
    with transaction.atomic():
        effects, _changed = _note_effects(request, change)
        transaction.set_rollback(True)
    return effects


def change_if(request: Request, change: Callable[[], Changed], *, check: Callable[[ChangeEffects], None]) -> Changed:
    """Call the action `change`, and keep what it did only if `check` takes what it does to the request's people.

    It is one transaction, so what is checked is what happens. Raises what the action and the check raise.
    """
    with transaction.atomic():
        # From here on no person of the request answers: an answer locks the request first.
        lock_rows(requests=[request.pk])
        effects, changed = _note_effects(request, change)
        check(effects)
    return changed


def act_if(request: Request, act: Callable[[], object], *, check: Callable[[], None]) -> None:
    """Call the action `act` if `check` takes how the request stands; no person of it answers in between.

    Raises what the action and the check raise.
    """
    with transaction.atomic():
        lock_rows(requests=[request.pk])
        check()
        act()


def _note_effects(request: Request, change: Callable[[], Changed]) -> tuple[ChangeEffects, Changed]:
    """Call the action; return what it did to the people that the campaign knows of, and its own result."""
    before = _read_known_matches(request)
    last_notice = Notice.objects.aggregate(last=Max("pk"))["last"] or 0
    changed = change()
    after = {row.pk: row for row in Match.objects.filter(pk__in=list(before))}
    effects = [_name_effect(match, after[match.pk]) for match in before.values()]
    # An offer to several people is for one place, and a campaign is not told how many are asked.
    counted = {(effect, match.seat_id) for effect, match in zip(effects, before.values(), strict=True) if effect}
    names = [effect for effect, _seat in counted]
    counts = {name: names.count(name) for name in set(names)}
    return ChangeEffects(**counts, informed=_count_informed(before, last_notice)), changed


def _read_known_matches(request: Request) -> dict[int, Match]:
    return {match.pk: match for match in Match.objects.filter(request=request, state__in=_KNOWN_STATES)}


def _name_effect(before: Match, after: Match) -> str:
    if after.state in STATES_ENDED_EARLY:
        return "ended"
    if after.state == MatchState.OFFERED and after.version != before.version:
        return "asked_again" if before.state == MatchState.ACCEPTED else "offer_renewed"
    if after.state == before.state:
        return ""
    return {MatchState.CLOSING: "handed_over", MatchState.ACTIVE: "started"}.get(MatchState(after.state), "")


def _count_informed(matches: dict[int, Match], last_notice: int) -> int:
    """Return of how many of these matches the people are told of new terms, by the notices written since."""
    notices = Notice.objects.filter(pk__gt=last_notice, kind=MatchingNotice.REQUEST_TERMS_CHANGED)
    ids = {str(match.public_id) for match in matches.values()}
    return len({row["match"] for row in notices.values_list("subjects", flat=True) if row["match"] in ids})
