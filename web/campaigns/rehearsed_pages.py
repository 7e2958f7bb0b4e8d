"""A page that changes a request says first what the change asks of its people, and saves at the second press."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from campaigns.models import Request
from matching.lifecycle.actions.rehearsal import ChangeEffects, rehearse_change
from web.design.form_pages import FormPage

SURE_FIELD = "sure"
"""The hidden field that says what its reader was told; other effects by then are told first."""


class UntoldEffectsError(Exception):
    """The change would do something to people of which the reader has not read yet."""

    def __init__(self, effects: ChangeEffects) -> None:
        super().__init__()
        self.effects = effects


class RehearsedPage(FormPage):
    """Base of the pages that change a request which may have people."""

    @property
    def changed_request(self) -> Request:
        """Return the request whose people the change concerns."""
        raise NotImplementedError

    def change(self, form: forms.Form) -> Request:
        """Call the action. Raises its errors."""
        raise NotImplementedError

    def describe_effects(self, effects: ChangeEffects, form: forms.Form) -> list[str]:
        """Return what the change does to people, a sentence each."""
        raise NotImplementedError

    def go_on(self, changed: Request) -> HttpResponse:
        """Return the redirect after the change."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or say first what it asks of people."""
        try:
            return super().post(request, **kwargs)
        except UntoldEffectsError as untold:
            sentences = self.describe_effects(untold.effects, self.form)
            return self.render_page(
                status=HTTPStatus.OK, effects=sentences, sure=untold.effects.code, button=_("Save it all the same")
            )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Save what was typed, unless it does something to people that the reader was not told."""
        if self.changed_request.state == Request.State.PUBLISHED:
            effects = rehearse_change(self.changed_request, lambda: self.change(form))
            if effects.concerns_people and self.request.POST.get(SURE_FIELD) != effects.code:
                raise UntoldEffectsError(effects)
        return self.go_on(self.change(form))
