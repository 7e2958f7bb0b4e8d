"""The pages before a request ends: no new people, and called off. Each counts by stage what happens to whom."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.actions.request_ends import cancel_request, close_request
from campaigns.models import Request
from core.api.current_user import get_current_user
from core.errors import Stale
from core.models import User
from matching.lifecycle.actions.rehearsal import act_if
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.request_people import count_known_people
from matching.rules.request_ends import STATES_ENDED_BY_CANCELLING, STATES_ENDED_BY_CLOSING
from matching.rules.states import MatchState
from web.campaigns.rehearsed_pages import digest_sentences
from web.campaigns.stored_plan_pages import find_plan
from web.campaigns.words import describe_date
from web.design.components import Link
from web.design.form_pages import VERSION_FIELD, ConfirmPage

TOLD_FIELD = "told"


class EndRequestForm(forms.Form):
    """The version of the request that its reader saw, and the digest of what they were told."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    told = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class CancelForm(EndRequestForm):
    """Why; silence is chosen at first."""

    reason = forms.ChoiceField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("Volunteers never read it."),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            *((reason.value, reason.label) for reason in Request.CancelReason if reason),
            ("", Request.CancelReason.NOT_GIVEN.label),
        ],
    )


class EndRequestPage(ConfirmPage):
    """Base of both. A request that is over, or was never published, leads to where it stands."""

    form_class: type[forms.Form] = EndRequestForm
    keep_label = gettext_lazy("No, go back")
    ended_states: ClassVar[tuple[MatchState, ...]]
    open_states: ClassVar[tuple[Request.State, ...]]
    user: User
    stored: Request

    def load(self, **kwargs: Any) -> None:
        """Find the request, and count its people. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, campaign_id=kwargs["campaign_id"], request_id=kwargs["request_id"])
        self.counts = count_known_people(self.user, self.stored)
        self.what_happens = list(self.list_consequences())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or show where the request stands if there is nothing to end."""
        if self.stored.state not in self.open_states:
            return redirect(self.build_back().href)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees, and the digest of what they are told."""
        return {VERSION_FIELD: self.stored.version, TOLD_FIELD: digest_sentences(self.what_happens)}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page, whose form says what its reader is told now."""
        if self.form.is_bound:
            data = QueryDict(mutable=True)
            data.update(self.form.data)
            data[TOLD_FIELD] = digest_sentences(self.what_happens)
            self.form.data = data
        return super().render_page(status=status, **more)

    def check_told(self) -> None:
        """Raise Stale where something else happens by now than the reader was told; what is over, the action says."""
        if not Request.objects.filter(pk=self.stored.pk, state__in=self.open_states).exists():
            return
        self.counts = count_known_people(self.user, self.stored)
        self.what_happens = list(self.list_consequences())
        if self.form.cleaned_data[TOLD_FIELD] != digest_sentences(self.what_happens):
            raise Stale(_("Somebody has answered meanwhile. Read what happens now, and decide again."))

    def build_context(self) -> dict[str, Any]:
        """Return a title without the name of the project."""
        return {"page_title": self.button}

    def build_back(self) -> Link:
        """Return the way back to the request."""
        ids = [self.stored.campaign.public_id, self.stored.public_id]
        return Link(reverse("campaign-request", args=ids), self.stored.shown_title)

    def list_consequences(self) -> Iterator[str]:
        """Yield in whole sentences what happens to whom, and when."""
        raise NotImplementedError

    def count_ended(self, state: MatchState) -> int:
        """Return how many places have a person at this stage whom it ends for."""
        return self.counts.get(state, 0) if state in self.ended_states else 0

    def describe_asked(self) -> Iterator[str]:
        """Yield what happens to those who have not begun."""
        asked, said_yes = self.count_ended(MatchState.OFFERED), self.count_ended(MatchState.ACCEPTED)
        if asked:
            text = ngettext(
                "A person is asked for %(count)d place. They hear today that plans changed.",
                "People are asked for %(count)d places. They hear today that plans changed.",
                asked,
            )
            yield text % {"count": asked}
        if said_yes:
            text = ngettext(
                "%(count)d person said yes and has not begun. They hear today, kindly, that nothing comes of it.",
                "%(count)d people said yes and have not begun. They hear today, kindly, that nothing comes of it.",
                said_yes,
            )
            yield text % {"count": said_yes}
        if asked or said_yes:
            yield _("It does not set them back: they keep their turn.")
        elif not any(self.counts.values()):
            yield _("Nobody is asked or at work, so it concerns nobody.")


class CloseRequestPage(EndRequestPage):
    """Look for no more people."""

    heading = gettext_lazy("Look for no more people?")
    button = gettext_lazy("Stop looking")
    ended_states = STATES_ENDED_BY_CLOSING
    open_states = (Request.State.PUBLISHED,)

    def list_consequences(self) -> Iterator[str]:
        """Yield what ends today, and that the work goes on."""
        yield from self.describe_asked()
        if self.count_ended(MatchState.ACCEPTED):
            yield _("Would you like to keep them? Then go back, and start with them first.")
        if active := self.counts.get(MatchState.ACTIVE, 0):
            text = ngettext(
                "%(count)d person is at work and goes on until %(day)s, as agreed.",
                "%(count)d people are at work and go on until %(day)s, as agreed.",
                active,
            )
            yield text % {"count": active, "day": describe_date(self.stored.ends_on)}
        yield _("From today nobody new is asked, and the plan stays as it is.")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Close it."""
        version = form.cleaned_data[VERSION_FIELD]
        act_if(
            self.stored,
            lambda: close_request(actor=self.user, request=self.stored, at=self.at, version=version),
            check=self.check_told,
        )
        messages.success(self.request, _("Nobody new is asked from now on. Who is at work goes on."))
        return redirect(self.build_back().href)


class CancelRequestPage(EndRequestPage):
    """Call the whole project off."""

    form_class = CancelForm
    heading = gettext_lazy("Call this project off?")
    button = gettext_lazy("End this project")
    ended_states = STATES_ENDED_BY_CANCELLING
    open_states = (Request.State.DRAFT, Request.State.PUBLISHED)

    def list_consequences(self) -> Iterator[str]:
        """Yield what ends today, and that work is handed over."""
        yield from self.describe_asked()
        if active := self.count_ended(MatchState.ACTIVE):
            text = ngettext(
                "%(count)d person is at work. Their hand-over begins today and takes %(days)d days at most.",
                "%(count)d people are at work. Their hand-over begins today and takes %(days)d days at most.",
                active,
            )
            yield text % {"count": active, "days": get_active_policy().closing_days}
            yield _("Is it only that you need nobody new? Then go back, and look for no more people.")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Cancel it, and return to the desk."""
        act_if(self.stored, self._cancel, check=self.check_told)
        messages.success(self.request, _("The project is called off. Everyone concerned hears it kindly."))
        return redirect("campaign-desk", campaign_id=self.stored.campaign.public_id)

    def _cancel(self) -> None:
        given = self.form.cleaned_data
        version, reason = given[VERSION_FIELD], given["reason"]
        cancel_request(actor=self.user, request=self.stored, reason=reason, at=self.at, version=version)
