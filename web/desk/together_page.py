"""Approve the teams of which nothing is flagged, together: the list says who gets what, and the button the number."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Request
from core.errors import Invalid
from matching.lifecycle.actions.team_review import MAX_TEAMS_AT_ONCE, SeenProposal, approve_teams_together
from matching.lifecycle.queries.review_teams import find_review_queue
from matching.lifecycle.queries.team_sheets import find_reviewed_request, list_proposals
from matching.models import Match
from matching.rules.states import MatchState
from web.desk.desk_page import DeskFormPage
from web.desk.seen_proposals import read_seen_proposals
from web.desk.team_words import name_person

TEAM_FIELD = "team"


class TogetherPage(DeskFormPage):
    """The list of these teams, all ticked at first. “Count again” leaves out those that are not ticked any more."""

    template_name = "desk/together.html"
    title = gettext_lazy("Approve the rest together")
    performs_once = False  # each team has a transaction of its own

    def build_context(self) -> dict[str, Any]:
        """Return the teams, those that are ticked, and how many people are in these."""
        queue = find_review_queue(self.user, at=self.at)
        open_teams = [queued.team for queued in queue.teams if queued.may_be_approved_unopened][:MAX_TEAMS_AT_ONCE]
        people: dict[int, list[Match]] = defaultdict(list)
        for match in list_proposals(self.user, [each for team in open_teams for each in team.match_ids]):
            people[match.request_id].append(match)
        ticked = set(self.request.POST.getlist(TEAM_FIELD)) if self.request.method == "POST" else None
        rows: list[dict[str, Any]] = [
            {
                "team": team,
                "is_chosen": ticked is None or str(team.request_id) in ticked,
                "people": [_("%(person)s: %(place)s") % _name_place(match) for match in people[team.request_pk]],
                "matches": [f"{match.public_id} {match.version}" for match in people[team.request_pk]],
            }
            for team in open_teams
        ]
        count = sum(len(row["matches"]) for row in rows if row["is_chosen"])
        label = ngettext("Approve %(count)d person", "Approve %(count)d people", count) % {"count": count}
        return {"rows": rows, "people_count": count, "button": label}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve, or count again those that are ticked."""
        return self.render_page() if request.POST.get("do") == "count" else super().post(request, **kwargs)

    def perform(self) -> HttpResponse:
        """Approve the teams that are ticked, if they are as many as the button said, and say what became of each."""
        ids, teams = self.request.POST.getlist(TEAM_FIELD), []
        if not ids or len(ids) > MAX_TEAMS_AT_ONCE:
            raise Invalid(_("No team is ticked, or too many are. Tick at least one."))
        for value in ids:
            teams.append(self._read_team(value))
        people = sum(len(proposals) for _request, proposals in teams)
        if str(people) != self.request.POST.get("count", ""):
            raise Invalid(_("You ticked other teams than the button counts. Press “Count again” first."))
        results = approve_teams_together(actor=self.user, teams=teams, at=self.at)
        approved = sum(match.state != MatchState.PROPOSED for result in results for match in result.matches)
        words = ngettext("%(count)d person is approved.", "%(count)d people are approved.", approved)
        messages.success(self.request, words % {"count": approved})
        for result in results:
            if result.error:
                values = {"project": result.request.shown_title, "campaign": result.request.campaign.name}
                name = _("%(project)s · %(campaign)s") % values
                messages.warning(
                    self.request, _("%(team)s moved meanwhile: %(why)s") % {"team": name, "why": result.error.message}
                )
        return redirect("desk:teams")

    def _read_team(self, value: str) -> tuple[Request, list[SeenProposal]]:
        try:
            request_id = UUID(value)
        except ValueError:
            raise Invalid(_("The list has changed since you looked at it. Look at it again.")) from None
        found = find_reviewed_request(self.user, request_id)
        if found is None:
            raise Invalid(_("The list has changed since you looked at it. Look at it again."))
        return found, read_seen_proposals(self.user, request_id, self.request.POST.getlist(f"match-{request_id}"))


def _name_place(match: Match) -> dict[str, str]:
    return {"person": name_person(match.volunteer), "place": str(match.seat)}
