"""What the candidate reads and does by their link, and where their campaign stands with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from campaigns.link_tokens import hash_link_token
from campaigns.models import Campaign, CandidateLink, CandidateStop, ReplacedCandidateLink, Request
from core.conflict_of_interest import no_part_in_contest
from core.models import User

MAX_REQUESTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CandidateStanding:
    """Where a campaign stands with its candidate: the link that was sent, and the latest stop. Either may be missing.

    `stop` is open, or the latest that a reviewer closed.
    """

    link: CandidateLink | None
    stop: CandidateStop | None

    @property
    def open_stop(self) -> CandidateStop | None:
        """Return the stop that waits for a reviewer's call."""
        return self.stop if self.stop is not None and self.stop.handled_at is None else None


def find_candidate_link(token: str) -> CandidateLink | None:
    """Return the candidate's link with this token while its campaign goes on, else None."""
    link = find_link_of_any_campaign(token)
    return None if link is None or link.campaign.state == Campaign.State.ENDED else link


def find_link_of_any_campaign(token: str) -> CandidateLink | None:
    """Return the candidate's link with this token, also when its campaign is over; else None."""
    links = CandidateLink.objects.filter(token_digest=hash_link_token(token.strip()))
    return links.select_related("campaign__candidate__contest").first()


def find_replacement(token: str) -> datetime | None:
    """Return when a newer letter was sent, if it has replaced the link with this token; else None.

    It says nothing else: the old letter may have gone to a wrong address.
    """
    old = ReplacedCandidateLink.objects.filter(token_digest=hash_link_token(token.strip())).first()
    if old is None:
        return None
    newest = CandidateLink.objects.filter(campaign=old.campaign_id).values_list("created_at", flat=True).first()
    return newest or old.replaced_at


def find_candidate_standing(campaign: Campaign) -> CandidateStanding:
    """Return where a campaign stands with its candidate."""
    return CandidateStanding(CandidateLink.objects.filter(campaign=campaign).first(), find_latest_stop(campaign))


def has_candidate_agreed(campaign: Campaign) -> bool:
    """Return whether the candidate has said yes with the latest link that was sent to them."""
    return CandidateLink.objects.filter(campaign=campaign, consented_at__isnull=False).exists()


def find_latest_stop(campaign: Campaign) -> CandidateStop | None:
    """Return the open stop of a campaign, or the one that was closed last; None without any."""
    return CandidateStop.objects.filter(campaign=campaign).order_by("-stopped_at", "-pk").first()


def find_open_stop(campaign: Campaign) -> CandidateStop | None:
    """Return the stop of a campaign that waits for a reviewer's call, or None."""
    return CandidateStop.objects.filter(campaign=campaign, handled_at=None).first()


def list_stopped_ids(campaign_ids: Iterable[int]) -> set[int]:
    """Return the keys of those of the campaigns that the candidate has stopped, and for which a call is to come."""
    return set(
        CandidateStop.objects.filter(campaign__in=campaign_ids, handled_at=None).values_list("campaign_id", flat=True)
    )


def has_ever_published(campaign: Campaign) -> bool:
    """Return whether the campaign ever published a project, so that a stop had something to call off."""
    return Request.objects.filter(campaign=campaign, published_at__isnull=False).exists()


def with_open_stop(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Return the same campaigns with `stopped_at` and `stop_answer_due_at` of an open stop, or None in each."""
    stops = CandidateStop.objects.filter(campaign=OuterRef("pk"), handled_at=None)
    return campaigns.annotate(
        stopped_at=Subquery(stops.values("stopped_at")), stop_answer_due_at=Subquery(stops.values("answer_due_at"))
    )


def stops_visible_to(user: User) -> QuerySet[CandidateStop]:
    """Return the stops outside the contests in which the reviewer has a part, the most urgent first."""
    stops = CandidateStop.objects.filter(no_part_in_contest(user, "campaign__candidate__contest"))
    return stops.select_related("campaign").order_by("answer_due_at", "pk")


def list_requests_in_name(campaign: Campaign) -> QuerySet[Request]:
    """Return what was ever asked for in the candidate's name, the latest first.

    The annotation `people` counts those who are asked for. It says nothing of those who came.
    """
    asked = Request.objects.filter(campaign=campaign, published_at__isnull=False)
    people = Count("roles__seats", filter=Q(roles__seats__closed_at=None))
    return asked.annotate(people=people).order_by("-published_at", "-pk")
