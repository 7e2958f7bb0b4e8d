"""Find alternates for a seat: volunteers who could take it. They are computed on request and never stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from campaigns.models import Member, Seat
from campaigns.queries import users_of_unverified_campaigns
from core.models import User
from core.reviewers import list_reviewers
from matching.engine.feasibility import Index, feasible, judge
from matching.engine.score import parts, worth
from matching.engine.shortlist import best
from matching.models import Match, Policy
from matching.rules.score_parts import PART_NAMES
from matching.rules.states import MatchState
from matching.snapshot.assembly import take_role_snapshot
from matching.snapshot.available_volunteers import available_volunteers, proposable_volunteers
from volunteers.models import Volunteer
from volunteers.queries import is_profile_of


@dataclass(frozen=True, slots=True)
class Alternate:
    """A volunteer who fits a seat, with the parts of the score that the pair would have."""

    volunteer: Volunteer
    score_parts: dict[str, int]


def broadcast_obstacle(seat: Seat, *, policy: Policy) -> str | None:
    """Return why an ordinary seat cannot be broadcast yet; None when it can."""
    declines = Match.objects.filter(seat=seat, state=MatchState.DECLINED).count()
    if declines >= policy.broadcast_after_declines:
        return None
    return ngettext(
        "A place is offered to several at once after %(needed)d no; so far: %(declines)d.",
        "A place is offered to several at once after %(needed)d noes; so far: %(declines)d.",
        policy.broadcast_after_declines,
    ) % {"needed": policy.broadcast_after_declines, "declines": declines}


def reviewer_profile_ids(user: User) -> list[int]:
    """Return the ids of a reviewer's own profile and of all reviewers', to leave them out.

    No reviewer decides about themselves, and none chooses another: see `check_may_choose`.
    """
    of_reviewers = Q(user__in=list_reviewers()) | is_profile_of(user)
    return list(Volunteer.objects.filter(of_reviewers).order_by("pk").values_list("pk", flat=True))


def find_alternates(
    seat: Seat,
    *,
    policy: Policy,
    at: datetime,
    most: int,
    among: Collection[int] | None = None,
    besides: Collection[int] = (),
) -> list[Alternate]:
    """Return the best `most` volunteers who could take this seat today, in addition to what they hold, best first.

    A seat that is taken or closed has none. An emergency considers only volunteers on call, even while they rest. It
    leaves out reviewers, people of the campaign, and those who act for a campaign that was never verified. `among`
    limits the search to these volunteer ids; `besides` excludes these.
    """
    emergency = seat.role.request.emergency
    people = _askable_in_emergency(seat, at=at) if emergency else proposable_volunteers(policy=policy, at=at)
    if among is not None:
        people = people.filter(pk__in=among)
    people = people.exclude(pk__in=besides)
    # A volunteer with an open offer waits for its end, but an offer of ordinary work does not block an emergency. One
    # who said yes in an emergency waits until they know for whom: before, they can say yes to nothing else.
    open_offers = Q(state=MatchState.OFFERED, request__emergency__in=(True, emergency))
    with_open_offer = Match.objects.filter(open_offers | Q(state=MatchState.ACCEPTED, request__emergency=True)).values(
        "volunteer"
    )
    snapshot = take_role_snapshot(seat, people.exclude(pk__in=with_open_offer), policy=policy, at=at)
    problem = snapshot.problem
    if not problem.roles or not problem.volunteers or seat.pk not in snapshot.seat_ids[0]:
        return []
    index = Index(problem)
    fit = feasible(index, 0)
    best_rows = fit.rows[best(worth(index, 0, fit), most)]
    table = parts(index, 0, judge(index, 0, best_rows))
    ids = problem.volunteer_id[best_rows].tolist()
    volunteer_by_id = Volunteer.objects.in_bulk(ids)
    return [
        Alternate(volunteer_by_id[pk], dict(zip(PART_NAMES, row, strict=True)))
        for pk, row in zip(ids, table.tolist(), strict=True)
    ]


def _askable_in_emergency(seat: Seat, *, at: datetime) -> "QuerySet[Volunteer]":
    # Reviewers read of each incident and of its campaign, and the offer must hide both from those who are asked. The
    # accounts and the mail of the campaign's own people may be in other hands.
    members = Member.objects.filter(campaign=seat.role.request.campaign_id)
    on_call = available_volunteers().filter(on_call=True, user__is_staff=False).exclude(user__in=members.values("user"))
    # Whatever its contest: else one of two people on call could register an opponent of the campaign that they suspect,
    # and they would learn from who of them is asked whether it is that one.
    return on_call.exclude(user__in=users_of_unverified_campaigns(at=at).values("pk"))
