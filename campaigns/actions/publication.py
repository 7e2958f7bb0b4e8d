"""Publish a request, with the member who answers its volunteers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_not_stopped
from campaigns.actions.campaign_notices import notify_users
from campaigns.actions.drafts import check_days_of_campaign
from campaigns.actions.request_checks import check_editor
from campaigns.actions.request_contacts import find_contact_member, lock_contact_member
from campaigns.models import Campaign, Member, Request, Seat
from campaigns.notice_types import CampaignNotice
from campaigns.signals import request_published
from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.errors import NotAllowed, WrongState
from core.field_errors import FieldErrors
from core.models import User


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
    the draft says. `accepts_code_of_conduct` says that `actor` accepts the code of conduct, where they have not before;
    volunteers are asked only on behalf of someone who has. Raises NotAllowed, Invalid (no seats, over already, the
    contact, the code of conduct), WrongState (not a draft; the candidate has stopped the campaign).
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
    if request.campaign.state == Campaign.State.UNVERIFIED:  # of any other one hears what comes next soon
        notify_users(CampaignNotice.PLAN_PUBLISHED, request.campaign, [actor], at=at)
    request_published.send(Request, request=request, at=at)
    return request


def _choose_contact(request: Request, actor: User, contact: UUID | None) -> Member:
    """Return who answers the volunteers of a draft that is published. Raises Invalid, NotAllowed."""
    if contact is not None:
        return find_contact_member(request.campaign, contact)
    chosen = lock_contact_member(request.campaign, pk=request.contact_id) if request.contact_id else None
    member = chosen or lock_contact_member(request.campaign, user=actor)
    if member is None:
        raise NotAllowed(_("Only this campaign's managers and staff can do this. Ask one of them."))
    return member
