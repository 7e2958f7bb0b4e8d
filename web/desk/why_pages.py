"""Why and why not: a volunteer, a role, a request, and a volunteer in a role."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from campaigns.queries import roles_visible_to
from core.conflict_of_interest import has_any_part
from core.errors import NotAllowed, NotFound
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.named_obstacles import name_outcome
from matching.open_roles.explanations import explain_waiting, find_best_change, list_obstacles
from matching.open_roles.queries.fits import find_fits_of_volunteer
from matching.runs.explanations import describe_emptiness, explain_not_placed
from matching.runs.queries.gaps import find_other_volunteer, find_request, find_request_gaps, find_role
from matching.runs.queries.outcomes import find_why_not_placed
from matching.runs.queries.rule_verdicts import judge_pair
from matching.runs.queries.runs import find_last_full_run
from matching.runs.queries.searches import MAX_SEARCH_LENGTH, search_roles, search_volunteers
from matching.runs.rule_texts import describe_rule, list_single_changes
from web.desk.desk_page import DeskPage

MAX_FOUND = 20
MAX_FITTING_ROLES = 10
MAX_OBSTACLES = 6


class SearchMixin:
    """What was typed into the one search field of a page."""

    request: Any

    @property
    def words(self) -> str:
        """Return the words, cut off at their limit."""
        words: str = self.request.GET.get("q", "")
        return words[:MAX_SEARCH_LENGTH].strip()

    def build_search(self, found: list[Any]) -> dict[str, Any]:
        """Return what the search shows: its words, and the first of what was found."""
        return {
            "words": self.words,
            "searched": "q" in self.request.GET,
            "found": found[:MAX_FOUND],
            "has_more": len(found) > MAX_FOUND,
            "max_length": MAX_SEARCH_LENGTH,
        }


class WhyPage(SearchMixin, DeskPage):
    """Find a volunteer or a role to ask about."""

    template_name = "desk/why.html"
    title = gettext_lazy("Why and why not")

    def build_context(self) -> dict[str, Any]:
        """Return the volunteers and the roles that were looked for."""
        people = search_volunteers(self.user, self.words, limit=MAX_FOUND + 1)
        roles = search_roles(self.user, self.words, limit=MAX_FOUND + 1) if self.words else []
        return self.build_search(people) | {"roles": roles[:MAX_FOUND], "has_more_roles": len(roles) > MAX_FOUND}


class WhyVolunteerPage(SearchMixin, DeskPage):
    """Why a volunteer waits, what would help, and by when they get an answer."""

    template_name = "desk/why_volunteer.html"
    title = gettext_lazy("A volunteer: why, and what would help")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the volunteer."""
        self.volunteer = find_other_volunteer(self.user, id)

    def build_context(self) -> dict[str, Any]:
        """Return what the board says, unless the reader has a part in a contest: it would tell of other work."""
        found = search_roles(self.user, self.words, limit=MAX_FOUND + 1) if self.words else []
        context = self.build_search(found) | {"volunteer": self.volunteer, "is_partial": has_any_part(self.user)}
        return context if context["is_partial"] else context | self._explain_waiting()

    def _explain_waiting(self) -> dict[str, Any]:
        fits = find_fits_of_volunteer(self.volunteer, at=self.at)
        ids = fits.list_role_ids()
        roles = roles_visible_to(self.user).prefetch_related(None).in_bulk(ids[:MAX_FITTING_ROLES])
        return {
            "explanation": explain_waiting(fits),
            "best_change": find_best_change(fits),
            "obstacles": list_obstacles(fits, limit=MAX_OBSTACLES),
            "fitting": [roles[pk] for pk in ids if pk in roles],
            "fitting_count": len(ids),
        }


class WhyRequestPage(DeskPage):
    """The roles of a request, and why places are empty."""

    template_name = "desk/why_request.html"
    title = gettext_lazy("A request: its empty places")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the request."""
        self.project = find_request(self.user, id)

    def build_context(self) -> dict[str, Any]:
        """Return the roles with their places."""
        gaps = find_request_gaps(self.user, self.project, at=self.at)
        rows = [(gap, describe_emptiness(gap.emptiness) if gap.emptiness else "") for gap in gaps.roles]
        return {"project": self.project, "run": gaps.run, "rows": rows}


class WhyRolePage(SearchMixin, DeskPage):
    """The empty places of a role, the single changes that would fill one, and a search for a volunteer."""

    template_name = "desk/why_role.html"
    title = gettext_lazy("A role: why places are empty")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the role."""
        self.role = find_role(self.user, id)

    def build_context(self) -> dict[str, Any]:
        """Return the places of the role, and the volunteers that were looked for."""
        gaps = find_request_gaps(self.user, self.role.request, at=self.at, role=self.role)
        [gap] = gaps.roles
        context = {"role": self.role, "gap": gap, "run": gaps.run}
        if gap.emptiness:
            context |= {
                "explanation": describe_emptiness(gap.emptiness),
                "changes": list_single_changes(gap.emptiness),
            }
        return context | self.build_search(search_volunteers(self.user, self.words, limit=MAX_FOUND + 1))


class WhyPairPage(DeskPage):
    """A volunteer in a role: each rule with pass or fail, and what the last run says."""

    template_name = "desk/why_pair.html"
    title = gettext_lazy("A volunteer in a role: each rule")

    def load(self, role: UUID, volunteer: UUID) -> None:  # type: ignore[override]
        """Find both."""
        self.role, self.volunteer = find_role(self.user, role), find_other_volunteer(self.user, volunteer)
        try:
            check_may_review(self.user, self.role.request)
        except NotAllowed as error:
            raise NotFound(error.message) from error

    def build_context(self) -> dict[str, Any]:
        """Return the rules in words, and what the last run that the reader may see says."""
        verdict = judge_pair(self.user, self.volunteer, self.role, at=self.at)
        rules = [describe_rule(row) for row in verdict.rules]
        context = {"role": self.role, "volunteer": self.volunteer, "verdict": verdict, "run": None}
        context |= {"broken": [row for row in rules if not row.passes], "kept": [row for row in rules if row.passes]}
        run = find_last_full_run(self.user)
        if run is not None:
            found = find_why_not_placed(run, self.volunteer, self.role)
            outcome = name_outcome(self.user, found, self.volunteer, self.role, policy=run.policy, at=self.at)
            context |= {"run": run, "outcome": explain_not_placed(outcome)}
        return context
