"""The pages before something ends for a person: not this one, the work is done, an early end, the hand-over."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications.moments import describe_day
from matching.lifecycle.actions.campaign_answers import complete_match, finish_work, refuse_match, release_by_campaign
from matching.lifecycle.queries.checklists import build_kick_off_card
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.checklists import ChecklistStage
from matching.rules.reasons import EndReason, RefuseReason
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState
from web.campaigns.person_pages import PersonFormPage, VersionForm
from web.design.components import ChoiceLabel
from web.design.form_pages import ConfirmPage


def list_reasons_against() -> list[tuple[str, str]]:
    """Return the reasons for a no, in the reader's language."""
    level = ChoiceLabel(_("They may not know it well enough"), _("We ask them about this skill, kindly."))
    return [
        (RefuseReason.HOURS.value, str(RefuseReason.HOURS.label)),
        (RefuseReason.LEVEL.value, level),
        (RefuseReason.ALREADY_FILLED.value, str(RefuseReason.ALREADY_FILLED.label)),
        (RefuseReason.NEVER.value, str(RefuseReason.NEVER.label)),
        (RefuseReason.OTHER.value, _("Something else, or rather not say")),
    ]


class DeclineForm(VersionForm):
    """Why not; the last choice is chosen at first, and says nothing."""

    reason = forms.ChoiceField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("They never read it."),
        widget=forms.RadioSelect,
        initial=RefuseReason.OTHER,
        choices=list_reasons_against,
    )


class EndForm(VersionForm):
    """Why the work ends early; nothing is chosen for the reader but silence."""

    reason = forms.ChoiceField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("They never read it."),
        widget=forms.RadioSelect,
        required=False,
        choices=[*((reason.value, reason.label) for reason in EndReason if reason), ("", EndReason.NOT_GIVEN.label)],
    )


class PersonConfirmPage(PersonFormPage, ConfirmPage):
    """Base of the pages that ask once more."""

    template_name = "campaigns/confirm_person.html"
    keep_label = gettext_lazy("No, go back")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Act, and return to the person, or to the desk where the person is gone by it."""
        response = super().perform(form)
        is_gone = not Match.objects.filter(pk=self.match.pk, state__in=STATES_BOTH_SIDES_KNOW).exists()
        return redirect("campaign-desk", campaign_id=self.kwargs["campaign_id"]) if is_gone else response

    def list_consequences(self) -> Sequence[str]:
        """Return in whole sentences what happens, and when."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Find the person, and what happens to them."""
        super().load(**kwargs)
        self.what_happens = self.list_consequences()


class DeclinePage(PersonConfirmPage):
    """Say no to a person who said yes."""

    form_class = DeclineForm
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACCEPTED,)
    page_title = gettext_lazy("Say no kindly")

    def load(self, **kwargs: Any) -> None:
        """Find the person, and name them."""
        super().load(**kwargs)
        self.heading = _("Say no to %(name)s?") % {"name": self.name}
        self.button = _("Say no to %(name)s") % {"name": self.name}

    def build_initial(self) -> dict[str, Any]:
        """Return the version, and the reason that says nothing."""
        return super().build_initial() | {"reason": RefuseReason.OTHER}

    def list_consequences(self) -> Sequence[str]:
        """Return what the person is told, and what becomes of the place."""
        return [
            _("%(name)s hears today that nothing comes of it. It does not set them back.") % {"name": self.name},
            _("We look for another person for this place at once."),
        ]

    def describe_success(self) -> str:
        """Return what happens now."""
        return _("%(name)s hears it kindly, and we look for another person.") % {"name": self.name}

    def act(self, form: forms.Form) -> Match:
        """Say no."""
        return refuse_match(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)


class WorkDonePage(PersonConfirmPage):
    """Finish the work, so that the hand-over begins."""

    template_name = "campaigns/confirm_good.html"
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACTIVE,)
    button = gettext_lazy("Yes, the work is done")
    page_title = gettext_lazy("The work is done")

    def load(self, **kwargs: Any) -> None:
        """Find the person, and name them."""
        super().load(**kwargs)
        self.heading = _("Is %(name)s’s work done?") % {"name": self.name}

    def list_consequences(self) -> Sequence[str]:
        """Return what the hand-over asks of both sides."""
        policy = get_active_policy()
        return [
            _("The hand-over begins today and takes %(days)d days at most.") % {"days": policy.closing_days},
            _("%(name)s hears it, and gives back accounts and files. You take over, and end the access.")
            % {"name": self.name},
            _("You can write to each other until it is over. The place is not filled again."),
        ]

    def act(self, form: forms.Form) -> Match:
        """Finish the work."""
        return finish_work(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)


class ReleasePage(PersonConfirmPage):
    """End the work before its time."""

    form_class = EndForm
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACTIVE,)
    page_title = gettext_lazy("End it early")

    def load(self, **kwargs: Any) -> None:
        """Find the person, and name them."""
        super().load(**kwargs)
        self.heading = _("Stop working with %(name)s?") % {"name": self.name}
        self.button = _("Stop working with %(name)s") % {"name": self.name}

    def list_consequences(self) -> Sequence[str]:
        """Return what ends, and what the person is told."""
        return [
            _("%(name)s hears today that plans changed. It does not set them back.") % {"name": self.name},
            _("Contact ends at once, and this page with it. End their access to your accounts yourself."),
            _("We look for another person for this place."),
        ]

    def describe_success(self) -> str:
        """Return what happens now."""
        return _("It has ended. %(name)s hears it kindly, and we look for another person.") % {"name": self.name}

    def act(self, form: forms.Form) -> Match:
        """End it."""
        return release_by_campaign(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)


class HandoverDonePage(PersonConfirmPage):
    """Complete the hand-over."""

    template_name = "campaigns/confirm_good.html"
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.CLOSING,)
    heading = gettext_lazy("Is everything handed over?")
    button = gettext_lazy("Yes, all is handed over")
    page_title = gettext_lazy("Everything is handed over")

    def list_consequences(self) -> Sequence[str]:
        """Return what is open still, and what ends."""
        ends = _("Contact with %(name)s ends today. Say thank you before, if you have not.") % {"name": self.name}
        told = [*self._list_open_lines(), ends]
        if self.match.due_at is not None:
            day = describe_day(self.match.due_at, self.match.request.time_zone)
            told.append(_("If you wait, it ends by itself on %(day)s.") % {"day": day})
        return told

    def _list_open_lines(self) -> Iterator[str]:
        card = build_kick_off_card(self.match, at=self.at)
        for line in card.checklists:
            if line.stage != ChecklistStage.CLOSING or line.ticked_at is not None:
                continue
            who = _("you") if line.side == MatchSide.CAMPAIGN else self.name
            yield _("Not ticked yet, for %(who)s: “%(line)s”.") % {"who": who, "line": line.text}

    def act(self, form: forms.Form) -> Match:
        """Complete it."""
        return complete_match(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
