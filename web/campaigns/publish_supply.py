"""Who could help with a stored plan: asked only when the reader presses the button, and only of what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import PlaybookRole, Request, Role
from campaigns.playbook_queries import find_offered_playbook
from campaigns.request_queries import draft_from_request
from core.enums import CountBand
from core.models import User
from matching.runs.actions.supply_estimate import ChangeEffect, estimate_supply
from matching.runs.change_suggestions import describe_draft_change
from web.campaigns.plan_words import PlanRole
from web.campaigns.supply_meters import SupplyMeter, build_playbook_meter

LOW_BUDGET_QUESTIONS = 15
"""From so many roles on, that can still be asked about today, the page says how many there are."""


@dataclass(frozen=True, slots=True)
class CheckedSupply:
    """What a check has told: the band of each role, the change that helps it most, and what is left of the budget."""

    bands: Mapping[UUID, CountBand] = field(default_factory=dict)
    openings: Mapping[UUID, str] = field(default_factory=dict)
    questions_left: int | None = None

    @property
    def budget(self) -> str:
        """Return how many roles can still be asked about, in a sentence; empty while there are many."""
        return describe_budget(self.questions_left)


def describe_budget(questions_left: int | None) -> str:
    """Return how many roles can still be asked about today, in a sentence; empty while there are many."""
    if questions_left is None or questions_left > LOW_BUDGET_QUESTIONS:
        return ""
    text = ngettext(
        "You can check %(count)d more role today. What has not changed is free.",
        "You can check %(count)d more roles today. What has not changed is free.",
        questions_left,
    )
    return text % {"count": questions_left}


_CHANGED = gettext_lazy("You changed this role, so the count that stood here no longer fits it.")


def check_supply(user: User, stored: Request, *, at: datetime) -> CheckedSupply:
    """Ask who could help with a plan. A role that was asked about today as it is costs nothing of the budget.

    Raises the errors of `estimate_supply`.
    """
    draft = draft_from_request(stored)
    estimate = estimate_supply(actor=user, campaign=stored.campaign, draft=draft, at=at)
    roles = [role for role in estimate.roles if role.role_id is not None]
    return CheckedSupply(
        {role.role_id: CountBand(role.people_fitting) for role in roles if role.role_id},
        {role.role_id: _describe_opening(role.changes[0]) for role in roles if role.role_id and role.changes},
        estimate.questions_left,
    )


def list_plan_roles(stored: Request, checked: CheckedSupply) -> list[PlanRole]:
    """Return the roles of a stored plan, as its lines show them.

    Where nothing was checked yet they have the meter of the playbook, if they are still as it has them.
    """
    counted = find_playbook_meters(stored)
    roles = []
    for role in stored.roles.all():
        seats, meter = len(role.seats.all()), counted.get(list_terms(role))
        band = checked.bands.get(role.public_id) or (meter.band if meter else None)
        roles.append(
            PlanRole(
                role.shown_name,
                role.skill.shown_name,
                role.hours_per_week,
                seats,
                SupplyMeter(band, seats) if band else None,
                checked.openings.get(role.public_id, "") or ("" if band or not counted else str(_CHANGED)),
                reverse("campaign-role", args=[stored.campaign.public_id, stored.public_id, role.public_id]),
                role.shown_tasks,
            )
        )
    return roles


def find_playbook_meters(stored: Request) -> dict[tuple[object, ...], SupplyMeter]:
    """Return the meters of the roles of a request's playbook, by their terms, as far as they are counted."""
    playbook = find_offered_playbook(stored.playbook.code) if stored.playbook else None
    meters = ((list_terms(role), build_playbook_meter(role)) for role in (playbook.roles.all() if playbook else ()))
    return {terms: meter for terms, meter in meters if meter is not None}


def list_terms(role: Role | PlaybookRole) -> tuple[object, ...]:
    """Return the terms of a role that decide who fits."""
    return role.skill.code, role.level, role.hours_per_week, role.is_lead, role.makes_decisions, role.vetted_for


def _describe_opening(effect: ChangeEffect) -> str:
    """Return the one change that helps a role most, with how many more people would fit."""
    words = {
        "change": describe_draft_change(effect.change, effect.new_value),
        "band": CountBand(effect.people_added).label,
    }
    return _("%(change)s. %(band)s more would fit.") % words
