"""Whose campaign it is, and how we check that: with it the campaign is registered, and its plan stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.plans import register_with_plan
from campaigns.filing_rules import FilingFacts
from campaigns.name_rules import MAX_CAMPAIGN_NAME_LENGTH, MAX_CANDIDATE_NAME_LENGTH
from core.api.current_user import get_current_user
from core.errors import Invalid
from core.models import Jurisdiction, Party
from core.reference_texts import ReferenceKind, translate_reference
from web.campaigns.filing_fields import FilingFieldsForm
from web.campaigns.plan_draft_parts import StoredPlan
from web.campaigns.plan_drafts import store_draft
from web.campaigns.plan_pages import FIRST_PAGE, SignedInPlanPage, go_to_stored
from web.campaigns.plan_race import describe_race
from web.campaigns.plan_view import build_plan, build_request_draft
from web.design.components import Link
from web.design.kept_forms import KEPT_FORM_PARAMETER

NO_PARTY = "none"
_FILING_FIELDS = {f"filing.{name}": name for name in ("reference", "callback_phone", "safe_phone")}
_PAGE_BY_PATH: Mapping[str, str] = {
    "draft": FIRST_PAGE,
    **dict.fromkeys(
        ("jurisdiction", "level", "office", "district", "election_on", "primary_on", "special"), "plan-race"
    ),
}
"""The page on which each part of a plan is corrected; all others stand on this one."""


class CampaignForm(FilingFieldsForm):
    """The candidate, and how we check who speaks for the campaign."""

    candidate = forms.CharField(
        label=gettext_lazy("The candidate’s name"),
        help_text=gettext_lazy("As it stands on the ballot."),
        max_length=MAX_CANDIDATE_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write the candidate’s name as it stands on the ballot.")},
    )
    party = forms.ChoiceField(
        label=gettext_lazy("Party"),
        error_messages={"required": gettext_lazy("Choose the party, or that there is none.")},
    )
    field_order = ("candidate", "party")

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = _(
            "The committee’s registration, for example. Your candidate or treasurer has it. Nothing filed yet? "
            "Choose “Go on later”: your plan is kept with your account for 30 days."
        )
        none = (NO_PARTY, _("No party, or not listed"))
        self.fields["party"].choices = [("", "–"), *parties, none]  # type: ignore[attr-defined]


class CampaignPage(SignedInPlanPage):
    """Ask whose campaign it is and how we check, and store everything by one action."""

    template_name = "campaigns/plan_campaign.html"
    form_class = CampaignForm
    heading = gettext_lazy("Whose campaign, and how do we check?")
    button = gettext_lazy("Save and go on")
    step: ClassVar[int] = 7
    keeps_for_later: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan", "race")

    def build_form_options(self) -> dict[str, Any]:
        """Offer the parties, by name."""
        return {"parties": list(Party.objects.order_by("name").values_list("code", "name"))}

    def build_back(self) -> Link:
        """Return the way to the race."""
        return Link(self.draft.build_address("plan-race"), _("The race"))

    def build_context(self) -> dict[str, Any]:
        """Return the race in words, and the day of the plan, if it is after the election."""
        race = self.draft.race
        assert race is not None
        place = Jurisdiction.objects.filter(code=race.jurisdiction).first()
        name = place.shown_name if place else race.jurisdiction
        found = {"race": describe_race(race, name)}
        wanted_on = self.draft.wanted_on
        if wanted_on is not None and wanted_on > race.election_on:
            change = self.draft.build_address("plan-outcome") + "#id_wanted_on"
            return (
                super().build_context()
                | found
                | {"late_day": wanted_on, "election_day": race.election_on, "change_href": change}
            )
        return super().build_context() | found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, with what was typed before an error, also where the back button left the errors behind."""
        if self.draft.stored is None and self.draft.kept and KEPT_FORM_PARAMETER not in request.GET:
            return self.go_to("plan-campaign", kept=self.draft.kept)
        return super().get(request, **kwargs)

    def keep_refused(self) -> str:
        """Keep a wrong form, also for who comes back to it from another page."""
        return self.remember_kept_address(super().keep_refused())

    def perform(self, form: forms.Form) -> HttpResponse:
        """Register the campaign with its filing and its plan, and lead to the last look."""
        plan, race, told = build_plan(self.draft, at=self.at), self.draft.race, form.cleaned_data
        if plan is None or race is None:
            return self.go_to("plan-closest")
        try:
            request = register_with_plan(
                actor=get_current_user(self.request),
                candidacy=race.build_candidacy(
                    candidate=told["candidate"], party="" if told["party"] == NO_PARTY else told["party"]
                ),
                name=_name_campaign(told["candidate"], translate_reference(race.office, ReferenceKind.OFFICE)),
                filing=FilingFacts(**{name: told[name] for name in _FILING_FIELDS.values()}),
                draft=build_request_draft(self.draft, plan, jurisdiction=race.jurisdiction),
                at=self.at,
            )
        except Invalid as error:
            self.error_before, self.page_to_mend = error, _find_page_of_error(error)
            raise _name_fields(error) from error
        stored = StoredPlan(str(request.campaign.public_id), str(request.public_id))
        store_draft(self.request, replace(self.draft, stored=stored, kept=""), at=self.at)
        return go_to_stored(stored)


def _name_fields(error: Invalid) -> Invalid:
    """Return the error with the names that the fields of a filing have in the form."""
    return Invalid.combine([replace(found, path=_FILING_FIELDS.get(found.path, found.path)) for found in error.errors])


def _name_campaign(candidate: str, office: str) -> str:
    """Return the name under which a campaign comes in, such as “Dana Rivera for School Board”."""
    name = _("%(candidate)s for %(office)s") % {"candidate": candidate, "office": office}
    return name[:MAX_CAMPAIGN_NAME_LENGTH]


def _find_page_of_error(error: Invalid) -> str:
    """Return the name of the earlier page on which an error is corrected; empty if it stands on this one."""
    heads = [found.path.partition(".")[0] for found in error.errors]
    return next((_PAGE_BY_PATH[head] for head in heads if head in _PAGE_BY_PATH), "")
