"""The steps that the story's threads are made of: each is an action of the product, at a given moment."""

from collections.abc import Generator, Iterable
from datetime import datetime, timedelta

from campaigns.actions.publication import publish_request
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Campaign, Request, Role, Seat
from core.models import User
from core.notifications.inbox import mark_notices_read
from demo.story.people import PROFILES
from demo.story.setting import Setting
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.clocks import advance_ready_teams
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import HOLDS_SEAT, Interest, Match
from matching.open_roles.actions.interests import express_interest
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide
from volunteers.actions.profile import save_profile

WorkThread = Generator[datetime, datetime, Match]
"""A part of a thread that ends with a match as it is then."""
MessageThread = Generator[datetime, datetime, None]


def sign_up(setting: Setting, email: str, *, at: datetime) -> None:
    """Raise the hand of a person of the story."""
    save_profile(actor=setting.find_user(email), profile=PROFILES[email], at=at)


def publish_draft(manager: User, campaign: Campaign, draft: RequestDraft, *, at: datetime) -> Request:
    """Draft a request for the campaign and publish it; its manager answers the volunteers."""
    request = draft_request(actor=manager, campaign=campaign, draft=draft, at=at)
    return publish_request(actor=manager, request=request, accepts_code_of_conduct=True, at=at)


def offer_seat(setting: Setting, title: str, role: str, email: str, *, at: datetime) -> Match:
    """Approve a volunteer for the first free seat of a role in the request with this title; the offer leaves."""
    taken = Match.objects.filter(HOLDS_SEAT).values("seat")
    seats = Seat.objects.filter(role__name=role, role__request__title=title, role__request__created_at__lte=at)
    seat = seats.exclude(pk__in=taken).select_related("role__request__campaign__candidate").latest("role", "-number")
    volunteer = setting.find_volunteer(email)
    approved_at = at - timedelta(minutes=get_active_policy().undo_minutes)
    match = approve_alternate(actor=setting.reviewer, seat=seat, volunteer=volunteer, at=approved_at)
    advance_ready_teams(at=at)
    match.refresh_from_db()
    return match


def ask_for_role(setting: Setting, email: str, title: str, role: str, *, at: datetime) -> Interest:
    """Say as a volunteer that they would like an open role of the request with this title."""
    wanted = Role.objects.filter(name=role, request__title=title, request__created_at__lte=at).latest("pk")
    return express_interest(actor=setting.find_user(email), open_role_id=wanted.board_id, at=at)


def accept_as_volunteer(setting: Setting, match: Match, *, note: str = "", at: datetime) -> Match:
    """Say yes as the volunteer of a match."""
    volunteer = setting.find_user(match.volunteer.user.email)  # type: ignore[union-attr]
    return accept_offer(actor=volunteer, match=match, note=note, accepts_code_of_conduct=True, at=at)


def begin_work(
    setting: Setting, title: str, role: str, email: str, *, offered: datetime, accepted: datetime, confirmed: datetime
) -> WorkThread:
    """Offer a seat, accept it and confirm it, each at its moment."""
    match = offer_seat(setting, title, role, email, at=(yield offered))
    match = accept_as_volunteer(
        setting, match, note="I know this work well, and evenings suit me.", at=(yield accepted)
    )
    at = yield confirmed
    return confirm_match(actor=setting.manager, match=match, accepts_code_of_conduct=True, at=at)


def exchange_messages(
    setting: Setting, match: Match, messages: Iterable[tuple[datetime, MatchSide, str]]
) -> MessageThread:
    """Write these messages, each at its moment and from its side."""
    volunteer = setting.find_user(match.volunteer.user.email)  # type: ignore[union-attr]
    for moment, side, text in messages:
        author = volunteer if side == MatchSide.VOLUNTEER else setting.manager
        write_message(actor=author, match=match, text=text, at=(yield moment))


def tick_lines(actor: User, match: Match, stage: ChecklistStage, *item_codes: str, at: datetime) -> None:
    """Tick these lines of a checklist."""
    for item_code in item_codes:
        tick_checklist_item(actor=actor, match=match, stage=stage, item_code=item_code, at=at)


def read_inbox(setting: Setting, email: str, moments: Iterable[datetime]) -> MessageThread:
    """Read all notices at each of these moments. Later ones stay unread."""
    for moment in moments:
        mark_notices_read(actor=setting.find_user(email), at=(yield moment))
