"""What a reviewer does about one team: hold it, approve it or a part of it, say no, swap a person, undo."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Request
from core.errors import HandraiserError, Invalid, NotFound
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.review_claims import claim_team, release_team
from matching.lifecycle.actions.team_review import (
    MAX_MOVES_AT_ONCE,
    MAX_SEEN_FLAGS,
    Move,
    approve_team,
    make_moves,
    reject_team,
)
from matching.lifecycle.queries.review_teams import QueuedTeam, find_queued_team, proposals_to_review
from matching.lifecycle.queries.team_sheets import find_reviewed_request, read_team_sheet
from matching.models import Match
from matching.rules.reasons import RejectReason
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from volunteers.models import Volunteer
from web.desk.desk_page import DeskFormPage
from web.desk.seen_proposals import read_seen_proposals
from web.desk.team_words import describe_team

FIRST_APPROVAL_STORED = gettext_lazy("Your approval is stored. Another reviewer has to approve, too.")


class TeamDecision(DeskFormPage):
    """The base of a decision about one team. After it, and after a refusal, the reviewer is at the queue."""

    template_name = "desk/decide.html"
    reviewed: Request
    queued: QueuedTeam | None

    def load(self, **kwargs: Any) -> None:
        """Find the request and its team. Raises NotFound where the reviewer does not decide about it."""
        request_id: UUID = kwargs["request_id"]
        reviewed = find_reviewed_request(self.user, request_id)
        if reviewed is None:
            raise NotFound(_("There is no such team. Perhaps it was decided meanwhile."))
        self.reviewed = reviewed
        self.queued = find_queued_team(self.user, request_id, at=self.at)

    def build_context(self) -> dict[str, Any]:
        """Return the team of which a part is chosen."""
        team = describe_team(self.queued, read_team_sheet(self.user, self.reviewed, at=self.at), at=self.at)
        return {"team": team, "request_id": self.reviewed.public_id}

    def refuse(self, error: HandraiserError) -> HttpResponse:
        """Return to the team, which shows how it stands now."""
        return redirect("desk:team", self.reviewed.public_id)

    def go_on(self) -> HttpResponse:
        """Return to this team while something of it waits, else to the next one."""
        waits = proposals_to_review(self.user).filter(request=self.reviewed).exists()
        return redirect("desk:team", self.reviewed.public_id) if waits else redirect("desk:teams")


class ClaimPage(TeamDecision):
    """Hold a team, or give it back."""

    http_method_names = ["post"]

    def perform(self) -> HttpResponse:
        """Claim or release the team."""
        if self.request.POST.get("do") == "release":
            release_team(actor=self.user, request=self.reviewed)
            messages.success(self.request, _("The team is free again."))
        else:
            claim_team(actor=self.user, request=self.reviewed, at=self.at)
        return redirect("desk:team", self.reviewed.public_id)


class ApprovePage(TeamDecision):
    """Approve a team. The page itself asks which people to approve, and so which to leave out."""

    title = gettext_lazy("Approve a part of this team")

    def build_context(self) -> dict[str, Any]:
        """Return the team and the words of the button."""
        return super().build_context() | {"button": _("Approve those ticked"), "approves": True}

    def perform(self) -> HttpResponse:
        """Approve the people that were sent, with the flags that were seen."""
        approved = approve_team(
            actor=self.user,
            request=self.reviewed,
            proposals=read_seen_proposals(self.user, self.reviewed.public_id, self.request.POST.getlist("match")),
            seen_flags=self.request.POST.getlist("seen")[:MAX_SEEN_FLAGS],
            at=self.at,
        )
        count = sum(match.state != MatchState.PROPOSED for match in approved)
        if count:
            words = ngettext("%(count)d person is approved.", "%(count)d people are approved.", count)
            messages.success(self.request, words % {"count": count})
        if count < len(approved):
            messages.info(self.request, FIRST_APPROVAL_STORED)
        return self.go_on()


class RejectForm(forms.Form):
    """Why the team, or a part of it, is not approved."""

    reason = forms.ChoiceField(choices=RejectReason.choices, label=gettext_lazy("Why"))
    note = forms.CharField(
        required=False,
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Note, for reviewers"),
    )


class RejectPage(TeamDecision):
    """Say no to a team, or to those of it who are ticked, with a reason."""

    title = gettext_lazy("Not this team")

    def build_context(self) -> dict[str, Any]:
        """Return the team and the form."""
        form = RejectForm(self.request.POST or None)
        return super().build_context() | {"page_form": form, "button": _("Say no to those ticked")}

    def perform(self) -> HttpResponse:
        """Reject the people that were sent. Raises Invalid for a wrong reason or a note that is too long."""
        form = RejectForm(self.request.POST)
        if not form.is_valid():
            raise Invalid(_("Choose a reason, and write %(length)d letters at most.") % {"length": MAX_NOTE_LENGTH})
        rejected = reject_team(
            actor=self.user,
            request=self.reviewed,
            proposals=read_seen_proposals(self.user, self.reviewed.public_id, self.request.POST.getlist("match")),
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            at=self.at,
        )
        words = ngettext("%(count)d proposal is rejected.", "%(count)d proposals are rejected.", len(rejected))
        messages.success(self.request, words % {"count": len(rejected)})
        return self.go_on()


class SwapPage(TeamDecision):
    """Take another person for a place: they are approved in place of the one who was proposed."""

    http_method_names = ["post"]
    replaced: Match

    def load(self, **kwargs: Any) -> None:
        """Find the proposal whose place another person gets."""
        super().load(**kwargs)
        proposals = proposals_to_review(self.user).filter(request=self.reviewed)
        self.replaced = get_object_or_404(
            proposals.select_related("seat__role__request__campaign"), public_id=kwargs["match_id"]
        )

    def perform(self) -> HttpResponse:
        """Approve the alternate."""
        try:
            wanted = UUID(self.request.POST.get("volunteer", ""))
        except ValueError:
            raise Http404 from None
        volunteer = get_object_or_404(Volunteer.objects.select_related("user"), public_id=wanted)
        match = approve_alternate(actor=self.user, seat=self.replaced.seat, volunteer=volunteer, at=self.at)
        if match.state == MatchState.PROPOSED:
            messages.info(self.request, FIRST_APPROVAL_STORED)
        else:
            messages.success(self.request, _("The other person is approved for this place."))
        return self.go_on()


class UndoPage(TeamDecision):
    """Take approvals back whose offers have not left."""

    http_method_names = ["post"]
    performs_once = False  # each approval has a transaction of its own

    def perform(self) -> HttpResponse:
        """Undo each approval that was sent, and say which could not be undone."""
        seen = read_seen_proposals(self.user, self.reviewed.public_id, self.request.POST.getlist("match"))
        moves = [Move(proposal.match, proposal.version, "undo") for proposal in seen[:MAX_MOVES_AT_ONCE]]
        results = make_moves(actor=self.user, moves=moves, at=self.at)
        errors = [result.error for result in results if result.error]
        if len(results) > len(errors):
            count = len(results) - len(errors)
            words = ngettext("%(count)d approval is undone.", "%(count)d approvals are undone.", count)
            messages.success(self.request, words % {"count": count})
        for message in sorted({error.message for error in errors}):
            messages.error(self.request, message)
        return redirect("desk:team", self.reviewed.public_id) if len(results) > len(errors) else redirect("desk:teams")
