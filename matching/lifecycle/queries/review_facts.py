"""Read what is judged about the teams of proposals, in a constant number of statements."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from campaigns.models import Role, Seat
from core.conflict_of_interest import no_part_in_contest
from core.enums import OptionalAnswer
from core.models import User
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH
from matching.models import HOLDS_SEAT, Match
from matching.rules.review_flags import (
    ProposalFacts,
    RaisedFlag,
    TeamFacts,
    Work,
    find_busiest_time,
    judge_team,
)
from matching.rules.states import STATES_WORK_DONE, MatchState
from volunteers.models import LevelQuestion

NEW_CAMPAIGN_FOR = timedelta(days=14)
MAX_ACCOUNTS_OF_COMPANY = 20
"""More people than that have a domain which is a provider's, and tells nothing of where they work."""


@dataclass(frozen=True, slots=True)
class ReviewTeam:
    """The proposals of one request, as a reviewer finds them in the queue."""

    request_pk: int
    request_id: UUID
    title: str
    campaign: str
    proposal_count: int
    place_count: int
    """Its open places, those that people hold included."""
    filled_count: int
    """How many of these are held already."""
    due_at: datetime | None
    """When the earliest review of its proposals is due."""
    match_ids: tuple[UUID, ...]
    match_versions: tuple[int, ...]
    flags: list[RaisedFlag] = field(default_factory=list)


_COLUMNS = (
    *("public_id", "version", "request_id", "volunteer_id", "proposed_at", "due_at"),
    *("request__public_id", "request__title", "request__terms_changed_at", "request__campaign__name"),
    *("request__campaign__verified_at", "seat__role_id", "seat__role__vetted_for", "seat__role__makes_decisions"),
    *(
        "request__starts_on",
        "request__ends_on",
        "seat__role__skill_id",
        "volunteer__may_make_decisions",
        "volunteer__job_restricts",
    ),
    *("volunteer__availability_confirmed_at", "volunteer__max_hours_per_week", "volunteer__max_projects"),
    *("volunteer__user__email",),
)


def list_teams_of(proposals: "QuerySet[Match]", *, reader: User, at: datetime) -> list[ReviewTeam]:
    """Return the teams of these proposals with their flags, in the order of their clocks."""
    rows = [
        dict(zip(_COLUMNS, values, strict=True))
        for values in proposals.order_by("request_id", "seat__role__order", "seat__number", "pk").values_list(*_COLUMNS)
    ]
    by_request: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_request[row["request_id"]].append(row)
    read = _Read(proposals, by_request.keys(), reader)
    teams = [_build_team(pk, members, read, at) for pk, members in by_request.items()]
    far = at + timedelta(days=3650)
    return sorted(teams, key=lambda team: (team.due_at or far, team.request_pk))


class _Read:
    """What is read once for all teams."""

    def __init__(self, proposals: "QuerySet[Match]", requests: Collection[int], reader: User) -> None:
        volunteers = proposals.order_by().values("volunteer")
        live = Match.objects.filter(HOLDS_SEAT | Q(state=MatchState.PROPOSED), volunteer__in=volunteers)
        # A reader with a part in a contest learns nothing of what a person does there.
        live = live.filter(no_part_in_contest(reader, CONTEST_OF_MATCH))
        work = "request_id", "request__starts_on", "request__ends_on", "seat__role__hours_per_week"
        self.work: dict[int, list[Work]] = defaultdict(list)
        for volunteer, *columns in live.order_by().values_list("volunteer", *work):
            self.work[volunteer].append(Work(*columns))
        questions = LevelQuestion.objects.filter(volunteer__in=volunteers, answered_at=None)
        self.asked = set(questions.values_list("volunteer_id", "skill_id"))
        self.twins = _find_twins()
        self.domains = _count_domains()
        seats = Seat.objects.filter(role__request__in=requests, closed_at=None).order_by()
        held = Q(matches__in=Match.objects.filter(HOLDS_SEAT | Q(state__in=STATES_WORK_DONE)))
        counts = seats.values(request=F("role__request")).annotate(
            places=Count("pk", distinct=True), held=Count("pk", filter=held, distinct=True)
        )
        self.places = {row["request"]: (row["places"], row["held"]) for row in counts}
        leads = Role.objects.filter(request__in=requests, is_lead=True, seats__closed_at=None).order_by()
        present = Match.objects.filter(HOLDS_SEAT | Q(state=MatchState.PROPOSED), request__in=requests)
        led = set(present.filter(seat__role__is_lead=True).values_list("request_id", flat=True))
        self.without_lead = set(leads.values_list("request_id", flat=True)) - led


def _build_team(request_pk: int, members: list[dict[str, Any]], read: _Read, at: datetime) -> ReviewTeam:
    first = members[0]
    verified_at, changed_at = first["request__campaign__verified_at"], first["request__terms_changed_at"]
    facts = TeamFacts(
        [_build_facts(row, read) for row in members],
        lacks_lead=request_pk in read.without_lead,
        is_campaign_new=verified_at is not None and verified_at > at - NEW_CAMPAIGN_FOR,
        has_place_changed=changed_at is not None and any(changed_at > row["proposed_at"] for row in members),
    )
    places, held = read.places.get(request_pk, (0, 0))
    return ReviewTeam(
        request_pk=request_pk,
        request_id=first["request__public_id"],
        title=first["request__title"],
        campaign=first["request__campaign__name"],
        proposal_count=len(members),
        place_count=places,
        filled_count=held,
        due_at=min((row["due_at"] for row in members if row["due_at"]), default=None),
        match_ids=tuple(row["public_id"] for row in members),
        match_versions=tuple(row["version"] for row in members),
        flags=judge_team(facts),
    )


def _build_facts(row: dict[str, Any], read: _Read) -> ProposalFacts:
    work = read.work[row["volunteer_id"]]
    hours, projects = find_busiest_time(work, row["request__starts_on"], row["request__ends_on"])
    confirmed_at = row["volunteer__availability_confirmed_at"]
    domain = (row["volunteer__user__email"] or "").rpartition("@")[2]
    return ProposalFacts(
        match_id=row["public_id"],
        is_vetted_work=bool(row["seat__role__vetted_for"]),
        makes_decisions=row["seat__role__makes_decisions"],
        may_decide=row["volunteer__may_make_decisions"] == OptionalAnswer.YES,
        job_restricts=row["volunteer__job_restricts"] == OptionalAnswer.YES,
        has_twin=row["volunteer_id"] in read.twins,
        is_level_asked=(row["volunteer_id"], row["seat__role__skill_id"]) in read.asked,
        has_changed=confirmed_at is not None and confirmed_at > row["proposed_at"],
        hours_taken=hours,
        hours_offered=row["volunteer__max_hours_per_week"],
        projects_taken=projects,
        projects_offered=row["volunteer__max_projects"],
        company=domain if 0 < read.domains[domain] <= MAX_ACCOUNTS_OF_COMPANY else "",
    )


def _find_twins() -> set[int]:
    """Return the ids of volunteers who share a contact, or a mailbox but for dots and what follows a plus."""
    statement = """
        WITH marks AS (
            SELECT volunteer.id, 'c' || lower(btrim(volunteer.contact)) AS mark
            FROM volunteers_volunteer AS volunteer WHERE btrim(volunteer.contact) <> '' AND volunteer.state <> 'left'
            UNION ALL
            SELECT volunteer.id, 'm' || replace(split_part(split_part(account.email, '@', 1), '+', 1), '.', '')
                || '@' || split_part(account.email, '@', 2)
            FROM volunteers_volunteer AS volunteer JOIN core_user AS account ON account.id = volunteer.user_id
            WHERE volunteer.state <> 'left'
        )
        SELECT id FROM marks WHERE mark IN (SELECT mark FROM marks GROUP BY mark HAVING count(DISTINCT id) > 1)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {pk for (pk,) in cursor.fetchall()}


def _count_domains() -> Counter[str]:
    """Count the volunteers' accounts by the domain of their address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(account.email, '@', 2), count(*) FROM core_user AS account "
            "JOIN volunteers_volunteer AS volunteer ON volunteer.user_id = account.id GROUP BY 1"
        )
        return Counter(dict(cursor.fetchall()))


def find_team_of(request_pk: int, *, reader: User, at: datetime) -> ReviewTeam | None:
    """Return the team of a request's proposals; None where it has none."""
    teams = list_teams_of(Match.objects.filter(request=request_pk, state=MatchState.PROPOSED), reader=reader, at=at)
    return teams[0] if teams else None


def needs_second_reviewer(match: Match) -> bool:
    """Return whether a proposal has a flag for which one reviewer is not enough."""
    if match.request.emergency:
        return False
    return bool(match.seat.role.vetted_for) or match.volunteer_id in _find_twins()
