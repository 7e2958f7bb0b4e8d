"""The pages on which a campaign says that the work, or its hand-over, is done."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications.moments import describe_day
from matching.lifecycle.actions.campaign_answers import complete_match, finish_work
from matching.lifecycle.queries.checklists import build_kick_off_card
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from web.campaigns.person_confirm_pages import PersonConfirmPage


class WorkDonePage(PersonConfirmPage):
    """Finish the work, so that the hand-over begins."""

    template_name = "campaigns/confirm_good.html"
    open_states: ClassVar[tuple[MatchState, ...]] = (MatchState.ACTIVE,)
    button = gettext_lazy("Yes, the work is done")
    action = "finish"
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
