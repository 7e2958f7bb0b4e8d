"""What a run changed, and drafts of the policy: tried on today's data, then adopted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import NotFound
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.runs.actions.policies import activate_policy
from matching.runs.actions.policy_trials import try_policy
from matching.runs.explanations import NO_CHANGES_MESSAGE
from matching.runs.queries.changes import MAX_PAIRS_LISTED, MAX_PEOPLE_LISTED, compare_runs
from matching.runs.queries.policies import find_policy, list_differences, list_drafts
from matching.runs.queries.runs import find_run
from web.desk.desk_page import DeskFormPage, DeskPage


class RunChangesPage(DeskPage):
    """What a run changed against the one before it; of a draft's dry run, who would gain and who would lose."""

    template_name = "desk/run_changes.html"
    title = gettext_lazy("What a run changed")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the run."""
        self.run = find_run(self.user, id)
        self.is_trial = self.run.base_id is not None and self.run.policy.state == Policy.State.DRAFT

    def build_context(self) -> dict[str, Any]:
        """Return the numbers and the lists."""
        return {
            "run": self.run,
            "is_trial": self.is_trial,
            "changes": compare_runs(self.run, reader=self.user),
            "no_changes": NO_CHANGES_MESSAGE,
            "differences": list_differences(self.run.policy, get_active_policy()) if self.is_trial else [],
            "max_pairs": MAX_PAIRS_LISTED,
            "max_people": MAX_PEOPLE_LISTED,
        }


class PolicyListPage(DeskPage):
    """The active policy, and the drafts with what differs in them."""

    template_name = "desk/policies.html"
    title = gettext_lazy("Drafts of the rules")

    def build_context(self) -> dict[str, Any]:
        """Return the active policy and the drafts."""
        return {"active": get_active_policy(), "drafts": list_drafts(self.user)}


class TryPolicyPage(DeskFormPage):
    """Try a draft on today's data. It has no page of its own: its button stands in the list."""

    http_method_names = ["post"]

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the draft."""
        self.policy = find_policy(self.user, id)

    def perform(self) -> HttpResponse:
        """Queue the two dry runs, and show that under the draft."""
        run = try_policy(actor=self.user, policy=self.policy, at=self.at)
        messages.success(self.request, _("Two dry runs are queued: under the active policy, and under this draft."))
        return redirect("desk:run", run.public_id)

    def refuse(self, error: Exception) -> HttpResponse:
        """Lead back to the list."""
        return redirect("desk:policies")


class AdoptPolicyPage(DeskFormPage):
    """The page before a draft comes into force, as it was tried."""

    template_name = "desk/policy_adopt.html"
    title = gettext_lazy("Adopt this draft?")

    def load(self, id: UUID) -> None:  # type: ignore[override]
        """Find the dry run of the draft."""
        self.run = find_run(self.user, id)
        if self.run.base_id is None or not self.run.policy_digest:
            raise NotFound(_("This run tried no draft."))

    def build_context(self) -> dict[str, Any]:
        """Return the draft and what differs in it."""
        policy = self.run.policy
        return {"run": self.run, "policy": policy, "differences": list_differences(policy, get_active_policy())}

    def perform(self) -> HttpResponse:
        """Activate the draft, if it is still what was tried."""
        policy = activate_policy(actor=self.user, policy=self.run.policy, at=self.at, digest=self.run.policy_digest)
        messages.success(self.request, _("%(policy)s is in force from the next run on.") % {"policy": policy})
        return redirect("desk:policies")
