"""Register a campaign, and check what is given for it."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.actions.campaign_notices import notify_users
from campaigns.actions.candidacies import CandidacyReferences, get_or_create_contest_of, resolve_candidacy
from campaigns.actions.candidates import get_or_create_candidate, settle_party
from campaigns.actions.filings import create_filing
from campaigns.actions.imported_campaigns import lock_imported_campaign, may_be_taken_over, take_over_campaign
from campaigns.actions.memberships import add_member
from campaigns.actions.reviewers import reach_reviewers
from campaigns.actions.verification import promise_verification
from campaigns.daily_limits import MAX_CAMPAIGNS_REGISTERED_PER_DAY
from campaigns.draft_rules import MAX_UNVERIFIED_CAMPAIGNS_PER_USER, Candidacy
from campaigns.filing_rules import FilingFacts, check_filing
from campaigns.models import Campaign, Candidate, Member
from campaigns.notice_types import CampaignNotice
from core.daily_limits import count_within_day
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.models import User


@transaction.atomic
def register_campaign(
    *, actor: User, candidacy: Candidacy, name: str, filing: FilingFacts | None = None, at: datetime
) -> Campaign:
    """Register a candidate's campaign with `actor` as its manager. Until it is verified it sees no volunteers.

    `filing` says how it can be checked; a manager may state it later. A campaign that came with a ballot, for
    which nobody acts, is taken over and has this name then. Raises Invalid: an unknown jurisdiction or party,
    an election that is over or too far, a contest that is here with other days, a candidate who has a campaign here
    already, or another party, a wrong filing, too many campaigns that wait to be verified or were registered today.
    """
    errors = FieldErrors()
    with errors.collect():
        check_unverified_count(actor)
    references = check_registration(candidacy, filing, today=at.date(), errors=errors)
    _count_registration(actor, at=at)
    imported = lock_imported_campaign(candidacy, references.jurisdiction)
    candidate = get_or_create_candidate(
        get_or_create_contest_of(candidacy, references), candidacy.candidate, references.party
    )
    is_free = imported is not None and may_be_taken_over(imported, at=at)
    if imported is not None and is_free:
        campaign = take_over_campaign(imported, name)
    else:
        campaign = _create_campaign(candidate, name, at=at)
    settle_party(candidate, references.party)
    add_member(campaign, actor, position=Member.Position.MANAGER, at=at)
    if filing is not None:
        create_filing(campaign, filing, stated_by=actor, at=at)
    promise_verification(campaign, at=at)
    notify_users(CampaignNotice.VERIFICATION_REQUESTED, campaign, reach_reviewers(candidate.contest, at=at), at=at)
    return campaign


def _create_campaign(candidate: Candidate, name: str, *, at: datetime) -> Campaign:
    """Create the campaign of a candidate. Raises Invalid when there is one."""
    try:
        # A savepoint: the failed insert must not abort the whole transaction.
        with transaction.atomic():
            return Campaign.objects.create(candidate=candidate, name=name, created_at=at)
    except IntegrityError as error:
        message = _("This candidate has a campaign here already. Ask its manager to invite you, or us if it has none.")
        raise Invalid(message, field="candidate") from error


def check_registration(
    candidacy: Candidacy, filing: FilingFacts | None, *, today: date, errors: FieldErrors | None = None
) -> CandidacyReferences:
    """Check what is given to register a campaign on `today`, and return what its candidacy names.

    Raises Invalid with everything that is wrong with it, after the `errors` that are known already.
    """
    errors = FieldErrors() if errors is None else errors
    if filing is not None:
        with errors.collect("filing"):
            check_filing(asdict(filing))
    return resolve_candidacy(candidacy, today=today, errors=errors)


def check_unverified_count(user: User) -> None:
    """Lock the account, and raise Invalid when it manages as many unverified campaigns as it may."""
    if manages_enough_unverified(user):
        params = {"limit": MAX_UNVERIFIED_CAMPAIGNS_PER_USER}
        raise Invalid(
            _("You manage %(limit)s campaigns that wait to be verified. Wait for one of them, or end one.") % params
        )


def manages_enough_unverified(user: User) -> bool:
    """Lock the account, and return whether it manages as many unverified campaigns as it may."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    managed = Member.objects.filter(user=user, position=Member.Position.MANAGER)
    return managed.filter(campaign__state=Campaign.State.UNVERIFIED).count() >= MAX_UNVERIFIED_CAMPAIGNS_PER_USER


def _count_registration(user: User, *, at: datetime) -> None:
    """Count a registration in which all is right; raise TooManyRequests for one more than an account may have in a day.

    One that finds the candidate or the contest here counts as well. Else anybody could ask of each whether it is here.
    """
    limit = MAX_CAMPAIGNS_REGISTERED_PER_DAY
    message = _("A person registers at most %(limit)s campaigns a day. Register the others tomorrow.")
    count_within_day(f"registration_{user.pk}", limit=limit, message=message % {"limit": limit}, at=at)
