"""The page before a role is closed: what follows, and for how many people."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.actions.amendable_requests import AMENDABLE_STATES
from campaigns.actions.roles_and_seats import close_role
from campaigns.fill_counts import attach_role_fill_counts
from campaigns.models import Request, Role
from core.api.current_user import get_current_user
from core.models import User
from matching.lifecycle.actions.rehearsal import ChangeEffects
from web.campaigns.member_requests import find_role
from web.campaigns.rehearsed_pages import RehearsedPage
from web.campaigns.request_end_pages import EndRequestForm
from web.campaigns.request_words import list_effect_sentences
from web.campaigns.role_form_pages import build_way_back
from web.campaigns.stored_plan_pages import find_plan, go_to_plan
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import VERSION_FIELD


class CloseRolePage(RehearsedPage, ConfirmPage):
    """Take a role out of a plan. Where it has people, a second press is asked for, after what becomes of them."""

    template_name = "campaigns/role_close.html"
    form_class = EndRequestForm
    button = gettext_lazy("Take this role out")
    undo = gettext_lazy("You can add a role again.")
    keep_label = gettext_lazy("No, go back")
    user: User
    stored: Request
    role: Role

    def load(self, **kwargs: Any) -> None:
        """Find the role, and count its people. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, campaign_id=kwargs["campaign_id"], request_id=kwargs["request_id"])
        self.role = find_role(self.stored, kwargs["role_id"])
        self.heading = _("Take “%(role)s” out?") % {"role": self.role.shown_name}
        attach_role_fill_counts([self.role], reader=self.user)
        self.what_happens = list(self._list_consequences())

    @property
    def changed_request(self) -> Request:
        """Return the request of the role."""
        return self.stored

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or show where the request stands if there is nothing to take out."""
        if self.stored.state not in AMENDABLE_STATES or not self.role.seats.all():
            return go_to_plan(self.stored)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees."""
        return {VERSION_FIELD: self.stored.version}

    def build_context(self) -> dict[str, Any]:
        """Return a title without the name of the role."""
        return {"page_title": _("Take a role out")}

    def build_back(self) -> Link:
        """Return the way back to the request."""
        return build_way_back(self.stored)

    def change(self, form: forms.Form) -> Request:
        """Close the role. Raises the errors of `close_role`."""
        return close_role(actor=self.user, role=self.role, at=self.at, version=form.cleaned_data[VERSION_FIELD])

    def describe_effects(self, effects: ChangeEffects, form: forms.Form) -> list[str]:
        """Return what becomes of the people of the role."""
        return list_effect_sentences(effects, old_hours=None, new_hours=None)

    def go_on(self, changed: Request) -> HttpResponse:
        """Show where the request stands."""
        messages.success(self.request, _("“%(role)s” is out of the plan.") % {"role": self.role.shown_name})
        return redirect(self.build_back().href)

    def _list_consequences(self) -> Iterator[str]:
        """Yield in whole sentences what happens."""
        if self.stored.state == Request.State.DRAFT:
            yield _("The draft loses this role. Nobody was asked for it yet.")
            return
        yield _("From today nobody is asked for this role.")
        fill = self.role.fill  # type: ignore[attr-defined]
        if people := fill.filled_count + fill.offered_count:
            text = ngettext(
                "%(count)d place has a person. The next press says first what becomes of them.",
                "%(count)d places have people. The next press says first what becomes of them.",
                people,
            )
            yield text % {"count": people}
        else:
            yield _("Nobody is asked or at work in it, so it concerns nobody.")
