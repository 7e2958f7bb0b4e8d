"""The questions about volunteers that a draft of a request asks, one for each role."""

from datetime import date

from django.utils.translation import gettext as _

from campaigns.actions.drafts import complete_checked_draft, find_causes, resolve_draft
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Campaign
from core.date_rules import check_request_days
from core.errors import Invalid
from core.field_errors import FieldErrors
from matching.rules.supply_estimate import MAX_ROLES_PER_ESTIMATE, SupplyQuestion


def check_draft_to_estimate(
    draft: RequestDraft, campaign: Campaign | None, *, today: date, errors: FieldErrors
) -> None:
    """Raise Invalid with everything that is wrong with the draft, after the `errors` that are known already.

    Without `campaign` its days are not judged.
    """
    if campaign is None:
        resolve_draft(draft, None, today=today, errors=errors)
    else:
        build_questions(draft, election_on=campaign.candidate.contest.election_on, today=today)


def build_questions(
    draft: RequestDraft, *, election_on: date, today: date, max_roles: int = MAX_ROLES_PER_ESTIMATE
) -> list[tuple[RoleDraft, SupplyQuestion]]:
    """Return the roles of a draft, each with the question that it asks from `today` on.

    Raises Invalid with everything that is wrong with the draft.
    """
    errors = FieldErrors()
    resolved = complete_checked_draft(draft, errors)
    # Only the days that are still to come are asked about, so the start of work that goes on is not judged.
    first = max(draft.starts_on, today)
    with errors.collect(blame=find_causes(draft)):
        _check_days_to_come(resolved.draft.ends_on, first=first, election_on=election_on, today=today)
    if len(resolved.draft.roles) > max_roles:
        message = _("These are too many roles. Ask about %(limit)d at most at a time.")
        errors.add("roles" if draft.roles else "playbook", message % {"limit": max_roles})
    errors.raise_if_any()
    draft, skills = resolved.draft, resolved.skills
    assert draft.ends_on is not None  # `complete_checked_draft` names it if it is missing
    return [
        (
            role,
            SupplyQuestion(
                skill=role.skill,
                level=role.level,
                hours=role.hours_per_week,
                languages=tuple(sorted(set(role.languages))),
                leads=role.is_lead,
                decides=role.makes_decisions,
                vetted_for=skills[role.skill].vetted_for if role.vetted_for is None else role.vetted_for,
                first=first,
                last=draft.ends_on,
                time_zone=draft.time_zone,
                work=tuple(sorted(draft.work, key=str)),
                meetings=tuple(sorted(draft.meetings, key=str)),
            ),
        )
        for role in draft.roles
    ]


def _check_days_to_come(ends_on: date | None, *, first: date, election_on: date, today: date) -> None:
    if ends_on is None:
        return
    if ends_on < today:
        raise Invalid(_("This day is over. Give one that is still to come."), field="ends_on", reads=("starts_on",))
    check_request_days(starts_on=first, ends_on=ends_on, election_on=election_on, today=today)
