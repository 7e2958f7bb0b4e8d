"""Change a stored plan: its words, its days and meetings, the board, and who answers the volunteers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.amendable_requests import AMENDABLE_STATES
from campaigns.actions.amendments import amend_request
from campaigns.change_rules import RequestChange
from campaigns.models import Request
from campaigns.request_queries import draft_from_request
from core.time_zones import name_time_zone
from matching.lifecycle.actions.rehearsal import ChangeEffects
from matching.lifecycle.seen_facts import describe_windows
from matching.open_roles.queries.board_presence import BoardPresence, find_board_presence
from web.campaigns.change_forms import ChangeForm, is_of_row
from web.campaigns.meeting_fields import fill_meeting_rows
from web.campaigns.rehearsed_pages import RehearsedPage
from web.campaigns.request_words import list_effect_sentences
from web.campaigns.stored_plan_pages import StoredPlanPage, go_to_plan
from web.campaigns.weekly_rows import MORE_BUTTON
from web.campaigns.work_fields import fill_work_rows, group_work
from web.design.form_pages import VERSION_FIELD
from web.design.stale_rows import StaleRow


class ChangePage(RehearsedPage, StoredPlanPage):
    """Show what may be changed of a plan, and change it. A plan that is over leads to where it stands."""

    template_name = "campaigns/change.html"
    form_class = ChangeForm
    heading = gettext_lazy("Change the plan")
    button = gettext_lazy("Save the plan")

    @property
    def changed_request(self) -> Request:
        """Return the plan."""
        return self.stored

    def load(self, **kwargs: Any) -> None:
        """Find the plan, who may answer its volunteers, and its weekly times. Raises Http404."""
        super().load(**kwargs)
        draft = draft_from_request(self.stored)
        self.meetings, self.work = list(draft.meetings), list(draft.work)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or where the plan stands if it is over."""
        if self.stored.state not in AMENDABLE_STATES:
            messages.info(request, _("This project is over, so its plan stays as it is. Plan another one."))
            return go_to_plan(self.stored)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or show one more row of times with all that was typed; that judges nothing."""
        if MORE_BUTTON not in request.POST:
            return super().post(request, **kwargs)
        self.form = self.build_form(request.POST)
        self.form._errors = ErrorDict()  # type: ignore[attr-defined]
        return self.render_page()

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version. A link that suggests a change fills it in."""
        stored = self.stored
        given = self.request.GET if self.request.method == "GET" else {}
        meetings = [] if given.get("meetings") == "0" else self.meetings
        work = [] if given.get("work") == "0" else self.work
        return (
            super().build_initial()
            | {
                "title": stored.shown_title,
                "summary": stored.shown_summary,
                "brief": stored.brief,
                "starts_on": stored.starts_on,
                "ends_on": given.get("ends_on") or stored.ends_on,
                "keeps_off_board": not stored.is_on_board,
                VERSION_FIELD: stored.version,
            }
            | fill_meeting_rows(meetings)
            | fill_work_rows(work)
        )

    def build_form_options(self) -> dict[str, Any]:
        """Offer who may answer, the weekly times that are stored, and to keep off the board what may be on it."""
        return {
            "members": self.list_member_choices(),
            "meeting_count": len(self.meetings),
            "asks_board": find_board_presence(self.stored) is not BoardPresence.NEVER,
            "work_count": len(group_work(self.work)),
        }

    def build_context(self) -> dict[str, Any]:
        """Return the plan, and the zone of its days."""
        return {
            "stored": self.stored,
            "campaign": self.stored.campaign,
            "is_published": self.stored.state == Request.State.PUBLISHED,
            "is_suggested": self.request.method == "GET" and has_suggestion(self.request.GET),
            "zone": name_time_zone(self.stored.time_zone),
            "shown_members": self.list_shown_members(),
        }

    def change(self, form: forms.Form) -> Request:
        """Store what was changed. Raises the errors of `amend_request`."""
        told = {name: value for name, value in form.cleaned_data.items() if not is_of_row(name)}
        version = told.pop(VERSION_FIELD)
        if "keeps_off_board" in told:
            told["is_on_board"] = not told.pop("keeps_off_board")
        # What comes from a playbook is shown in the reader's language. Who leaves it as it is has not changed it.
        for name in ("title", "summary"):
            if told.get(name) == getattr(self.stored, f"shown_{name}"):
                told[name] = getattr(self.stored, name)
        if told.get("contact"):
            told["contact"] = UUID(told["contact"])
        return amend_request(
            actor=self.user, request=self.stored, change=RequestChange(**told), at=self.at, version=version
        )

    def list_stale_rows(self, current: dict[str, Any]) -> list[StaleRow]:
        """Compare weekly times as a whole: a row by itself says little."""
        texts = {name: value for name, value in current.items() if not is_of_row(name)}
        zone, typed = self.stored.time_zone, self.form.cleaned_data
        times = [(_("Meets"), typed["meetings"], self.meetings), (_("Work"), typed["work"], self.work)]
        rows = [
            StaleRow(label, describe_windows(mine, zone) or "-", describe_windows(theirs, zone) or "-")
            for label, mine, theirs in times
        ]
        return [*super().list_stale_rows(texts), *(row for row in rows if row.mine != row.theirs)]

    def describe_effects(self, effects: ChangeEffects, form: forms.Form) -> list[str]:
        """Return what the change asks of people."""
        return list_effect_sentences(effects, old_hours=None, new_hours=None)

    def go_on(self, changed: Request) -> HttpResponse:
        """Show where the plan stands."""
        messages.success(self.request, _("Saved. This is the plan now."))
        return go_to_plan(changed)


def has_suggestion(given: Mapping[str, str]) -> bool:
    """Return whether a link has filled in a change."""
    return any(name in given for name in ("meetings", "ends_on", "work"))
