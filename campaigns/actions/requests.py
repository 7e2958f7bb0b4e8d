"""Draft a request, rewrite it and publish it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.drafts import ResolvedDraft, resolve_draft
from campaigns.actions.request_checks import check_draft_count, check_editor, check_write_count
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Campaign, Request, RequestWindow, Role, Seat
from core.errors import Stale, WrongState
from core.field_errors import FieldErrors
from core.models import Skill, User


@transaction.atomic
def draft_request(*, actor: User, campaign: Campaign, draft: RequestDraft, at: datetime) -> Request:
    """Create a request as a draft, for which no one is asked yet. Its playbook fills in what is left out.

    Raises NotAllowed, Invalid (what to correct; too many drafts, or too many written today).
    """
    check_editor(actor, campaign)
    errors = FieldErrors()
    if not draft.emergency:
        with errors.collect():
            check_draft_count(campaign)
            check_write_count(campaign, at=at)
    resolved = resolve_draft(draft, campaign, today=at.date(), errors=errors)
    return _save_draft(Request(campaign=campaign, created_at=at, version=0), resolved)


@transaction.atomic
def redraft_request(
    *, actor: User, request: Request, draft: RequestDraft, at: datetime, version: int | None = None
) -> Request:
    """Replace a draft as a whole. `version` is the one that the user saw, if given.

    Raises NotAllowed, Invalid (what to correct; too many written today), Stale, WrongState (published already).
    """
    request = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    check_editor(actor, request.campaign)
    if request.state != Request.State.DRAFT:
        raise WrongState(_("This request is no longer a draft, so it cannot be rewritten. Amend it instead."))
    if version is not None and version != request.version:
        raise Stale(_("This request has changed since you loaded it. Load it again and repeat your change."))
    check_write_count(request.campaign, at=at)
    resolved = resolve_draft(draft, request.campaign, today=at.date())
    request.roles.all().delete()
    request.windows.all().delete()
    return _save_draft(request, resolved)


def _save_draft(request: Request, resolved: ResolvedDraft) -> Request:
    draft = resolved.draft
    request.playbook = resolved.playbook
    assert draft.ends_on is not None  # `resolve_draft` sets it
    request.title, request.summary, request.brief = draft.title, draft.summary, draft.brief
    request.starts_on, request.ends_on = draft.starts_on, draft.ends_on
    request.time_zone, request.priority, request.urgent = draft.time_zone, draft.priority, draft.urgent
    request.staffing, request.auto_confirm, request.emergency = draft.staffing, draft.auto_confirm, draft.emergency
    request.out_of_scope, request.channel = draft.out_of_scope, draft.channel
    request.is_on_board = draft.is_on_board
    request.version += 1
    request.save()
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind=kind, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for kind, windows in (("work", draft.work), ("meeting", draft.meetings))
        for window in windows
    )
    for order, role in enumerate(draft.roles):
        create_role(request, order, role, resolved.skills)
    return request


def create_role(request: Request, order: int, draft: RoleDraft, skills: Mapping[str, Skill]) -> Role:
    """Create a role with its seats; the caller has locked the request. `skills` holds those that the draft names."""
    skill = skills[draft.skill]
    role = Role.objects.create(
        request=request,
        order=order,
        name=draft.name,
        skill=skill,
        level=draft.level,
        hours_per_week=draft.hours_per_week,
        tasks=draft.tasks,
        min_to_start=draft.seat_count if draft.min_to_start is None else draft.min_to_start,
        languages=list(dict.fromkeys(draft.languages)),
        is_lead=draft.is_lead,
        makes_decisions=draft.makes_decisions,
        # A skill that needs trust asks for a vetting mark unless the draft says otherwise.
        vetted_for=skill.vetted_for if draft.vetted_for is None else draft.vetted_for,
    )
    role.nice_to_have_skills.set([skills[code] for code in draft.nice_to_have_skills])
    Seat.objects.bulk_create(Seat(role=role, number=number) for number in range(1, draft.seat_count + 1))
    return role
