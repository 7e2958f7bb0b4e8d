"""A page that changes a request says first what the change asks of its people, and saves at the second press."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from campaigns.models import Request
from matching.lifecycle.actions.rehearsal import ChangeEffects, change_if
from web.design.form_pages import FormPage
from web.design.told_sentences import SURE_FIELD, digest_sentences


class UntoldEffectsError(Exception):
    """The change would do something else to people than the reader has read: these sentences say what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__()
        self.sentences = sentences


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
            return self.render_page(
                status=HTTPStatus.OK,
                effects=untold.sentences or [_("Nobody is asked or at work, so it concerns nobody.")],
                sure=digest_sentences(untold.sentences),
                button=_("Save it all the same"),
            )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Save what was typed, unless it does something to people that the reader was not told."""
        if self.changed_request.state != Request.State.PUBLISHED:
            return self.go_on(self.change(form))
        told = self.request.POST.get(SURE_FIELD, "")

        def check_told(effects: ChangeEffects) -> None:
            sentences = self.describe_effects(effects, form) if effects.concerns_people else []
            if told != digest_sentences(sentences):
                raise UntoldEffectsError(sentences)

        return self.go_on(change_if(self.changed_request, lambda: self.change(form), check=check_told))
