"""Asking for people: drafting a request, publishing it, and calling it off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from campaigns.models import Campaign, Member, Request, RequestWindow, Role, Seat
from campaigns.queries import EDITOR_POSITIONS, complete_draft, may_edit
from campaigns.rules import RequestDraft, RoleDraft, check_draft
from campaigns.signals import find_occupied_seats, request_published, requests_reduced
from core.accounts.conduct import accept_conduct
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import Skill, User


@transaction.atomic
def draft_request(*, actor: User, campaign: Campaign, draft: RequestDraft, at: datetime) -> Request:
    """Writes a new request down. Nobody is asked yet. What the draft leaves out comes from its playbook.

    Raises NotAllowed, Invalid.
    """
    check_editor(actor, campaign)
    check_draft(draft)
    request = Request(campaign=campaign, created_at=at, version=0)
    return _save_draft(request, draft)


@transaction.atomic
def redraft_request(*, actor: User, request: Request, draft: RequestDraft, version: int | None = None) -> Request:
    """Replaces a draft whole. `version` is the one that the person saw, if given.

    Raises NotAllowed, Invalid, Stale, WrongState (published already).
    """
    request = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    check_editor(actor, request.campaign)
    if request.state != Request.State.DRAFT:
        raise WrongState("This request is published: it can no longer be rewritten.")
    if version is not None and version != request.version:
        raise Stale("Somebody has changed this request since you loaded it. Load it again and make your change anew.")
    check_draft(draft)
    request.roles.all().delete()
    request.windows.all().delete()
    return _save_draft(request, draft)


@transaction.atomic
def publish_request(*, actor: User, request: Request, conduct: bool = False, at: datetime) -> Request:
    """The request goes out: from the next run on its seats are filled. `actor` answers its volunteers every week.

    `conduct` says that `actor` accepts the code of conduct, if they have not before: nobody is asked on behalf of
    somebody who has not. Raises NotAllowed, Invalid (no seats, over already, the code of conduct), WrongState (not a
    draft).
    """
    request = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    check_editor(actor, request.campaign)
    if request.state != Request.State.DRAFT:
        raise WrongState(f"This request is {request.get_state_display().lower()} already.")
    if request.ends_on < at.date():
        raise Invalid("The dates of this request are over. Change them first.", field="ends_on")
    if not Seat.objects.filter(role__request=request, closed_at=None).exists():
        raise Invalid("Nobody is asked for yet: add a role.", field="roles")
    accept_conduct(actor, accepted=conduct, at=at)
    request.contact = lock_contact_member(request.campaign, user=actor)
    if request.contact is None:
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    request.state, request.published_at = Request.State.PUBLISHED, at
    request.version += 1
    request.save()
    request_published.send(Request, request=request, at=at)
    return request


@transaction.atomic
def cancel_request(*, actor: User, request: Request, at: datetime, version: int | None = None) -> Request:
    """Calls a project off: whoever was asked or has said yes is told, and work that has begun is handed over.

    Raises NotAllowed, Stale, WrongState (over already).
    """
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if request.state not in (Request.State.DRAFT, Request.State.PUBLISHED):
        raise WrongState(f"This request is {request.get_state_display().lower()} already.")
    request.state = Request.State.CANCELLED
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


@transaction.atomic
def reduce_seats(*, actor: User, role: Role, seats: int, at: datetime, version: int | None = None) -> Request:
    """Leaves a role of a published request only so many seats: empty ones go first, then those with the latest number.

    Raises NotAllowed, Stale, WrongState (not published), Invalid (not fewer, or none in the whole request).
    """
    request = lock_request(role.request, version)
    check_editor(actor, request.campaign)
    if request.state != Request.State.PUBLISHED:
        raise WrongState("Seats are cut from a published request only; a draft is simply rewritten.")
    # All of the request's, not this role's alone: whoever locks several seats locks them in ascending order.
    seats_held = (
        Seat.objects.filter(role__request=request, closed_at=None).order_by("pk").select_for_update(no_key=True)
    )
    there = [seat for seat in seats_held if seat.role_id == role.pk]
    if not 0 <= seats < len(there):
        raise Invalid(f"Give fewer seats than the {len(there)} there are.", field="seat_count")
    if not seats and not Seat.objects.filter(role__request=request, closed_at=None).exclude(role=role).exists():
        raise Invalid("Nobody would be asked for any more. Cancel the request instead.", field="seat_count")
    held = find_occupied_seats(there)
    order = sorted(there, key=lambda seat: (seat.pk not in held, seat.number))
    Seat.objects.filter(pk__in=[seat.pk for seat in order[seats:]]).update(closed_at=at)
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


def close_ended_requests(*, at: datetime) -> int:
    """Closes published requests whose last day is over everywhere on Earth; returns how many.

    Work that goes on is handed over by its own clock; what has not begun by then is ended by the sweep.
    """
    over = Request.objects.filter(state=Request.State.PUBLISHED, ends_on__lt=at.date() - timedelta(days=1))
    return over.update(state=Request.State.CLOSED, version=F("version") + 1)


def lock_request(request: Request, version: int | None = None) -> Request:
    """The request as it is now, locked, with its campaign. Raises Stale when it is not at `version` any more."""
    found = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=request.pk)
    if version is not None and version != found.version:
        raise Stale("Somebody has changed this request since you loaded it. Load it again and decide anew.")
    return found


def check_editor(actor: User, campaign: Campaign) -> None:
    """Raises NotAllowed unless this person asks for people in the campaign's name, and WrongState when it is over."""
    if not may_edit(actor, campaign):
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    if campaign.state == Campaign.State.ENDED:
        raise WrongState("This campaign is over, so nothing can be asked for any more.")


def _save_draft(request: Request, draft: RequestDraft) -> Request:
    request.playbook, draft = complete_draft(draft)
    assert draft.ends_on is not None
    request.title, request.summary, request.brief = draft.title, draft.summary, draft.brief
    request.starts_on, request.ends_on = draft.starts_on, draft.ends_on
    request.time_zone, request.priority, request.urgent = draft.time_zone, draft.priority, draft.urgent
    request.staffing = draft.staffing
    request.auto_confirm = draft.auto_confirm
    request.out_of_scope, request.channel = draft.out_of_scope, draft.channel
    request.emergency = draft.emergency
    request.version += 1
    request.save()
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind=kind, weekday=one.weekday, starts=one.starts, ends=one.ends)
        for kind, windows in (("work", draft.work), ("meeting", draft.meetings))
        for one in windows
    )
    for order, role in enumerate(draft.roles):
        create_role(request, order, role)
    return request


def lock_contact_member(campaign: Campaign, **who: object) -> Member | None:
    """Somebody who may answer a request's volunteers, held, so that they do not go before it is written down."""
    return (
        campaign.members.filter(position__in=EDITOR_POSITIONS, **who)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )


def find_skills(codes: Sequence[str], field: str = "nice_to_have_skills") -> dict[str, Skill]:
    """The skills with these codes. Raises Invalid naming the first that there is not."""
    skills = {skill.code: skill for skill in Skill.objects.filter(code__in=codes, retired=False)}
    for code in codes:
        if code not in skills:
            raise Invalid(f"There is no skill “{code}”.", field=field)
    return skills


def create_role(request: Request, order: int, draft: RoleDraft) -> Role:
    """Writes a role with its seats; called with the request locked. Raises Invalid (a skill that there is not)."""
    skills = find_skills([draft.skill, *draft.nice_to_have_skills], field="roles")
    skill = skills[draft.skill]
    role = Role.objects.create(
        request=request,
        order=order,
        name=draft.name,
        skill=skill,
        level=draft.level,
        hours=draft.hours,
        minimum=draft.seats if draft.minimum is None else draft.minimum,
        languages=list(draft.languages),
        leads=draft.leads,
        decides=draft.decides,
        # Work that needs trust asks for the mark unless somebody says otherwise.
        vetted_for=skill.vetted_for if draft.vetted_for is None else draft.vetted_for,
    )
    role.nice_to_have_skills.set([skills[code] for code in draft.nice_to_have_skills])
    Seat.objects.bulk_create(Seat(role=role, number=number) for number in range(1, draft.seats + 1))
    return role
