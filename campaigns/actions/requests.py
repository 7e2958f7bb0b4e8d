"""Draft a request, publish it, reduce it and cancel it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from campaigns.actions.campaigns import check_not_stopped
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
from campaigns.signals import find_occupied_seats, request_published, requests_reduced
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


@transaction.atomic
def cancel_request(
    *, actor: User, request: Request, reason: str = "", at: datetime, version: int | None = None
) -> Request:
    """Cancel a request. Everyone who was asked or has said yes is informed, and work is handed over.

    `reason` is a `Request.CancelReason`, which only the campaign and reviewers read. Raises NotAllowed, Stale, Invalid
    (the reason), WrongState (over already).
    """
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if reason not in Request.CancelReason.values:
        raise Invalid(_("Choose one of the reasons, or leave it out."), field="reason")
    if request.state not in (Request.State.DRAFT, Request.State.PUBLISHED):
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s already.") % params)
    request.state, request.cancel_reason = Request.State.CANCELLED, reason
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


@transaction.atomic
def close_request(*, actor: User, request: Request, at: datetime, version: int | None = None) -> Request:
    """Close a published request to new people. Work that has begun goes on until its own end.

    Everyone who was asked, or has said yes and not begun, is informed. Raises NotAllowed, Stale, WrongState (not
    published; an emergency, which is cancelled instead).
    """
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if request.emergency:
        raise WrongState(_("An emergency is not closed. Cancel it when it is over."))
    if request.state != Request.State.PUBLISHED:
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s, so it looks for nobody.") % params)
    request.state = Request.State.CLOSED
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


@transaction.atomic
def reduce_seats(*, actor: User, role: Role, seat_count: int, at: datetime, version: int | None = None) -> Request:
    """Leave a role of a published request only `seat_count` seats: empty ones go first, then the highest numbers.

    Raises NotAllowed, Stale, WrongState (not published), Invalid (not fewer, or none in the whole request).
    """
    request = lock_request(role.request, version)
    check_editor(actor, request.campaign)
    if request.state != Request.State.PUBLISHED:
        raise WrongState(_("Seats can be cut from a published request only. Rewrite the draft instead."))
    # Lock all seats of the request, not this role's alone: every action that locks several locks them in this order.
    request_seats = (
        Seat.objects.filter(role__request=request, closed_at=None).order_by("pk").select_for_update(no_key=True)
    )
    open_seats = [seat for seat in request_seats if seat.role_id == role.pk]
    check_seats_to_keep(role, seat_count)
    occupied_ids = find_occupied_seats(open_seats)
    order = sorted(open_seats, key=lambda seat: (seat.pk not in occupied_ids, seat.number))
    Seat.objects.filter(pk__in=[seat.pk for seat in order[seat_count:]]).update(closed_at=at)
    lower_minimums(request)
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


def check_seats_to_keep(role: Role, seat_count: int) -> None:
    """Check how many seats a role keeps. Raises Invalid (not fewer than it has, or none in the whole request)."""
    open_seats = Seat.objects.filter(role__request=role.request_id, closed_at=None)
    open_count = open_seats.filter(role=role).count()
    if not 0 <= seat_count < open_count:
        params = {"count": open_count}
        message = _("This role has %(count)s seats. Give a smaller number.") % params
        raise Invalid(message, field="seat_count", reads=("role",))
    if not seat_count and not open_seats.exclude(role=role).exists():
        message = _("The request would have no seats left. Cancel it instead.")
        raise Invalid(message, field="seat_count", reads=("role",))


def lower_minimums(request: Request) -> None:
    """Lower each role's minimum to begin to its open seats, after seats of the locked request were closed."""
    open_count = Count("seats", filter=Q(seats__closed_at=None))
    for role in request.roles.annotate(open_count=open_count).filter(min_to_start__gt=F("open_count")):
        role.min_to_start = role.open_count
        role.save(update_fields=["min_to_start"])


@transaction.atomic
def close_ended_requests(*, at: datetime) -> int:
    """Close published requests whose last day is over everywhere on Earth; return how many.

    Work that goes on is handed over at its own deadline; matches that have not begun are ended by the sweep. A request
    that is being changed is left to the next sweep.
    """
    # Zones are up to twelve hours behind UTC, so a day is over everywhere only when the next one is in UTC.
    ended = Request.objects.filter(state=Request.State.PUBLISHED, ends_on__lt=at.date() - timedelta(days=1))
    free = ended.order_by("pk").select_for_update(no_key=True, skip_locked=True)
    closing = Request.objects.filter(pk__in=list(free.values_list("pk", flat=True)))
    return closing.update(state=Request.State.CLOSED, version=F("version") + 1)


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
