"""Campaigns that the reader never wants to hear of again: say so, see them, and take it back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.accounts.mfa import mfa_not_required
from core.api.current_user import get_current_user
from core.notifications.moments import describe_weekday
from matching.lifecycle.actions.vetoes import lift_veto, veto_campaign
from matching.lifecycle.queries.vetoes import find_own_veto, may_rule_out, vetoes_by_volunteer
from matching.models import Veto
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import FormPage
from web.volunteers.own_match_pages import OwnMatchPage

ROWS_PER_PAGE = 25


@mfa_not_required
@require_safe
def vetoes_page(request: HttpRequest) -> HttpResponse:
    """List the campaigns that the reader said never to."""
    vetoes = vetoes_by_volunteer(get_current_user(request)).select_related("volunteer").order_by("-created_at", "-pk")
    page = Paginator(vetoes, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(veto, _name_campaign(veto), describe_weekday(veto.created_at, veto.volunteer.time_zone)) for veto in page]
    back = Link(reverse("my-profile-page"), _("My profile"))
    return render(request, "volunteers/vetoes.html", {"rows": rows, "page": page, "back": back})


class LiftVetoPage(FormPage):
    """Say what follows when a veto is taken back, and take it back."""

    mfa_required = False
    template_name = "volunteers/question.html"
    heading = gettext_lazy("Hear of them again?")
    button = gettext_lazy("Yes, ask me again")

    def load(self, **kwargs: Any) -> None:
        """Find the veto among the reader's own."""
        self.veto = find_own_veto(get_current_user(self.request), kwargs["veto"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        self.request = request
        self.load(**kwargs)
        # Taken back already, by a click before this one: the list shows it.
        return super().dispatch(request, *args, **kwargs) if self.veto else redirect("my-vetoes")

    def build_context(self) -> dict[str, Any]:
        """Return which campaign it is, and what follows."""
        assert self.veto is not None
        follows = _("From tomorrow on we may ask you for this campaign again, like for any other.")
        about = [_("It is about %(campaign)s.") % {"campaign": _name_campaign(self.veto)}]
        sentences = [*(about if self.veto.named else ()), follows]  # type: ignore[attr-defined]
        return {"back": Link(reverse("my-vetoes"), _("Never again")), "sentences": sentences}

    def perform(self, form: Form) -> HttpResponse:
        """Take it back."""
        assert self.veto is not None
        lift_veto(actor=get_current_user(self.request), veto=self.veto, at=self.at)
        messages.success(self.request, _("Taken back. We may ask you for them again."))
        return redirect("my-vetoes")


class NeverPage(OwnMatchPage, ConfirmPage):
    """Rule the campaign of a match that is over out for good."""

    template_name = "design/confirm_page.html"
    heading = gettext_lazy("Never this campaign again?")
    button = gettext_lazy("Rule them out")
    what_happens = (
        gettext_lazy("You are asked for nothing of this campaign any more. If an offer of theirs waits, it ends."),
        gettext_lazy("They don’t learn of it. Only our reviewers see it."),
    )
    undo = gettext_lazy("You can take it back in your profile.")

    def load(self, **kwargs: Any) -> None:
        """Find the match; one that hides its campaign, or goes on, rules nobody out."""
        super().load(**kwargs)
        if not may_rule_out(self.match):
            raise Http404

    def perform(self, form: Form) -> HttpResponse:
        """Store the veto."""
        veto_campaign(actor=self.user, match=self.match, at=self.at)
        messages.success(self.request, _("Noted. You never hear of this campaign again."))
        return redirect("my-vetoes")


def _name_campaign(veto: Veto) -> str:
    name: str = veto.campaign.name if veto.named else ""  # type: ignore[attr-defined]
    return name or _("A campaign that we can’t name here")
