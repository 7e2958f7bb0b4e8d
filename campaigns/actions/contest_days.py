"""Correct the days of a contest, and what its open requests may still do by them."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import save_amended_request
from campaigns.actions.campaign_notices import notify_managers
from campaigns.models import Campaign, Contest, Request
from campaigns.notice_types import CampaignNotice
from campaigns.signals import election_day_corrected, requests_reduced
from core.conflict_of_interest import check_may_review_contest
from core.date_rules import check_contest_days, latest_request_day
from core.errors import Invalid, Stale
from core.models import User

_OPEN_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


class CorrectedRequests(NamedTuple):
    """The requests that ended too late for the new election day."""

    shortened: list[Request]
    cancelled: list[Request]


@transaction.atomic
def correct_contest_days(
    *,
    actor: User,
    contest: Contest,
    election_on: date,
    primary_on: date | None,
    at: datetime,
    seen: tuple[date, date | None] | None = None,
) -> CorrectedRequests:
    """Correct the days of a contest. A reviewer without a part in it does so.

    An open request that ends too long after the new election day is shortened; one that would begin after that is
    cancelled. Their people hear of it as of any amendment, and the managers are informed. `seen` are the election day
    and the primary that the reviewer saw, if given. Raises NotAllowed, Invalid (what to correct; a contest of that
    year), Stale (the days were corrected since, or a request was drafted meanwhile).
    """
    check_may_review_contest(actor, contest.pk)
    # Requests are locked before the contest, as in every action that locks both: another order could deadlock.
    open_requests = Request.objects.filter(campaign__candidate__contest=contest, state__in=_OPEN_STATES).order_by("pk")
    locked = list(open_requests.select_for_update(no_key=True, of=("self",)).select_related("campaign"))
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if seen is not None and seen != (contest.election_on, contest.primary_on):
        raise Stale(_("The days of this contest were corrected since you loaded them. Load them again and check them."))
    check_contest_days(election_on=election_on, primary_on=primary_on, today=at.date())
    if election_on < at.date() <= contest.election_on:
        message = _("This day is over, and would cancel the contest's open requests. Check it, or end the campaigns.")
        raise Invalid(message, field="election_on")
    if {request.pk for request in locked} != set(open_requests.values_list("pk", flat=True)):
        raise Stale(_("A request of this contest was drafted meanwhile. Send the days again."))
    corrected = _fit_requests(locked, latest_request_day(election_on), at)
    contest.election_on, contest.primary_on, contest.cycle = election_on, primary_on, election_on.year
    try:
        # A savepoint: the failed update must not abort the whole transaction.
        with transaction.atomic():
            contest.save()
    except IntegrityError as error:
        message = _("There is a contest for this office in %(year)s already. Check the year.")
        raise Invalid(message % {"year": election_on.year}, field="election_on") from error
    _notify_about_requests(corrected, at)
    election_day_corrected.send(Contest, contest=contest, at=at)
    return corrected


def _fit_requests(requests: list[Request], latest: date, at: datetime) -> CorrectedRequests:
    late = [request for request in requests if request.ends_on > latest]
    shortened = [request for request in late if request.starts_on <= latest]
    cancelled = [request for request in late if request.starts_on > latest]
    for request in shortened:
        request.ends_on = latest
        save_amended_request(request, list(request.roles.all()), words=False, sought=False, agreed=True, at=at)
    for request in cancelled:
        request.state = Request.State.CANCELLED
        request.version += 1
        request.save()
    if cancelled:
        requests_reduced.send(Request, requests=cancelled, at=at)
    return CorrectedRequests(shortened, cancelled)


def _notify_about_requests(corrected: CorrectedRequests, at: datetime) -> None:
    campaign_ids = {request.campaign_id for requests in corrected for request in requests}
    for campaign in Campaign.objects.filter(pk__in=campaign_ids).order_by("pk"):
        notify_managers(CampaignNotice.ELECTION_DAY_CORRECTED, campaign, at=at)
