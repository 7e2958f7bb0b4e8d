"""Read a volunteer's first page: what waits for them, what they do, and what they did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.models import User
from core.notifications.muted_topics import list_muted_topics
from matching.lifecycle.queries.own_matches import StateDates, find_state_dates, list_own_matches
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.unread_messages import count_unread_messages
from matching.models import Match
from matching.rules.states import STATES_MESSAGING_OPEN, MatchState
from volunteers.models import LevelQuestion, Volunteer
from volunteers.queries import open_level_questions

ASK_HOURS_BEFORE_END = timedelta(days=7)
"""How long before stated hours stop counting the volunteer is asked whether they are still right."""


class WaitingKind(StrEnum):
    """What waits for a volunteer, the most pressing first."""

    OFFER = "offer"
    HAND_OVER = "hand-over"
    MESSAGES = "messages"
    HOURS = "hours"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One thing that waits for a volunteer. `count` is that of unread messages."""

    kind: WaitingKind
    match: Match | None = None
    question: LevelQuestion | None = None
    count: int = 0
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class VolunteerDesk:
    """What the first page of a volunteer shows. `profile` is None before they raise their hand.

    `muted_topics` are those of which the volunteer gets no letters. `has_wishes` says that they told us whom they
    would help.
    """

    profile: Volunteer | None
    waiting: list[WaitingItem]
    working: list[Match]
    ended: list[Match]
    unread: Counter[str]
    dates: dict[int, StateDates]
    muted_topics: set[str]
    has_wishes: bool = False

    def waits_for_answer(self) -> bool:
        """Return whether the volunteer is looked for and has neither an offer nor a project."""
        is_busy = self.working or any(item.kind == WaitingKind.OFFER for item in self.waiting)
        return self.profile is not None and self.profile.state == Volunteer.State.ACTIVE and not is_busy


def read_volunteer_desk(user: User, *, at: datetime) -> VolunteerDesk:
    """Return what the first page of this user as a volunteer shows."""
    profile = _with_wish_mark().prefetch_related("windows").filter(user=user).first()
    if profile is None:
        return VolunteerDesk(None, [], [], [], Counter(), {}, set())
    matches, unread = list_own_matches(user), count_unread_messages(user)
    working = [match for match in matches if match.state in STATES_MESSAGING_OPEN]
    ended = [match for match in matches if match.state not in (*STATES_MESSAGING_OPEN, MatchState.OFFERED)]
    waiting = [
        *_list_waiting_matches(matches, unread),
        *_ask_hours(profile, at=at),
        *(WaitingItem(WaitingKind.LEVEL, question=question) for question in open_level_questions(user)),
    ]
    dates, muted = find_state_dates(matches), list_muted_topics(user)
    has_wishes: bool = profile.has_wishes  # type: ignore[attr-defined]
    return VolunteerDesk(profile, waiting, working, ended, unread, dates, muted, has_wishes)


def _with_wish_mark() -> "QuerySet[Volunteer]":
    """Return volunteers with `has_wishes`, which a level, a party or a jurisdiction of theirs makes true."""
    has_named = [
        Exists(named.objects.filter(volunteer=OuterRef("pk")))
        for named in (Volunteer.parties.through, Volunteer.jurisdictions.through)
    ]
    return Volunteer.objects.annotate(has_wishes=~Q(levels=[]) | has_named[0] | has_named[1])


def _list_waiting_matches(matches: list[Match], unread: Counter[str]) -> Iterator[WaitingItem]:
    by_clock = sorted(matches, key=lambda match: (match.due_at is None, match.due_at, match.pk))
    for match in by_clock:
        if match.state == MatchState.OFFERED:
            yield WaitingItem(WaitingKind.OFFER, match)
    for match in by_clock:
        if match.state == MatchState.CLOSING:
            yield WaitingItem(WaitingKind.HAND_OVER, match)
    for match in by_clock:
        count = unread[str(match.public_id)]
        if count and match.state in STATES_MESSAGING_OPEN:
            yield WaitingItem(WaitingKind.MESSAGES, match, count=count)


def _ask_hours(profile: Volunteer, *, at: datetime) -> Iterator[WaitingItem]:
    confirmed_at = profile.availability_confirmed_at
    if profile.state != Volunteer.State.ACTIVE or confirmed_at is None:
        return
    ends_at = confirmed_at + timedelta(days=get_active_policy().availability_valid_days)
    if ends_at - ASK_HOURS_BEFORE_END <= at:
        yield WaitingItem(WaitingKind.HOURS, is_overdue=ends_at <= at)
