"""The pages on which a campaign says no to a person, or ends their work early."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.lifecycle.actions.campaign_answers import refuse_match, release_by_campaign
from matching.models import Match
from matching.rules.reasons import EndReason, RefuseReason
from matching.rules.states import MatchState
from web.campaigns.person_confirm_pages import PersonConfirmPage
from web.campaigns.person_form_pages import VersionForm
from web.design.components import ChoiceLabel


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


class DeclinePage(PersonConfirmPage):
    """Say no to a person who said yes."""

    form_class = DeclineForm
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACCEPTED,)
    page_title = gettext_lazy("Say no kindly")
    action = "refuse"

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


class ReleasePage(PersonConfirmPage):
    """End the work before its time."""

    form_class = EndForm
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACTIVE,)
    page_title = gettext_lazy("End it early")
    action = "release"

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
