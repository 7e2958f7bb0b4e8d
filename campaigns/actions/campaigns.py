"""Register, verify, pause, resume and end a campaign."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.candidates import get_or_create_candidate, settle_party
from campaigns.actions.contests import check_office, check_same_contest, get_or_create_contest
from campaigns.actions.filings import create_filing
from campaigns.actions.imported_campaigns import lock_imported_campaign, may_be_taken_over, take_over_campaign
from campaigns.actions.reviewers import check_may_review_campaign, reach_reviewers
from campaigns.candidate_queries import find_open_stop, has_candidate_agreed
from campaigns.contest_queries import find_contest, identify_contest, is_ballot_contest
from campaigns.draft_rules import MAX_CAMPAIGNS_REGISTERED_PER_DAY, MAX_UNVERIFIED_CAMPAIGNS_PER_USER, Candidacy
from campaigns.filing_rules import FilingFacts, check_filing
from campaigns.models import Campaign, Candidate, Contest, Member, Request
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from campaigns.notice_types import CampaignNotice
from campaigns.queries import is_manager
from campaigns.signals import campaign_verified, find_verification_deadline, requests_reduced
from core.clock_rules import ONE_DAY
from core.date_rules import check_contest_days
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.field_errors import FieldErrors
from core.models import Jurisdiction, Party, User
from core.notifications.outbox import enqueue_notice
from core.rate_counters import count_request
from core.reference.codes import find_by_codes

OPEN_REQUEST_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


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
        _get_or_create_contest(candidacy, references), candidacy.candidate, references.party
    )
    is_free = imported is not None and may_be_taken_over(imported, at=at)
    if imported is not None and is_free:
        campaign = take_over_campaign(imported, name)
    else:
        campaign = _create_campaign(candidate, name, at=at)
    settle_party(candidate, references.party)
    Member.objects.create(campaign=campaign, user=actor, position=Member.Position.MANAGER, since=at)
    if filing is not None:
        create_filing(campaign, filing, stated_by=actor, at=at)
    promise_verification(campaign, at=at)
    _notify_users(CampaignNotice.VERIFICATION_REQUESTED, campaign, reach_reviewers(candidate.contest, at=at), at=at)
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


class CandidacyReferences(NamedTuple):
    """The rows that a candidacy names by their codes."""

    jurisdiction: Jurisdiction
    party: Party | None


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


def resolve_candidacy(candidacy: Candidacy, *, today: date, errors: FieldErrors | None = None) -> CandidacyReferences:
    """Check a candidacy that is given on `today`, and return what it names.

    Raises Invalid with everything that is wrong with it, after the `errors` that are known already.
    """
    errors = FieldErrors() if errors is None else errors
    with errors.collect():
        check_office(candidacy.office)
    if candidacy.election_on < today:
        errors.add("election_on", _("This election is over. Check its date."))
    with errors.collect():
        check_contest_days(election_on=candidacy.election_on, primary_on=candidacy.primary_on, today=today)
    jurisdictions = find_by_codes(
        "jurisdiction", Jurisdiction.objects.all(), {"jurisdiction": candidacy.jurisdiction}, errors
    )
    party = {"party": candidacy.party} if candidacy.party else {}
    parties = find_by_codes("party", Party.objects.all(), party, errors)
    errors.raise_if_any()
    return CandidacyReferences(jurisdictions[candidacy.jurisdiction], parties.get(candidacy.party))


def resolve_typed_contest(candidacy: Candidacy, *, today: date) -> Contest | None:
    """Check the contest of a candidacy that is typed on `today`, and return it if the public list has it.

    Nothing is said of a contest off the list: it would tell that one of its candidates is here. Raises Invalid with
    everything that is wrong, also where the list has it with other days or at another level.
    """
    references = resolve_candidacy(candidacy, today=today)
    contest = find_contest(identify_contest(candidacy, references.jurisdiction))
    if contest is None or not is_ballot_contest(contest):
        return None
    check_same_contest(contest, candidacy.level, candidacy.election_on, candidacy.primary_on)
    return contest


def promise_verification(campaign: Campaign, *, at: datetime) -> None:
    """Promise the managers of an unverified campaign until when it is verified; a promise that was made stands.

    An imported campaign has no manager at first, and so no promise. The caller has locked the campaign.
    """
    if campaign.state != Campaign.State.UNVERIFIED or campaign.answer_due_at is not None:
        return
    if find_open_stop(campaign) is not None:  # the reviewer's call comes first, and promises a new date
        return
    campaign.answer_due_at = find_verification_deadline(campaign.candidate.contest, at=at)
    Campaign.objects.filter(pk=campaign.pk).update(answer_due_at=campaign.answer_due_at)
    notify_managers(CampaignNotice.VERIFICATION_STARTED, campaign, at=at)


@transaction.atomic
def verify_campaign(
    *, actor: User, campaign: Campaign, at: datetime, version: int | None = None, reason: str = ""
) -> Campaign:
    """Record that a reviewer knows who the campaign is. Its published requests are matched from now on.

    The reviewer has no part in the contest. `version` is the one that they read, if given: a changed filing raises it.
    `reason` says in words why it is verified although the candidate has not agreed; if they have, it is not stored.
    Raises NotAllowed, Stale, WrongState (verified already, ended, or stopped by the candidate), Invalid (no reason
    where it takes one; too long).
    """
    check_may_review_campaign(actor, campaign)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    _check_version(campaign, version)
    if campaign.state != Campaign.State.UNVERIFIED:
        params = {"state": campaign.get_state_display().lower()}
        raise WrongState(_("This campaign is %(state)s already.") % params)
    check_not_stopped(campaign)
    campaign.verification_reason = "" if has_candidate_agreed(campaign) else _check_verification_reason(reason)
    campaign.state, campaign.verified_by, campaign.verified_at = Campaign.State.VERIFIED, actor, at
    campaign.answer_due_at = None
    campaign.version += 1
    campaign.save()
    # All members see other people from now on, so all hear that they need a second factor.
    _notify_users(CampaignNotice.VERIFIED, campaign, User.objects.filter(memberships__campaign=campaign), at=at)
    campaign_verified.send(Campaign, campaign=campaign, at=at)
    return campaign


def _check_verification_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        message = _("The candidate has not agreed. Say how you know that this campaign acts for them, or wait.")
        raise Invalid(message, field="reason")
    if len(reason) > MAX_VERIFICATION_REASON_LENGTH:
        message = _("This is too long: at most %(limit)s characters. Shorten it.")
        raise Invalid(message % {"limit": MAX_VERIFICATION_REASON_LENGTH}, field="reason")
    return reason


def pause_campaign(*, campaign: Campaign, at: datetime) -> None:
    """Stop new offers to a campaign that leaves volunteers without an answer. Pausing it twice is safe."""
    # The filter decides which of two concurrent calls pauses, so that the managers get one notice.
    if Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(paused_at=at, version=F("version") + 1):
        notify_managers(CampaignNotice.CAMPAIGN_PAUSED, campaign, at=at)


@transaction.atomic
def resume_campaign(*, actor: User, campaign: Campaign, version: int | None = None) -> Campaign:
    """Let a paused campaign get offers again; a reviewer without a part in the contest does so.

    `version` is the one that they read, if given. Raises NotAllowed, Stale, WrongState (not paused).
    """
    check_may_review_campaign(actor, campaign)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    _check_version(campaign, version)
    if campaign.paused_at is None:
        raise WrongState(_("This campaign is not paused, so there is nothing to resume."))
    campaign.paused_at = None
    campaign.version += 1
    campaign.save()
    return campaign


@transaction.atomic
def end_campaign(*, actor: User, campaign: Campaign, at: datetime, version: int | None = None) -> Campaign:
    """End the campaign early, after a lost primary, say.

    Its manager does so, or a reviewer without a part in the contest. Its requests are cancelled: everyone who was asked
    or has said yes is informed, and work that has begun is handed over. Raises NotAllowed, Stale, WrongState (ended
    already).
    """
    if not is_manager(actor, campaign):
        if not actor.is_reviewer:
            raise NotAllowed(_("Only this campaign's managers and reviewers can end it. Ask one of them."))
        check_may_review_campaign(actor, campaign)
    campaign, requests = lock_campaign_with_requests(campaign)
    _check_version(campaign, version)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is ended already."))
    return end_locked_campaign(campaign, requests, at=at)


def lock_campaign_with_requests(campaign: Campaign) -> tuple[Campaign, list[Request]]:
    """Lock the requests of a campaign, and then the campaign; return both as they are now.

    A request that was made while this waited for the campaign is among them: all is let go and locked again.
    """
    while True:
        with transaction.atomic():
            # Requests before the campaign, as in every action that locks both: another order could deadlock.
            requests = list(Request.objects.filter(campaign=campaign).order_by("pk").select_for_update(no_key=True))
            locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            if Request.objects.filter(campaign=campaign).count() == len(requests):
                return locked, requests
            transaction.set_rollback(True)


def end_locked_campaign(campaign: Campaign, requests: Iterable[Request], *, at: datetime) -> Campaign:
    """End a campaign; the caller has locked it with its requests, and checked that it goes on."""
    campaign.state, campaign.answer_due_at = Campaign.State.ENDED, None
    campaign.version += 1
    campaign.save()
    open_requests = [request for request in requests if request.state in OPEN_REQUEST_STATES]
    Request.objects.filter(pk__in=[request.pk for request in open_requests]).update(
        state=Request.State.CANCELLED, version=F("version") + 1
    )
    requests_reduced.send(Request, requests=open_requests, at=at)
    return campaign


def check_not_stopped(campaign: Campaign) -> None:
    """Raise WrongState while a stop of the candidate is open. The caller has locked the campaign."""
    if find_open_stop(campaign) is not None:
        raise WrongState(_("The candidate has stopped this campaign. It goes on once a reviewer has spoken with them."))


def _check_version(campaign: Campaign, version: int | None) -> None:
    if version is not None and version != campaign.version:
        raise Stale(_("This campaign has changed since you loaded it. Load it again and check your decision."))


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
    """Count a registration in which all is right; raise Invalid when the account had as many as it may in a day.

    One that finds the candidate or the contest here counts as well. Else anybody could ask of each whether it is here.
    """
    limit = MAX_CAMPAIGNS_REGISTERED_PER_DAY
    if not count_request(f"registration_{user.pk}", limit=limit, seconds=ONE_DAY.total_seconds(), at=at).is_allowed:
        message = _("A person registers at most %(limit)s campaigns a day. Register the others tomorrow.")
        raise Invalid(message % {"limit": limit})


def notify_managers(kind: str, campaign: Campaign, *, at: datetime) -> None:
    """Enqueue a notice about the campaign to each of its managers."""
    _notify_users(kind, campaign, _manager_users(campaign), at=at)


def _manager_users(campaign: Campaign) -> "QuerySet[User]":
    return User.objects.filter(memberships__campaign=campaign, memberships__position=Member.Position.MANAGER)


def _notify_users(kind: str, campaign: Campaign, users: Iterable[User], *, at: datetime) -> None:
    for user in users:
        cause = f"{kind}:{campaign.public_id}:{user.pk}:{at:%Y%m%d%H%M}"
        enqueue_notice(to=user, kind=kind, cause=cause, subjects={"campaign": str(campaign.public_id)}, at=at)


def _get_or_create_contest(candidacy: Candidacy, references: CandidacyReferences) -> Contest:
    """Return the contest of a candidacy. Raises Invalid when it is here with other days or another level.

    A contest off the public list is here because of a campaign. So nothing stored replaces what was given, and the
    errors, which cost a registration, do not say what is stored.
    """
    contest, is_created = get_or_create_contest(
        identify_contest(candidacy, references.jurisdiction),
        level=candidacy.level,
        election_on=candidacy.election_on,
        primary_on=candidacy.primary_on,
    )
    # Of two spellings of a candidate that are registered at once the second one finds the first.
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if not is_created:
        check_same_contest(contest, candidacy.level, candidacy.election_on, candidacy.primary_on)
    return contest
