"""Registering a campaign, verifying it, and ending it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from campaigns.models import Campaign, Candidate, Contest, Member, Request
from campaigns.rules import Candidacy
from campaigns.signals import campaign_verified, requests_reduced
from core.accounts.queries import list_reviewers
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import Jurisdiction, Party, User
from core.notifications.outbox import enqueue_notice


@transaction.atomic
def register_campaign(*, actor: User, standing: Candidacy, name: str, at: datetime) -> Campaign:
    """A candidate's organisation signs up, with `actor` as its manager. Until a reviewer verifies it, it sees nobody.

    Raises Invalid: an unknown place or party, an election that is over, a candidate who has a campaign here already.
    """
    if standing.election_on < at.date():
        raise Invalid("This election is over. Check its date.", field="election_on")
    if standing.primary_on and standing.primary_on > standing.election_on:
        raise Invalid("The primary comes before the election. Check both dates.", field="primary_on")
    candidate = _get_or_create_candidate(standing)
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(candidate=candidate, name=name, created_at=at)
    except IntegrityError as error:
        raise Invalid(
            "This candidate has a campaign here already. Ask its manager to invite you.", field="candidate"
        ) from error
    Member.objects.create(campaign=campaign, user=actor, position=Member.Position.MANAGER, since=at)
    _notify_users("to-verify", campaign, list_reviewers(), at=at)
    return campaign


@transaction.atomic
def verify_campaign(*, actor: User, campaign: Campaign, at: datetime) -> Campaign:
    """A reviewer has made sure who this is. From now on its published requests are matched.

    Raises NotAllowed, WrongState (verified before, or ended).
    """
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers verify campaigns.")
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if campaign.state != Campaign.State.UNVERIFIED:
        raise WrongState(f"This campaign is {campaign.get_state_display().lower()} already.")
    campaign.state, campaign.verified_by, campaign.verified_at = Campaign.State.VERIFIED, actor, at
    campaign.version += 1
    campaign.save()
    _notify_users("verified", campaign, _manager_users(campaign), at=at)
    campaign_verified.send(Campaign, campaign=campaign, at=at)
    return campaign


def pause_campaign(*, campaign: Campaign, at: datetime) -> None:
    """A campaign that leaves people without an answer gets no new offers; told to stop twice, it stops once."""
    if Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(paused_at=at, version=F("version") + 1):
        _notify_users("paused", campaign, _manager_users(campaign), at=at)


def resume_campaign(*, actor: User, campaign: Campaign) -> Campaign:
    """A reviewer has spoken with the campaign: it gets offers again. Raises NotAllowed, WrongState (not paused)."""
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers let a campaign go on.")
    paused = Campaign.objects.filter(pk=campaign.pk, paused_at__isnull=False)
    if not paused.update(paused_at=None, version=F("version") + 1):
        raise WrongState("This campaign gets offers already.")
    campaign.refresh_from_db()
    return campaign


@transaction.atomic
def end_campaign(*, actor: User, campaign: Campaign, at: datetime, version: int | None = None) -> Campaign:
    """The campaign is over early: a lost primary, a candidate who gives up. Its manager or a reviewer says so.

    Its requests are called off: whoever was asked or has said yes is told, and work that has begun is handed over.
    Raises NotAllowed, Stale, WrongState (ended before).
    """
    # Requests are locked before the campaign, as by everybody who locks both.
    requests = list(
        Request.objects.filter(campaign=campaign, state__in=(Request.State.DRAFT, Request.State.PUBLISHED))
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if not (actor.is_reviewer or campaign.members.filter(user=actor, position=Member.Position.MANAGER).exists()):
        raise NotAllowed("Only this campaign's manager or a reviewer can say that it is over.")
    if version is not None and version != campaign.version:
        raise Stale("Somebody has changed this campaign since you loaded it. Load it again and decide anew.")
    if campaign.state == Campaign.State.ENDED:
        raise WrongState("This campaign is ended already.")
    campaign.state = Campaign.State.ENDED
    campaign.version += 1
    campaign.save()
    Request.objects.filter(pk__in=[request.pk for request in requests]).update(
        state=Request.State.CANCELLED, version=F("version") + 1
    )
    requests_reduced.send(Request, requests=requests, at=at)
    return campaign


def _manager_users(campaign: Campaign) -> "QuerySet[User]":
    return User.objects.filter(memberships__campaign=campaign, memberships__position=Member.Position.MANAGER)


def _notify_users(kind: str, campaign: Campaign, people: Iterable[User], *, at: datetime) -> None:
    for one in people:
        cause = f"{kind}:{campaign.public_id}:{one.pk}:{at:%Y%m%d%H%M}"
        enqueue_notice(to=one, kind=kind, cause=cause, subjects={"campaign": str(campaign.public_id)}, at=at)


def _get_or_create_candidate(standing: Candidacy) -> Candidate:
    place = Jurisdiction.objects.filter(code=standing.jurisdiction).first()
    if place is None:
        raise Invalid(
            f"“{standing.jurisdiction}” is not a place we know. Give a code like “US-WA”.", field="jurisdiction"
        )
    party = Party.objects.filter(code=standing.party).first()
    if standing.party and party is None:
        raise Invalid(f"“{standing.party}” is not a party we know yet. Ask us to add it.", field="party")
    contest, _ = Contest.objects.get_or_create(
        jurisdiction=place,
        office=standing.office,
        district=standing.district,
        cycle=standing.election_on.year,
        special=standing.special,
        defaults={
            "level": standing.level,
            "election_on": standing.election_on,
            "primary_on": standing.primary_on,
        },
    )
    candidate, _ = Candidate.objects.get_or_create(contest=contest, name=standing.candidate, defaults={"party": party})
    return candidate
