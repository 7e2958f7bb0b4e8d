"""One move of one match, by the table, and what always follows from it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from campaigns.models import Campaign, Member, Request, Seat
from core.accounts.queries import list_reviewers
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from core.task_queue import send_task_on_commit
from matching.actions.runs import refill
from matching.clocks import ends, half_way
from matching.models import Match, Veto
from matching.queries.answers import confirm_ends, offer_ends
from matching.queries.matches import active_policy, contact_of, editors
from matching.rules import REASONS, AutoReason, Side, State, Who, move, too_late
from volunteers.models import Volunteer

SWEEP = "matching.tasks.sweep"

_CLOCKS = ("due_at", "remind_at", "escalated_at", "objects_until")

Take = Callable[..., None]
Clock = dict[str, datetime | None]


def hold(match: Match, *, version: int | None = None) -> Match:
    """The row as it is now, locked until the transaction ends, after its request, seat and volunteer, in this order.

    Every move of a match begins here, so two moves that touch the same place or person wait for each other, and never
    in a circle. `version` is the one that the person saw, if given: Stale when it has changed since.
    """
    hold_all([match])
    now = (
        Match.objects.select_for_update(no_key=True, of=("self",))
        .select_related("request__campaign__candidate__contest", "seat__role", "volunteer__user")
        .get(pk=match.pk)
    )
    check_version(now, version)
    return now


def check_version(match: Match, version: int | None) -> None:
    """Raises Stale when the match is no longer at the version that somebody saw, if given."""
    if version is not None and match.version != version:
        raise Stale("Somebody has changed this since you loaded it. Load it again and decide anew.")


def hold_all(matches: Iterable[Match]) -> None:
    """Locks the requests, seats and volunteers of these matches, each in ascending order."""
    rows = list(matches)
    hold_rows(
        requests={match.request_id for match in rows},
        seats={match.seat_id for match in rows},
        volunteers={match.volunteer_id for match in rows},
    )


def hold_rows(*, requests: Iterable[int] = (), seats: Iterable[int] = (), volunteers: Iterable[int] = ()) -> None:
    """Locks these rows in the one order: requests, seats, volunteers, each ascending."""
    list(Request.objects.filter(pk__in=[*requests]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Seat.objects.filter(pk__in=[*seats]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Volunteer.objects.filter(pk__in=[*volunteers]).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def step(match: Match, verb: str, who: Who) -> Take:
    """What makes the move, with what it is to write: `step(match, "approve", Who.REVIEWER)(at=at)`.

    A move that frees a seat has somebody else found for it. Raises WrongState when the table has no such move from
    where the match is, and what it returns raises Invalid for a reason that is not among the verb's.
    """
    found = move(match.state, verb, who)
    if found is None:
        raise WrongState(too_late(match.state, verb))

    def take(*, at: datetime, reason: str = "", **written: object) -> None:
        _check_reason(verb, reason)
        clean: dict[str, object] = {"note": ""} | dict.fromkeys(_CLOCKS)
        Match.objects.filter(pk=match.pk).update(
            **(clean | written), state=found.next, moved_at=at, reason=reason, version=F("version") + 1
        )
        match.refresh_from_db(fields=[field.attname for field in Match._meta.concrete_fields])
        if found.frees:
            find_another(match, at=at)

    return take


def find_another(match: Match, *, at: datetime) -> None:
    """Has somebody else found for a seat that came free: an emergency asks the next ones, others are run anew."""
    if match.request.emergency:
        send_task_on_commit(SWEEP)
    elif not Match.objects.filter(seat=match.seat_id, state=State.OFFERED, raced=True).exists():
        refill(match.seat.role, at=at)


def offer(match: Match, *, at: datetime) -> None:
    """Puts the question to the volunteer: the offer's clock starts, and the notice is owed."""
    step(match, "offer", Who.TEAM)(at=at, offered_at=at, **offer_clock(match, at=at))
    tell(match.volunteer.user, "offer", match, at=at)


def race(match: Match, who: Who, *, at: datetime) -> None:
    """The same beside others: the offer holds nothing, and the first yes takes the place."""
    step(match, "race", who)(at=at, offered_at=at, raced=True, **offer_clock(match, at=at))
    tell(match.volunteer.user, "offer", match, at=at)


def offer_clock(match: Match, *, at: datetime) -> Clock:
    """The volunteer's clock for an answer, as a move writes it."""
    return reminded(match, at, offer_ends(match, at=at), match.volunteer.time_zone)


def confirm_clock(match: Match, *, at: datetime) -> Clock:
    """The campaign's clock for its answer to somebody's yes, as a move writes it."""
    return reminded(match, at, confirm_ends(match, at=at), match.request.time_zone)


def reminded(match: Match, at: datetime, end: datetime, zone: str) -> Clock:
    """A clock from `at` to `end` with a reminder half-way, to somebody who lives in `zone`; emergencies have none."""
    half = None if match.request.emergency else half_way(at, end, zone, urgent=match.request.urgent)
    return {"due_at": end, "remind_at": half}


def team_clock(match: Match, *, at: datetime) -> Clock:
    """How long somebody of a whole team waits for the others."""
    policy = active_policy()
    return {"due_at": ends(at, policy.team_hours, policy.time_zone), "remind_at": None}


def cancel(match: Match, reason: AutoReason, *, at: datetime) -> None:
    """Ends a match that has not begun because things around it changed. Who knew of it is told kindly."""
    knew = match.state in (State.OFFERED, State.ACCEPTED)
    verb = "release" if match.state == State.ACCEPTED else "cancel"
    step(match, verb, Who.TEAM)(at=at, reason=reason)
    if knew:
        tell(match.volunteer.user, "over", match, at=at)


def rule_out(match: Match, side: Side, *, actor: User, at: datetime) -> None:
    """One side of a match says never: the person is not proposed for this campaign again."""
    said = {"made_by": actor, "made_at": at}
    Veto.objects.get_or_create(volunteer=match.volunteer, campaign=match.request.campaign, side=side, defaults=said)


def tell(user: User | None, kind: str, match: Match, *, at: datetime, about: object = "") -> None:
    """Owes somebody word of what has just happened to a match, once for each of its versions; nobody, nothing.

    `about` tells apart what may happen several times to one version.
    """
    if user is not None:
        cause = f"{kind}:{match.public_id}:{match.version}:{user.pk}:{about}"
        enqueue_notice(to=user, kind=kind, cause=cause, subjects={"match": str(match.public_id)}, at=at)


def tell_campaign(kind: str, match: Match, *, at: datetime, about: object = "") -> None:
    """Owes word to whoever answers the request's volunteers."""
    tell(contact_of(match.request), kind, match, at=at, about=about)


def tell_reviewers(kind: str, match: Match, *, at: datetime, about: object = "") -> None:
    """Owes word to every reviewer."""
    for reviewer in list_reviewers():
        tell(reviewer, kind, match, at=at, about=about)


def page_reviewers(kind: str, request: Request, *, at: datetime) -> None:
    """Owes word about a request to every reviewer, once."""
    page(kind, request, list_reviewers(), at=at)


def page(kind: str, request: Request, people: Iterable[User], *, at: datetime) -> None:
    """Owes these people word about a request, once."""
    for one in people:
        subjects = {"request": str(request.public_id)}
        enqueue_notice(to=one, kind=kind, cause=f"{kind}:{request.public_id}:{one.pk}", subjects=subjects, at=at)


def their_match(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if it is put to this person. Raises NotAllowed."""
    if match.volunteer.user_id != actor.pk:
        raise NotAllowed("This offer was made to somebody else.")
    return hold(match, version=version)


def campaigns_match(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if this person acts for its campaign. Raises NotAllowed."""
    if not editors(match.request.campaign).filter(user=actor).exists():
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    return hold(match, version=version)


def reviewers_match(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if this person reviews and does not serve in the contest. Raises NotAllowed."""
    may_review(actor, match.request)
    return hold(match, version=version)


def may_review(actor: User, request: Request) -> None:
    """Raises NotAllowed unless this person reviews and has no part in the request's contest."""
    may_review_campaign(actor, request.campaign)


def may_review_campaign(actor: User, campaign: Campaign) -> None:
    """The same of a campaign."""
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers decide about matches.")
    contest = campaign.candidate.contest_id
    serves = Match.objects.filter(volunteer__user=actor, request__campaign__candidate__contest=contest)
    members = Member.objects.filter(user=actor, campaign__candidate__contest=contest)
    if serves.exclude(offered_at=None).exists() or members.exists():
        raise NotAllowed("You have a part in this contest yourself, so another reviewer decides.")


def fresh(volunteer: Volunteer, seat: Seat, parts: dict[str, int], *, at: datetime) -> dict[str, Any]:
    """The columns of a new match that no run proposed."""
    return {
        "volunteer": volunteer,
        "seat": seat,
        "request": seat.role.request,
        "parts": parts,
        "score": sum(parts.values()),
        "proposed_at": at,
        "moved_at": at,
    }


def _check_reason(verb: str, reason: str) -> None:
    known = REASONS.get(verb)
    if known is None or reason in known.values or reason in AutoReason.values:
        return
    raise Invalid(f"Choose one of these reasons: {', '.join(filter(None, known.values))}.", field="reason")
