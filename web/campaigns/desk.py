"""What the desk of a campaign shows: what waits, who is at work, and what is over, put into words and links."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Request, Role
from core.notifications.moments import describe_day, describe_moment
from matching.models import Match, ProblemReport
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_MESSAGING_OPEN, MatchState
from web.campaigns.words import build_clock, build_stages, describe_date, describe_role_fill
from web.design.components import Clock, Link, Stage

MAX_WAITING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """One thing that waits for the campaign, with its one button. `is_main` is that of the page's first button."""

    title: str
    text: str
    button: Link
    clock: Clock | None = None
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person who said yes: name, where it stands, and the page of the person."""

    link: Link
    text: str
    stages: Sequence[Stage]
    unread: int = 0
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with its people; those who are only asked are a number."""

    name: str
    tasks: str
    fill: str
    people: Sequence[PersonRow]


@dataclass(frozen=True, slots=True)
class ProjectBlock:
    """A request with its roles. `href` leads to its page; that of an emergency does not exist."""

    title: str
    text: str
    roles: Sequence[RoleRow]
    href: str = ""
    is_emergency: bool = False


def link_person(campaign: Campaign, match: Match, page: str = "campaign-person") -> str:
    """Return the address of a page about a person of the campaign."""
    return reverse(page, args=[campaign.public_id, match.public_id])


def list_waiting_cards(
    campaign: Campaign, people: Sequence[Match], reports: Sequence[ProblemReport], unread: Counter[str], *, at: datetime
) -> list[WaitingCard]:
    """Return everything that waits for the campaign, the most pressing first."""
    by_clock = sorted(people, key=lambda match: (match.due_at is None, match.due_at, match.pk))
    return [
        *(_card_to_confirm(campaign, match, at=at) for match in by_clock if _waits_for_answer(match)),
        *(
            _card_of_messages(campaign, match, unread[str(match.public_id)])
            for match in by_clock
            if unread[str(match.public_id)] and match.state in STATES_MESSAGING_OPEN
        ),
        *(
            _card_of_handover(campaign, match, at=at)
            for match in by_clock
            if match.state == MatchState.CLOSING and count_open_items(match, ChecklistStage.CLOSING)
        ),
        *(_card_of_report(campaign, report) for report in reports),
    ]


def count_open_items(match: Match, stage: ChecklistStage) -> int:
    """Return how many lines of a list the campaign has not ticked. The ticks are prefetched."""
    done = {check.item_code for check in match.checks.all() if check.stage == stage}
    return sum(item.side == MatchSide.CAMPAIGN and item.code not in done for item in CHECKLISTS[stage])


def _waits_for_answer(match: Match) -> bool:
    return match.state == MatchState.ACCEPTED and match.campaign_asked_at is not None and not match.paused  # type: ignore[attr-defined]


def _card_to_confirm(campaign: Campaign, match: Match, *, at: datetime) -> WaitingCard:
    name, role = match.volunteer.first_name, match.seat.role
    clock = None
    if match.due_at and match.campaign_asked_at:
        clock = build_clock(
            _("Answer by %(until)s"),
            match.due_at,
            began_at=match.campaign_asked_at,
            zone=match.request.time_zone,
            at=at,
            after="",
        )
    return WaitingCard(
        _("%(name)s said yes to you") % {"name": name},
        describe_place(match.request, role),
        Link(link_person(campaign, match), _("Look and answer")),
        clock,
    )


def _card_of_messages(campaign: Campaign, match: Match, count: int) -> WaitingCard:
    title = ngettext("%(name)s wrote to you", "%(name)s wrote to you %(count)d times", count)
    return WaitingCard(
        title % {"name": match.volunteer.first_name, "count": count},
        describe_place(match.request, match.seat.role),
        Link(link_person(campaign, match, "campaign-person-messages"), _("Read and answer")),
    )


def _card_of_handover(campaign: Campaign, match: Match, *, at: datetime) -> WaitingCard:
    count = count_open_items(match, ChecklistStage.CLOSING)
    text = ngettext(
        "%(count)d line of the hand-over list is yours to tick.",
        "%(count)d lines of the hand-over list are yours to tick.",
        count,
    )
    clock = None
    if match.due_at:
        clock = build_clock(
            _("The hand-over ends on %(until)s"),
            match.due_at,
            began_at=match.state_changed_at,
            zone=match.request.time_zone,
            at=at,
            after="",
        )
    return WaitingCard(
        _("Take over from %(name)s") % {"name": match.volunteer.first_name},
        text % {"count": count},
        Link(link_person(campaign, match), _("Open the list")),
        clock,
    )


def _card_of_report(campaign: Campaign, report: ProblemReport) -> WaitingCard:
    until = describe_moment(report.answer_due_at, report.match.request.time_zone)
    return WaitingCard(
        _("We look at what you reported"),
        _("You hear from us by %(until)s. Until then contact is paused.") % {"until": until},
        Link(link_person(campaign, report.match, "campaign-person-report"), _("See what you wrote")),
    )


def describe_place(request: Request, role: Role) -> str:
    """Return a place in one line: what, for which project, and how many hours."""
    hours = ngettext("%(count)d h a week", "%(count)d h a week", role.hours_per_week) % {"count": role.hours_per_week}
    return f"{role.shown_name} · {request.shown_title} · {hours}"


def list_project_blocks(
    campaign: Campaign, requests: Sequence[Request], people: Sequence[Match], unread: Counter[str], *, is_editor: bool
) -> Iterator[ProjectBlock]:
    """Yield the projects that go on, and those with people at work: first those in which somebody waits.

    The requests have their fill counts. An editor gets the way to the page of a report of an emergency.
    """
    at_work = [match for match in people if match.state != MatchState.COMPLETED]
    busy_ids = {match.request_id for match in at_work}
    waiting_ids = {match.request_id for match in at_work if _waits_for_answer(match)}
    for request in sorted(requests, key=lambda request: request.pk not in waiting_ids):
        if request.state != Request.State.PUBLISHED and request.pk not in busy_ids:
            continue
        is_open = request.state == Request.State.PUBLISHED
        roles = [
            RoleRow(
                role.shown_name,
                role.shown_tasks,
                describe_role_fill(role.fill, unanswered=_count_unanswered(role, at_work), names_open=is_open),  # type: ignore[attr-defined]
                [_row_of_person(campaign, match, unread) for match in at_work if match.seat.role_id == role.pk],
            )
            for role in request.roles.all()
        ]
        days = {"first": describe_date(request.starts_on), "last": describe_date(request.ends_on)}
        ids = [campaign.public_id, request.public_id]
        href = reverse("incident" if request.emergency else "campaign-request", args=ids)
        if request.emergency and not (is_editor and request.state == Request.State.PUBLISHED):
            href = ""
        yield ProjectBlock(request.shown_title, _("%(first)s to %(last)s") % days, roles, href, request.emergency)


def list_draft_links(campaign: Campaign, drafts: Iterable[Request]) -> list[Link]:
    """Return the way to each plan that waits to be published."""
    return [
        Link(reverse("campaign-publish", args=[campaign.public_id, draft.public_id]), draft.shown_title)
        for draft in drafts
    ]


def list_called_off_links(campaign: Campaign, requests: Iterable[Request]) -> list[Link]:
    """Return the way to each project that was called off, as a candidate's no calls off all of them."""
    return [
        Link(reverse("campaign-request", args=[campaign.public_id, request.public_id]), request.shown_title)
        for request in requests
        if request.state == Request.State.CANCELLED and not request.emergency
    ]


def _count_unanswered(role: Role, people: Sequence[Match]) -> int:
    answerable = [match for match in people if match.state == MatchState.ACCEPTED and match.campaign_asked_at]
    return sum(match.seat.role_id == role.pk for match in answerable)


def list_ended_rows(campaign: Campaign, people: Sequence[Match]) -> list[PersonRow]:
    """Return the people whose work is done and handed over, the latest first."""
    ended = [match for match in people if match.state == MatchState.COMPLETED]
    ended.sort(key=lambda match: (match.state_changed_at, match.pk), reverse=True)
    return [_row_of_person(campaign, match, Counter()) for match in ended]


def _row_of_person(campaign: Campaign, match: Match, unread: Counter[str]) -> PersonRow:
    return PersonRow(
        Link(link_person(campaign, match), match.volunteer.first_name),
        describe_stage(match),
        build_stages(match),
        unread[str(match.public_id)],
        bool(match.paused),  # type: ignore[attr-defined]
    )


def describe_stage(match: Match) -> str:
    """Return in a few words where a match stands for its campaign."""
    days = {"day": describe_day(match.state_changed_at, match.request.time_zone), "place": match.seat.role.shown_name}
    if match.state == MatchState.ACCEPTED:
        asked = match.campaign_asked_at is not None
        return _("Waits for your answer") if asked else _("Said yes, and waits for the others")
    if match.state == MatchState.ACTIVE:
        return _("At work since %(day)s") % days
    if match.state == MatchState.CLOSING:
        return _("Hands over since %(day)s") % days
    return _("%(place)s, done on %(day)s") % days
