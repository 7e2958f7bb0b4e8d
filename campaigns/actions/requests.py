"""Draft a request, rewrite it and publish it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_not_stopped
from campaigns.actions.drafts import ResolvedDraft, check_days_of_campaign, resolve_draft
from campaigns.draft_rules import (
    MAX_CHANGES_PER_REQUEST_PER_DAY,
    MAX_DRAFTS_PER_CAMPAIGN,
    MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY,
    RequestDraft,
    RoleDraft,
)
from campaigns.models import Campaign, Member, Request, RequestWindow, Role, Seat
from campaigns.queries import EDITOR_POSITIONS, may_edit
from campaigns.signals import request_published
from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.clock_rules import ONE_DAY
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.field_errors import FieldErrors
from core.models import Skill, User

_RequestEvent = Request.pgh_event_model  # type: ignore[attr-defined]


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


@transaction.atomic
def publish_request(
    *,
    actor: User,
    request: Request,
    contact: UUID | None = None,
    accepts_code_of_conduct: bool = False,
    is_on_board: bool | None = None,
    at: datetime,
) -> Request:
    """Publish a request: its seats are filled from the next run on.

    Its volunteers are answered by the member with the public id `contact`. Left out, the member answers who was chosen
    for the draft, or `actor` where none was. `is_on_board` says whether the public board may show it; None leaves what
    the draft says. `accepts_code_of_conduct` says that `actor` accepts the code of conduct,
    if they have not accepted it before; volunteers are asked only on behalf of someone who has. Raises NotAllowed,
    Invalid (no seats, over already, the contact, the code of conduct), WrongState (not a draft; the candidate has
    stopped the campaign).
    """
    request = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    check_editor(actor, request.campaign)
    if request.state != Request.State.DRAFT:
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s already.") % params)
    check_not_stopped(Campaign.objects.select_for_update(no_key=True).get(pk=request.campaign_id))
    errors = FieldErrors()
    if request.ends_on < at.date():
        errors.add("ends_on", _("The dates of this request are over. Change them first."))
    with errors.collect():
        check_days_of_campaign(request.campaign, starts_on=request.starts_on, ends_on=request.ends_on, today=at.date())
    if not Seat.objects.filter(role__request=request, closed_at=None).exists():
        errors.add("roles", _("This request has no seats yet. Add a role."))
    with errors.collect():
        request.contact = _choose_contact(request, actor, contact)
    with errors.collect():
        check_conduct_accepted(actor, accepted=accepts_code_of_conduct)
    errors.raise_if_any()
    accept_conduct(actor, accepted=accepts_code_of_conduct, at=at)
    request.state, request.published_at = Request.State.PUBLISHED, at
    request.is_on_board = request.is_on_board if is_on_board is None else is_on_board
    request.version += 1
    request.save()
    request_published.send(Request, request=request, at=at)
    return request


def lock_request(request: Request, version: int | None = None) -> Request:
    """Lock the request and return it as it is now. Raises Stale when it is not at `version` any more."""
    locked = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    if version is not None and version != locked.version:
        raise Stale(_("This request has changed since you loaded it. Load it again and check your decision."))
    return locked


def check_editor(actor: User, campaign: Campaign) -> None:
    """Raise NotAllowed unless the user may ask for volunteers in the campaign's name, WrongState when it is over."""
    if not may_edit(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers and staff can do this. Ask one of them."))
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so it can no longer ask for volunteers."))


def check_draft_count(campaign: Campaign) -> None:
    """Lock the campaign, and raise Invalid when it has as many drafts as it may have."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if Request.objects.filter(campaign=campaign, state=Request.State.DRAFT).count() >= MAX_DRAFTS_PER_CAMPAIGN:
        params = {"limit": MAX_DRAFTS_PER_CAMPAIGN}
        raise Invalid(
            _("A campaign has at most %(limit)s drafts. Publish or cancel one of them first.") % params,
            field="campaign",
        )


def check_write_count(campaign: Campaign, *, at: datetime) -> None:
    """Raise Invalid when the campaign's requests were written as often as they may be within a day.

    The limits on what there is at once do not bound it: a draft can be rewritten, and published to make room.
    """
    # The history keeps what was deleted since. Its time is the database's.
    writes = _RequestEvent.objects.filter(pgh_obj__campaign=campaign, pgh_created_at__gt=at - ONE_DAY)
    if writes.count() >= MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY:
        message = _("A campaign writes its requests at most %(limit)s times a day. Go on tomorrow.")
        raise Invalid(message % {"limit": MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY}, field="roles")


def check_change_count(request: Request, *, at: datetime) -> None:
    """Raise Invalid when the request, or all of its campaign, was changed as often as it may be within a day.

    What closes seats, or the request, is never refused: there are only so many of them.
    """
    check_write_count(request.campaign, at=at)
    if request.state != Request.State.PUBLISHED:
        return
    changes = _RequestEvent.objects.filter(pgh_obj=request, pgh_created_at__gt=at - ONE_DAY)
    if changes.count() >= MAX_CHANGES_PER_REQUEST_PER_DAY:
        message = _("A published request is changed at most %(limit)s times a day. Go on tomorrow.")
        raise Invalid(message % {"limit": MAX_CHANGES_PER_REQUEST_PER_DAY})


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


def lock_contact_member(campaign: Campaign, **lookups: object) -> Member | None:
    """Lock and return a member who may answer a request's volunteers, or None.

    The lock keeps the member from being removed before the caller has stored them as the contact. `lookups` are those
    of Django's `filter`.
    """
    return (
        campaign.members.filter(position__in=EDITOR_POSITIONS, **lookups)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )


def find_contact_member(campaign: Campaign, public_id: UUID) -> Member:
    """Lock and return the member with this public id who may answer volunteers. Raises Invalid."""
    member = lock_contact_member(campaign, public_id=public_id)
    if member is None:
        raise _wrong_contact_error()
    return member


def check_contact_member(campaign: Campaign, public_id: UUID) -> None:
    """Raise Invalid where `find_contact_member` would."""
    if not campaign.members.filter(position__in=EDITOR_POSITIONS, public_id=public_id).exists():
        raise _wrong_contact_error()


def _wrong_contact_error() -> Invalid:
    return Invalid(_("This member cannot be the contact. Name a manager or a member of the staff."), field="contact")


def _choose_contact(request: Request, actor: User, contact: UUID | None) -> Member:
    """Return who answers the volunteers of a draft that is published. Raises Invalid, NotAllowed."""
    if contact is not None:
        return find_contact_member(request.campaign, contact)
    chosen = lock_contact_member(request.campaign, pk=request.contact_id) if request.contact_id else None
    member = chosen or lock_contact_member(request.campaign, user=actor)
    if member is None:
        raise NotAllowed(_("Only this campaign's managers and staff can do this. Ask one of them."))
    return member


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
