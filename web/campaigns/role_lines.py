"""One line a role on the page of a request: its places, what holds it up, and the one change that helps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Request, Role
from core.enums import CountBand
from core.notifications.moments import describe_weekday
from matching.lifecycle.seen_facts import LEVEL_WORDS
from matching.models import Match
from matching.runs.actions.supply_estimate import RoleEstimate
from web.campaigns.desk import link_person
from web.campaigns.plan_words import describe_work
from web.campaigns.publish_supply import find_playbook_meters, list_terms
from web.campaigns.request_people import RequestPeople
from web.campaigns.request_words import build_suggestion
from web.campaigns.supply_meters import SupplyMeter
from web.campaigns.words import describe_role_fill
from web.design.components import Link


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of a request. `stuck` says what holds it up, and `fix` is the button that helps.

    `note` is what can’t be helped. `may_check` says that who could help was not asked today, and can be. `change_href`
    is empty for those who may not change it.
    """

    id: UUID
    name: str
    facts: str
    tasks: str
    places: str
    supply: SupplyMeter | None = None
    stuck: str = ""
    fix: Link | None = None
    note: str = ""
    may_check: bool = False
    change_href: str = ""
    is_main: bool = False


def list_role_lines(
    campaign: Campaign,
    request: Request,
    people: RequestPeople,
    estimates: Iterable[RoleEstimate],
    *,
    is_editor: bool,
) -> list[RoleLine]:
    """Return a line for each role that has places, or had; the request has its fill counts.

    The first line that is stuck has the page's main button.
    """
    waiting, by_role = people.group_unanswered(), {estimate.role_id: estimate for estimate in estimates}
    meters = find_playbook_meters(request)
    is_open = request.state == Request.State.PUBLISHED
    lines = []
    for role in request.roles.all():
        own = waiting.get(role.pk, [])
        estimate = by_role.get(role.public_id)
        line = _build_line(request, role, people, len(own))
        if is_open:
            line = _add_supply(line, role, estimate, meters.get(list_terms(role)))
            line = _add_stuck(line, campaign, role, own, estimate)
        if is_editor and is_open:
            line = replace(line, change_href=_link_page("campaign-role", request, role))
        elif not is_editor:
            line = replace(line, fix=None, may_check=False)
        lines.append(line)
    return _mark_main(lines)


def describe_stuck(lines: Sequence[RoleLine]) -> str:
    """Return the bad news in a sentence: how many roles are stuck; empty if none is."""
    stuck = sum(bool(line.stuck) for line in lines)
    if not stuck:
        return ""
    if len(lines) == 1:
        return _("One thing holds this project up. Below is the change that helps.")
    text = ngettext(
        "%(stuck)d of %(count)d roles is held up. Below is the change that helps.",
        "%(stuck)d of %(count)d roles are held up. Below is the change that helps each of them.",
        stuck,
    )
    return text % {"stuck": stuck, "count": len(lines)}


def describe_role(role: Role, *, seat_count: int) -> str:
    """Return the skill, the level, the hours and the places of a role in one line."""
    return " · ".join(
        [role.skill.shown_name, str(LEVEL_WORDS[role.level]), describe_work(role.hours_per_week, seat_count)]
    )


def _build_line(request: Request, role: Role, people: RequestPeople, unanswered: int) -> RoleLine:
    fill = role.fill  # type: ignore[attr-defined]
    until = people.asked_until.get(role.pk)
    places = _("No place any more") if not fill.seat_count else ""
    if fill.seat_count:
        places = describe_role_fill(
            fill,
            unanswered=unanswered,
            # The day alone: a time would tell in which zone the person lives, before they have said yes.
            asked_until=describe_weekday(until, request.time_zone) if until else "",
            names_open=request.state == Request.State.PUBLISHED,
        )
    return RoleLine(
        role.public_id, role.shown_name, describe_role(role, seat_count=fill.seat_count), role.shown_tasks, places
    )


def _add_supply(
    line: RoleLine, role: Role, estimate: RoleEstimate | None, playbook_meter: SupplyMeter | None
) -> RoleLine:
    """Add who could help, while a place is open: what was asked today, else the playbook's own meter."""
    empty = role.fill.empty_count  # type: ignore[attr-defined]
    if not empty:
        return line
    band = CountBand(estimate.people_fitting) if estimate else playbook_meter.band if playbook_meter else None
    return replace(line, supply=SupplyMeter(band, empty)) if band else line


def _add_stuck(
    line: RoleLine, campaign: Campaign, role: Role, waiting: Sequence[Match], estimate: RoleEstimate | None
) -> RoleLine:
    """Add what holds the role up, and the one thing that helps."""
    if waiting:
        text = ngettext(
            "%(name)s said yes and waits for your answer.",
            "%(count)d people said yes and wait for your answer. %(name)s waits longest.",
            len(waiting),
        )
        words = {"name": waiting[0].volunteer.first_name, "count": len(waiting)}
        return replace(line, stuck=text % words, fix=Link(link_person(campaign, waiting[0]), _("Look and answer")))
    if not role.fill.empty_count:  # type: ignore[attr-defined]
        return line
    if estimate is None:
        return replace(line, may_check=campaign.state == Campaign.State.VERIFIED)
    if line.supply is None or not line.supply.is_scarce:
        return line
    if not estimate.changes:
        return replace(line, note=_("No single change would open it to more people. We go on looking."))
    suggestion = build_suggestion(role, estimate.changes[0])
    page = "campaign-role" if suggestion.is_of_role else "campaign-change"
    address = _link_page(page, role.request, role if suggestion.is_of_role else None)
    return replace(line, stuck=suggestion.text, fix=Link(f"{address}?{suggestion.query}", suggestion.button))


def _mark_main(lines: list[RoleLine]) -> list[RoleLine]:
    main = next((index for index, line in enumerate(lines) if line.fix), None)
    return [replace(line, is_main=index == main) for index, line in enumerate(lines)]


def _link_page(page: str, request: Request, role: Role | None = None) -> str:
    ids = [request.campaign.public_id, request.public_id]
    return reverse(page, args=[*ids, role.public_id] if role else ids)
