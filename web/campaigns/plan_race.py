"""For which race a plan is: one of the public list, found by words."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.contest_queries import find_known_words, search_ballot_contests
from campaigns.models import Contest
from campaigns.queries import list_editable_campaigns
from core.api.current_user import get_current_user
from core.notifications.moments import format_day_with_year
from core.reference.shipped_texts import restore_names
from core.reference_texts import ReferenceKind, translate_reference
from web.campaigns.plan_draft_parts import Race, race_of_contest
from web.campaigns.plan_drafts import store_draft
from web.campaigns.plan_pages import SignedInPlanPage
from web.design.components import ChoiceLabel, Link

MAX_RACES_SHOWN = 3
MAX_SEARCH_LENGTH = 100
LOOK_BUTTON = "look"


def describe_race(race: Race | Contest, place: str) -> ChoiceLabel:
    """Return a race in one line, with its day in a second one."""
    district = race.district
    if district and not district.casefold().startswith("district"):  # some ballots write the word, too
        district = _("district %(district)s") % {"district": district}
    special = _("special election") if race.special else ""
    office = translate_reference(race.office, ReferenceKind.OFFICE)
    line = ", ".join(part for part in (office, district, place, special) if part)
    return ChoiceLabel(line, _("Election on %(day)s") % {"day": format_day_with_year(race.election_on)})


class RaceForm(forms.Form):
    """The words to look for, and one of the races that they lead to."""

    words = forms.CharField(
        label=gettext_lazy("Place and office"),
        help_text=gettext_lazy("For example: Oregon school board 2027"),
        max_length=MAX_SEARCH_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"required": gettext_lazy("Write the place, and for which office.")},
    )
    contest = forms.ChoiceField(
        label=gettext_lazy("Your race"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose your race. If it isn’t here, type it."),
            "invalid_choice": gettext_lazy("This race is over, or no longer listed. Look for it again."),
        },
    )

    def __init__(self, *args: Any, found: list[Contest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contest"].choices = [  # type: ignore[attr-defined]
            (str(contest.public_id), describe_race(contest, contest.jurisdiction.shown_name)) for contest in found
        ]
        if not found:
            del self.fields["contest"]
            self.fields["words"].required = True


class RacePage(SignedInPlanPage):
    """Look for the race, and choose it. One that isn't listed is typed on the next page."""

    template_name = "campaigns/plan_race.html"
    form_class = RaceForm
    heading: str | Promise = gettext_lazy("Which race?")
    button: str | Promise = gettext_lazy("Look for the race")
    step: ClassVar[int] = 6
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")

    def find_missing_step(self, *, at: Any) -> str:
        """Return the missing step; who acts for a campaign chooses first for which one this is."""
        missing = super().find_missing_step(at=at)
        is_settled = self.draft.is_for_new_campaign or self.draft.stored is not None
        if missing or is_settled or not self.request.user.is_authenticated:
            return missing
        return "plan-choice" if list_editable_campaigns(get_current_user(self.request)).exists() else ""

    def load(self, **kwargs: Any) -> None:
        """Look for the races of the last words."""
        words = self.draft.words
        # The list has the names of places and offices as they are stored.
        stored = restore_names(words, ReferenceKind.OFFICE, ReferenceKind.JURISDICTION)
        today = self.at.date()
        self.found = list(search_ballot_contests(stored, today=today)[:MAX_RACES_SHOWN]) if words else []
        self.words_left_out = False
        if words and not self.found:
            known = find_known_words(stored, today=today)
            # One word in several says too little: “Oregon” alone would lead to the races of others.
            while len(known.split()) > 1 and not self.found:
                self.found = list(search_ballot_contests(known, today=today)[:MAX_RACES_SHOWN])
                known = known.rpartition(" ")[0]
            self.words_left_out = bool(self.found)
        if self.found:
            self.button = _("Continue")
            self.heading = ngettext("Is it this race?", "Is it one of these races?", len(self.found))

    def build_initial(self) -> dict[str, Any]:
        """Show the words, and the race that was chosen before."""
        chosen = [contest for contest in self.found if race_of_contest(contest) == self.draft.race]
        return {"words": self.draft.words, "contest": str(chosen[0].public_id) if chosen else ""}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the races that were found."""
        return {"found": self.found}

    def build_back(self) -> Link:
        """Return the way to the plan."""
        return Link(self.draft.build_address("plan-project"), _("The plan"))

    def build_context(self) -> dict[str, Any]:
        """Return what was found."""
        return super().build_context() | {
            "has_found": bool(self.found),
            "has_looked": bool(self.draft.words),
            "words_left_out": self.words_left_out,
            "other_address": self.draft.build_address("plan-race-typed"),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look for other words, or take the chosen race."""
        words = " ".join(request.POST.get("words", "").split())[:MAX_SEARCH_LENGTH]
        is_look = LOOK_BUTTON in request.POST or not self.found
        if is_look and words and self.draft.stored is None and not self.find_missing_step(at=self.at):
            draft = replace(self.draft, words=words, fullest_words=max(self.draft.fullest_words, words, key=len))
            store_draft(request, draft, at=self.at)
            return self.go_to("plan-race")
        return super().post(request, **kwargs)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the race, and go on."""
        chosen = next(one for one in self.found if str(one.public_id) == form.cleaned_data["contest"])
        return go_on_with_race(self, race_of_contest(chosen))


def go_on_with_race(page: SignedInPlanPage, race: Race) -> HttpResponse:
    """Keep the race of a plan, and lead to the campaign; what was typed there before is shown again."""
    store_draft(page.request, replace(page.draft, race=race), at=page.at)
    kept = {"kept": page.draft.kept} if page.draft.kept else {}
    return page.go_to("plan-campaign", **kept)
