"""Pages of runs: start one, watch it, cancel it, and read how good its result is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Role
from campaigns.queries import roles_visible_to
from core.api.references import find_all_named
from core.errors import Invalid
from matching.models import Run
from matching.rules.run_stages import RunStage
from matching.runs.actions.scheduling import cancel_run, queue_run
from matching.runs.actions.verification_requests import request_verification
from matching.runs.explanations import explain_certificate, explain_verdict
from matching.runs.queries.runs import find_run, list_recent_runs
from matching.runs.queries.searches import MAX_SEARCH_LENGTH, search_roles
from web.desk.desk_page import DeskFormPage, DeskPage

MAX_RUNS_LISTED = 30
MAX_ROLES_FOUND = 20
WATCH_SECONDS = 5


class RunListPage(DeskPage):
    """The last runs."""

    template_name = "desk/runs.html"
    title = gettext_lazy("Runs")

    def build_context(self) -> dict[str, Any]:
        """Return the runs, the newest first."""
        return {"runs": list_recent_runs(self.user, limit=MAX_RUNS_LISTED)}


class StartRunPage(DeskFormPage):
    """Start a run over everything, or over the free places of some roles."""

    template_name = "desk/run_start.html"
    title = gettext_lazy("Start a run")

    def build_context(self) -> dict[str, Any]:
        """Return the roles that were looked for."""
        words = self.request.GET.get("q", "")
        roles = search_roles(self.user, words, limit=MAX_ROLES_FOUND + 1) if "q" in self.request.GET else []
        return {
            "words": words[:MAX_SEARCH_LENGTH],
            "searched": "q" in self.request.GET,
            "roles": roles[:MAX_ROLES_FOUND],
            "has_more": len(roles) > MAX_ROLES_FOUND,
            "max_length": MAX_SEARCH_LENGTH,
        }

    def perform(self) -> HttpResponse:
        """Queue the run, and show it."""
        sent = self.request.POST
        run = queue_run(actor=self.user, at=self.at, roles=self._find_roles(), dry_run="dry_run" in sent)
        messages.success(self.request, _("The run is queued. A worker takes it within seconds."))
        return redirect("desk:run", run.public_id)

    def _find_roles(self) -> list[Role] | None:
        """Return the roles that were ticked; None for a run over everything."""
        if self.request.POST.get("scope") != "roles":
            return None
        try:
            ids = [UUID(text) for text in self.request.POST.getlist("role")[:MAX_ROLES_FOUND]]
        except ValueError:
            raise Invalid(_("Choose the roles from the list.")) from None
        if not ids:
            raise Invalid(_("No role is ticked. Tick the roles whose places the run may fill."))
        return find_all_named(roles_visible_to(self.user), ids, field="role")


class RunPage(DeskFormPage):
    """One run: its stages while it goes on, its certificate when it is done. Its form asks for a check."""

    template_name = "desk/run.html"
    title = gettext_lazy("A run")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the run."""
        self.run = find_run(self.user, id)

    def build_context(self) -> dict[str, Any]:
        """Return the run with its stages and its words."""
        run = self.run
        is_going = run.state in (Run.State.QUEUED, Run.State.RUNNING)
        is_checked = run.verification_asked_at is not None and run.verified_at is None
        return {
            "run": run,
            "stages": list_stages(run),
            "is_going": is_going,
            "changes_soon": is_going or is_checked,
            "is_watched": "watch" in self.request.GET,
            "watch_seconds": WATCH_SECONDS,
            "certificate": explain_certificate(run),
            "verdict": explain_verdict(run),
            "can_verify": run.state == Run.State.DONE and not is_checked,
            "total_seconds": sum(run.stage_seconds.values()) if run.stage_seconds else None,
        }

    def perform(self) -> HttpResponse:
        """Ask for a check of the result."""
        request_verification(self.run, actor=self.user, at=self.at)
        messages.success(self.request, _("The checker will look at this result. Look again in some seconds."))
        return redirect("desk:run", self.run.public_id)


class CancelRunPage(DeskFormPage):
    """The page before a run is cancelled."""

    template_name = "desk/run_cancel.html"
    title = gettext_lazy("Cancel this run?")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the run."""
        self.run = find_run(self.user, id)

    def build_context(self) -> dict[str, Any]:
        """Return the run."""
        return {"run": self.run}

    def perform(self) -> HttpResponse:
        """Cancel the run, and show it."""
        cancel_run(self.run, actor=self.user, at=self.at)
        messages.success(self.request, _("The run is cancelled. Nothing of it was stored."))
        return redirect("desk:run", self.run.public_id)


def list_stages(run: Run) -> list[dict[str, object]]:
    """Return the stages in their order: the words, the seconds of those that are over, and which one goes on."""
    return [
        {"label": label, "seconds": run.stage_seconds.get(stage), "is_now": run.stage == stage}
        for stage, label in RunStage.choices
    ]
