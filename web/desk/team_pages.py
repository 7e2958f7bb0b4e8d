"""The queue: the teams at the left, one team at the right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Request
from core.errors import NotFound
from core.notifications.moments import describe_moment
from matching.lifecycle.queries.review_teams import QueuedTeam, ReviewQueue, find_queued_team, find_review_queue
from matching.lifecycle.queries.team_sheets import (
    find_reviewed_request,
    list_place_alternates,
    list_undoable_approvals,
    read_team_sheet,
)
from matching.models import Match
from matching.rules.review_flags import ReviewLane
from matching.rules.states import MatchState
from web.desk.desk_page import DeskPage
from web.desk.key_pages import are_keys_on
from web.desk.start_page import DESK_ZONE
from web.desk.team_view import Lane, TeamRow, TeamView
from web.desk.team_words import describe_alternate, describe_team, describe_undo

MAX_ROWS_OF_LANE = 50


class TeamPage(DeskPage):
    """The queue with one team: that of the address, else the first that no other reviewer holds."""

    template_name = "desk/team.html"
    title = gettext_lazy("Teams to review")

    queue: ReviewQueue
    queued: QueuedTeam | None
    reviewed: Request | None

    def load(self, request_id: UUID | None = None, **kwargs: Any) -> None:
        """Find the queue, and the team in it."""
        self.queue = find_review_queue(self.user, at=self.at)
        if request_id is None:
            self.queued = next((team for team in self.queue.teams if team.may_be_decided), None)
            request_id = self.queued.team.request_id if self.queued else None
        else:
            self.queued = next((team for team in self.queue.teams if team.team.request_id == request_id), None)
            self.queued = self.queued or find_queued_team(self.user, request_id, at=self.at)
        self.reviewed = find_reviewed_request(self.user, request_id) if request_id else None
        if request_id and self.reviewed is None:
            raise NotFound(_("There is no such team. Perhaps it was decided meanwhile."))

    def build_context(self) -> dict[str, Any]:
        """Return the lanes, the team, and what can still be undone."""
        current = self.reviewed.public_id if self.reviewed else None
        return {
            "team": self.build_team() if self.reviewed else None,
            "request_id": current,
            "lanes": list_lanes(self.queue, current),
            "summary": summarize_queue(self.queue),
            "hidden_note": describe_hidden(self.queue.hidden_count),
            "has_together": any(team.may_be_approved_unopened for team in self.queue.teams),
            "next_address": find_next_address(self.queue, current),
            "undos": list_undos(list_undoable_approvals(self.user, at=self.at)),
            "keys_on": are_keys_on(self.request),
        }

    def build_team(self) -> TeamView:
        """Return the team, with the alternates of the place that the reader asks for."""
        assert self.reviewed is not None
        sheet = read_team_sheet(self.user, self.reviewed, at=self.at)
        team = describe_team(self.queued, sheet, at=self.at)
        wanted = self.request.GET.get("swap", "")
        for place, line in zip(sheet.places, team.places, strict=True):
            if place.match and line.match == wanted and place.match.state == MatchState.PROPOSED:
                alternates = list_place_alternates(self.user, place.match, at=self.at)
                return replace(team, swapped=line, alternates=[describe_alternate(each) for each in alternates])
        return team


def list_lanes(queue: ReviewQueue, current: UUID | None) -> list[Lane]:
    """Return the lanes that have teams, those that need most care first."""
    by_lane: dict[ReviewLane, list[QueuedTeam]] = defaultdict(list)
    for queued in queue.teams:
        by_lane[queued.lane].append(queued)
    return [
        Lane(
            title=str(lane.label),
            count=len(by_lane[lane]),
            rows=[_describe_row(queued, current) for queued in by_lane[lane][:MAX_ROWS_OF_LANE]],
        )
        for lane in ReviewLane
        if by_lane[lane]
    ]


def _describe_row(queued: QueuedTeam, current: UUID | None) -> TeamRow:
    team = queued.team
    notes = [
        _("%(proposed)d of %(places)d places") % {"proposed": team.proposal_count, "places": team.place_count},
        *([_("due %(moment)s") % {"moment": describe_moment(team.due_at, DESK_ZONE)}] if team.due_at else []),
    ]
    if team.flags:
        warnings = ngettext("%(count)d warning", "%(count)d warnings", len(team.flags))
        notes.append(warnings % {"count": len(team.flags)})
    if queued.claimed_by:
        notes.append(_("you hold it") if queued.is_mine else _("another reviewer looks at it"))
    return TeamRow(
        title=_("%(project)s · %(campaign)s") % {"project": team.title, "campaign": team.campaign},
        address=reverse("desk:team", args=[team.request_id]),
        note=" · ".join(notes),
        is_current=team.request_id == current,
        is_chosen=queued.is_chosen,
    )


def summarize_queue(queue: ReviewQueue) -> str:
    """Return how many teams and people wait, and when the first is due."""
    people = sum(queued.team.proposal_count for queued in queue.teams)
    due = [queued.team.due_at for queued in queue.teams if queued.team.due_at]
    summary = ngettext("%(count)d team waits.", "%(count)d teams wait.", queue.count) % {"count": queue.count}
    if people:
        summary += " " + ngettext("%(count)d person.", "%(count)d people.", people) % {"count": people}
    if due:
        summary += " " + _("The first is due %(moment)s.") % {"moment": describe_moment(min(due), DESK_ZONE)}
    return summary


def describe_hidden(count: int) -> str:
    """Return how many teams the reader may not see; empty for none."""
    words = ngettext("%(count)d team is not yours to see.", "%(count)d teams are not yours to see.", count)
    return words % {"count": count} if count else ""


def find_next_address(queue: ReviewQueue, current: UUID | None) -> str:
    """Return the address of the next team after this one that no other reviewer holds; empty without one."""
    order = {lane: number for number, lane in enumerate(ReviewLane)}
    teams = sorted(queue.teams, key=lambda queued: order[queued.lane])
    ids = [each.team.request_id for each in teams if each.team.request_id == current or each.may_be_decided]
    start = ids.index(current) + 1 if current in ids else 0
    following = [each for each in ids[start:] + ids[:start] if each != current]
    return reverse("desk:team", args=[following[0]]) if following else ""


def list_undos(approvals: Sequence[Match]) -> list[dict[str, Any]]:
    """Return for each team with approvals whose offers have not left what its bar shows."""
    by_request: dict[int, list[Match]] = defaultdict(list)
    for match in approvals:
        by_request[match.request_id].append(match)
    return [
        {
            "request_id": matches[0].request.public_id,
            "matches": matches,
            "title": _("Approved: %(project)s, %(campaign)s.")
            % {"project": matches[0].request.shown_title, "campaign": matches[0].request.campaign.name},
            "sentence": describe_undo(matches),
            "label": _("Undo") if len(matches) == 1 else _("Undo all %(count)d") % {"count": len(matches)},
        }
        for matches in by_request.values()
    ]
