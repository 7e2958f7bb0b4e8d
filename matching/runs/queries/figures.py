"""How matching is doing, for the start page of reviewers: people, seats, skills to recruit for, and the last runs.

A count of people under five is not told. Nothing tells a reviewer of a contest in which they have a part: seats of it
are left out, and counts of all people are missing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.core.cache import caches
from django.db.models import Count, Exists, Min, OuterRef, Q, Sum

from campaigns.models import Request, Seat
from core.conflict_of_interest import has_any_part, no_part_in_contest
from core.models import Notice, User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import HOLDS_SEAT, Match, Policy, Run
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_NOT_OVER, STATES_WORK_DONE, MatchState
from matching.runs.queries.outcomes import list_scarce_skills
from matching.runs.queries.runs import runs_visible_to
from matching.runs.queries.willing_volunteers import available_strangers

FEWEST_PEOPLE_TOLD = 5
FIRST_ANSWER_DAYS = 90
"""The first answers to people who joined in so many days are looked at."""

MAX_SKILLS = 12
MAX_ELECTION_DAYS = 12
MAX_RECRUITED_SKILLS = 8
MAX_RUNS = 5

_CONTEST_OF_SEAT = "role__request__campaign__candidate__contest"
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """How people are served. A count is None where it, or what it is a part of, would tell of fewer than five."""

    reachable_count: int | None
    reached_count: int | None
    offered_hours: int | None
    used_hours: int | None
    answered_count: int | None
    median_answer_days: float | None

    @property
    def idle_share(self) -> float | None:
        """The share of the offered hours that no proposal, offer or project uses."""
        if not self.offered_hours or self.used_hours is None:
            return None
        return max(0.0, 1 - self.used_hours / self.offered_hours)


@dataclass(frozen=True, slots=True)
class SkillSeats:
    """The seats of a skill that published requests ask for, and how many of these no one holds."""

    skill: str
    name: str
    asked_count: int
    empty_count: int


@dataclass(frozen=True, slots=True)
class ElectionSeats:
    """The same by the day of the election; `election_on` is None for all days after those that are listed."""

    election_on: date | None
    asked_count: int
    empty_count: int


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """Seats of published requests that are not over, without emergencies. A proposed seat is empty still."""

    asked_count: int
    filled_count: int
    proposed_count: int
    by_skill: Sequence[SkillSeats]
    by_election: Sequence[ElectionSeats]

    @property
    def empty_count(self) -> int:
        """The seats that no one holds."""
        return self.asked_count - self.filled_count


@dataclass(frozen=True, slots=True)
class RecruitedSkill:
    """A skill of which one more volunteer would add points, most of all one who is free on `weekday` (0: Monday)."""

    skill: str
    name: str
    weekday: int
    points_added: int
    empty_count: int


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """Everything. `people` is None for a reviewer with a part in any contest."""

    people: PeopleFigures | None
    seats: SeatFigures
    recruited_skills: Sequence[RecruitedSkill]
    runs: Sequence[Run]


def read_desk_figures(user: User, *, at: datetime) -> DeskFigures:
    """Return how matching is doing, as far as this reviewer may know."""
    return DeskFigures(
        people=None if has_any_part(user) else _read_people(get_active_policy(), at=at),
        seats=_read_seats(user, at=at),
        recruited_skills=_find_recruited_skills(user),
        runs=list(runs_visible_to(user).order_by("-requested_at")[:MAX_RUNS]),
    )


def _read_people(policy: Policy, *, at: datetime) -> PeopleFigures:
    reachable = available_strangers(policy=policy, at=at)
    matched = Exists(Match.objects.filter(volunteer=OuterRef("pk"), state__in=STATES_NOT_OVER))
    counts = reachable.annotate(is_matched=matched).aggregate(
        people=Count("pk"), reached=Count("pk", filter=Q(is_matched=True)), hours=Sum("max_hours_per_week", default=0)
    )
    using = Match.objects.filter(HOLDS_SEAT | Q(state=MatchState.PROPOSED), volunteer__in=reachable.values("pk"))
    used = using.aggregate(hours=Sum("seat__role__hours_per_week", default=0), people=Count("volunteer", distinct=True))
    answer_days = _list_answer_days(since=at - timedelta(days=FIRST_ANSWER_DAYS))
    is_told = counts["people"] >= FEWEST_PEOPLE_TOLD
    answers_are_told = len(answer_days) >= FEWEST_PEOPLE_TOLD
    return PeopleFigures(
        reachable_count=counts["people"] if is_told else None,
        reached_count=counts["reached"] if counts["reached"] >= FEWEST_PEOPLE_TOLD else None,
        offered_hours=counts["hours"] if is_told else None,
        used_hours=used["hours"] if is_told and used["people"] >= FEWEST_PEOPLE_TOLD else None,
        answered_count=len(answer_days) if answers_are_told else None,
        median_answer_days=round(median(answer_days), 1) if answers_are_told else None,
    )


def _list_answer_days(*, since: datetime) -> list[float]:
    """Return for each person who joined since then how many days their first answer took, if they have one.

    An answer is an offer, or the letter that says why there is none yet.
    """
    offers = Match.objects.filter(offered_at__isnull=False, volunteer__claimed_at__gt=since)
    letters = Notice.objects.filter(kind=MatchingNotice.NO_MATCH_YET, recipient__volunteer__claimed_at__gt=since)
    first_answers: dict[int, datetime] = {}
    joined: dict[int, datetime] = {}
    for rows in (
        offers.order_by().values_list("volunteer_id", "volunteer__claimed_at").annotate(first=Min("offered_at")),
        letters.order_by()
        .values_list("recipient__volunteer", "recipient__volunteer__claimed_at")
        .annotate(first=Min("created_at")),
    ):
        for person, claimed_at, answered_at in rows:
            joined[person] = claimed_at
            first_answers[person] = min(answered_at, first_answers.get(person, answered_at))
    waits = (first_answers[person] - joined[person] for person in joined)
    return [max(0.0, wait / timedelta(days=1)) for wait in waits]


def _read_seats(user: User, *, at: datetime) -> SeatFigures:
    holders = Match.objects.filter(HOLDS_SEAT | Q(state__in=STATES_WORK_DONE), seat=OuterRef("pk"))
    proposals = Match.objects.filter(state=MatchState.PROPOSED, seat=OuterRef("pk"))
    seats = Seat.objects.filter(
        no_part_in_contest(user, _CONTEST_OF_SEAT),
        closed_at=None,
        role__request__state=Request.State.PUBLISHED,
        role__request__emergency=False,
        role__request__ends_on__gte=at.date(),
        role__request__campaign__state="verified",
    ).annotate(is_filled=Exists(holders), is_proposed=Exists(proposals))
    rows = list(
        seats.order_by()
        .values_list("role__skill__code", "role__skill__name", f"{_CONTEST_OF_SEAT}__election_on")
        .annotate(
            asked=Count("pk"),
            filled=Count("pk", filter=Q(is_filled=True)),
            proposed=Count("pk", filter=Q(is_proposed=True, is_filled=False)),
        )
    )
    by_skill: dict[tuple[str, str], Counter[str]] = {}
    by_election: dict[date, Counter[str]] = {}
    for code, name, election_on, asked, filled, _proposed in rows:
        counts = {"asked": asked, "empty": asked - filled}
        by_skill.setdefault((code, name), Counter()).update(counts)
        by_election.setdefault(election_on, Counter()).update(counts)
    emptiest = sorted(by_skill.items(), key=lambda item: (-item[1]["empty"], item[0][1]))
    return SeatFigures(
        asked_count=sum(row[3] for row in rows),
        filled_count=sum(row[4] for row in rows),
        proposed_count=sum(row[5] for row in rows),
        by_skill=[
            SkillSeats(code, name, counts["asked"], counts["empty"])
            for (code, name), counts in emptiest[:MAX_SKILLS]
            if counts["empty"]
        ],
        by_election=_list_election_seats(sorted(by_election.items())),
    )


def _list_election_seats(days: Sequence[tuple[date, Counter[str]]]) -> list[ElectionSeats]:
    """Return the seats of the next election days, and at last those of all later days together."""
    rows = [ElectionSeats(day, counts["asked"], counts["empty"]) for day, counts in days[:MAX_ELECTION_DAYS]]
    later = [counts for _day, counts in days[MAX_ELECTION_DAYS:]]
    if later:
        rows.append(ElectionSeats(None, sum(each["asked"] for each in later), sum(each["empty"] for each in later)))
    return rows


def _find_recruited_skills(user: User) -> list[RecruitedSkill]:
    """Return the scarcest skills of the last full run that the user may see, each once, the most wanted first.

    The arrays of a run take a while to read, so what was found is stored in the process.
    """
    run = runs_visible_to(user).filter(state=Run.State.DONE, is_limited=False).order_by("-finished_at").first()
    if run is None:
        return []
    key, kept = f"recruited:{run.pk}", caches["explanations"]
    found: list[RecruitedSkill] | None = kept.get(key)
    if found is None:
        found = _list_scarcest(run)
        kept.set(key, found, timeout=_KEPT_SECONDS)
    return found


def _list_scarcest(run: Run) -> list[RecruitedSkill]:
    scarcest: dict[str, RecruitedSkill] = {}
    for scarce, skill in list_scarce_skills(run) or ():
        row = RecruitedSkill(skill.code, skill.name, scarce.weekday, scarce.worth, scarce.seats)
        scarcest.setdefault(skill.code, row)
    return list(scarcest.values())[:MAX_RECRUITED_SKILLS]
