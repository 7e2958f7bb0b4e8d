"""Lock a request, and check who changes it and how often that is done."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.daily_limits import MAX_CHANGES_PER_REQUEST_PER_DAY, MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY
from campaigns.draft_rules import MAX_DRAFTS_PER_CAMPAIGN
from campaigns.models import Campaign, Request, Role
from campaigns.queries import may_edit
from core.daily_limits import check_daily_rows
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import User
from core.text_folding import fold_name

_RequestEvent = Request.pgh_event_model  # type: ignore[attr-defined]


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


def is_role_name_taken(request: Request, name: str, *, by_other_than: Role | None = None) -> bool:
    """Return whether another role of the request has this name in any spelling: “Front-end” is “front end”."""
    others = request.roles.exclude(pk=by_other_than.pk) if by_other_than else request.roles.all()
    return fold_name(name) in map(fold_name, others.values_list("name", flat=True))


def check_write_count(campaign: Campaign, *, at: datetime) -> None:
    """Raise TooManyRequests when the campaign's requests were written as often as they may be within a day.

    The limits on what there is at once do not bound it: a draft can be rewritten, and published to make room.
    """
    # The history keeps what was deleted since. Its time is the database's.
    limit, writes = MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY, _RequestEvent.objects.filter(pgh_obj__campaign=campaign)
    message = _("A campaign writes its requests at most %(limit)s times a day. Go on tomorrow.") % {"limit": limit}
    check_daily_rows(writes, "pgh_created_at", limit=limit, message=message, at=at, field="roles")


def check_change_count(request: Request, *, at: datetime) -> None:
    """Raise TooManyRequests when the request, or all of its campaign, was changed as often as it may be within a day.

    What closes seats, or the request, is never refused: there are only so many of them.
    """
    check_write_count(request.campaign, at=at)
    if request.state != Request.State.PUBLISHED:
        return
    limit, changes = MAX_CHANGES_PER_REQUEST_PER_DAY, _RequestEvent.objects.filter(pgh_obj=request)
    message = _("A published request is changed at most %(limit)s times a day. Go on tomorrow.") % {"limit": limit}
    check_daily_rows(changes, "pgh_created_at", limit=limit, message=message, at=at)
