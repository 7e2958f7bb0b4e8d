"""The last look at a plan, and its publication."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from campaigns.actions.publication import publish_request
from campaigns.models import Campaign, Request
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.time_zones import name_time_zone
from matching.lifecycle.queries.policies import get_active_policy
from matching.open_roles.queries.board_presence import BoardPresence, find_board_presence
from web.campaigns.board_words import BoardField, describe_board_presence
from web.campaigns.plan_drafts import forget_draft_of_request
from web.campaigns.plan_words import describe_span, list_costs
from web.campaigns.publish_supply import CheckedSupply, check_supply, list_plan_roles
from web.campaigns.published_pages import go_to_published
from web.campaigns.stored_plan_pages import StoredPlanPage

CHECK_BUTTON = "check"


class PublishForm(forms.Form):
    """Who answers the volunteers, if several may, and the code of conduct, which is agreed to once."""

    contact = forms.ChoiceField(
        label=gettext_lazy("Who answers the volunteers?"),
        help_text=gettext_lazy("About two hours a week. You can change it later."),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who answers the volunteers."),
            "invalid_choice": gettext_lazy("This person no longer acts for the campaign. Choose another."),
        },
    )
    accepts_code_of_conduct = forms.BooleanField(
        label=gettext_lazy("We keep to the code of conduct"),
        help_text=gettext_lazy("A few sentences, asked once. You can read them right above."),
        required=False,
    )
    keeps_off_board = BoardField()

    def __init__(
        self, *args: Any, members: list[tuple[str, str]], asks_conduct: bool, asks_board: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_board:
            del self.fields["keeps_off_board"]
        self.fields["contact"].choices = members  # type: ignore[attr-defined]
        if len(members) < 2:
            del self.fields["contact"]
        if not asks_conduct:
            del self.fields["accepts_code_of_conduct"]


class PublishPage(StoredPlanPage):
    """Show a stored plan as it will be asked for. The button publishes it."""

    redirects_errors = True
    template_name = "campaigns/publish.html"
    form_class = PublishForm
    heading = gettext_lazy("Check and publish")
    button = gettext_lazy("Publish this project")

    def load(self, **kwargs: Any) -> None:
        """Find the plan, and who may answer its volunteers. Raises Http404."""
        super().load(**kwargs)
        self.checked = CheckedSupply()
        self.board_presence = find_board_presence(self.stored)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the plan; a published one leads to what happens next."""
        return self.show_outcome() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish, or check who could help; a second press finds it published."""
        outcome = self.show_outcome()
        if outcome is None and CHECK_BUTTON in request.POST:
            return self._check()
        return outcome or super().post(request, **kwargs)

    def show_outcome(self) -> HttpResponse | None:
        """Return the redirect of a plan that is none any more."""
        if self.stored.state == Request.State.DRAFT:
            return None
        return go_to_published(self.stored)

    def build_initial(self) -> dict[str, Any]:
        """Show who would answer, and whether the plan is kept off the board."""
        return super().build_initial() | {"keeps_off_board": not self.stored.is_on_board}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the members who may answer, each by a way to reach them that the reader may see."""
        return {
            "members": self.list_member_choices(),
            "asks_conduct": self.user.conduct_accepted_at is None,
            "asks_board": self.board_presence is not BoardPresence.NEVER,
        }

    def build_context(self) -> dict[str, Any]:
        """Return the plan, and what it asks of the campaign."""
        roles = list_plan_roles(self.stored, self.checked)
        confirm_hours = get_active_policy().confirm_hours
        return {
            "stored": self.stored,
            "campaign": self.stored.campaign,
            "roles": roles,
            "span": describe_span(self.stored.starts_on, self.stored.ends_on),
            "zone": name_time_zone(self.stored.time_zone),
            "costs": list_costs(people=sum(role.seat_count for role in roles), confirm_hours=confirm_hours),
            "is_verified": self.stored.campaign.state == Campaign.State.VERIFIED,
            "checked": self.checked,
            "board": describe_board_presence(self.stored, self.board_presence),
            "shown_members": self.list_shown_members(),
            **self.warn_of_election(),
        }

    def warn_of_election(self) -> dict[str, Any]:
        """Return the last day, if it is after the election, and where it is changed."""
        contest = self.stored.campaign.candidate.contest
        if self.stored.ends_on <= contest.election_on:
            return {}
        address = reverse("campaign-change", args=[self.stored.campaign.public_id, self.stored.public_id])
        return {
            "late_day": self.stored.ends_on,
            "election_day": contest.election_on,
            "change_href": f"{address}#id_ends_on",
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Publish the plan, and show what happens."""
        told = form.cleaned_data
        published = publish_request(
            actor=self.user,
            request=self.stored,
            contact=told.get("contact") or None,
            accepts_code_of_conduct=told.get("accepts_code_of_conduct", False),
            is_on_board=not told["keeps_off_board"] if "keeps_off_board" in told else None,
            at=self.at,
        )
        forget_draft_of_request(self.request, published.public_id, at=self.at)
        return go_to_published(published)

    def _check(self) -> HttpResponse:
        """Show who could help, with what was chosen and ticked so far. Nothing of it is judged."""
        self.form = self.build_form(self.request.POST)
        self.form.is_valid()
        self.form.errors.clear()
        try:
            self.checked = check_supply(self.user, self.stored, at=self.at)
        except HandraiserError as error:
            add_form_errors(self.form, error)
            return self.render_page(status=HTTPStatus.BAD_REQUEST)
        return self.render_page()
