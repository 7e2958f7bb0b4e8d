"""Store a generated problem as rows of PostgreSQL, to measure a full run.

Volunteers and campaigns are those of `benchmarks.instances`, as rows that a snapshot reads again. A contest has one
level, jurisdiction and election: those of the first of its requests.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

import numpy as np
from django.db import connection, models

from benchmarks.instances import FIRST_DAY, SKILL_COUNT, ProblemSize, generate_problem
from benchmarks.row_copies import copy_rows
from campaigns.models import Campaign, Candidate, Contest, Member, Request, RequestWindow, Role, Seat
from core.enums import OfficeLevel, OptionalAnswer, VettingArea
from core.models import Jurisdiction, Party, Skill, User
from matching.engine.problem import SLOTS, Bits, Int, Problem
from volunteers.models import AvailabilityWindow, SkillClaim, Vetting, Volunteer

LANGUAGE_CODES = ("en", "es", "fr")
FIRST_VOLUNTEER_ID = 10  # also of their accounts: above the reviewer's


def store_problem(size: ProblemSize, *, at: datetime) -> None:
    """Store the problem of this size and seed. Its first day is the day of `at`; a reviewer vets the volunteers."""
    problem = generate_problem(size)
    reviewer = User.objects.create_user("reviewer@example.org", is_staff=True)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # skips triggers and foreign-key checks
        skills = [*Skill.objects.filter(children=None).order_by("pk").values_list("pk", flat=True)[:SKILL_COUNT]]
        parties = [Party.objects.create(code=f"party-{number}", name=f"Party {number}").pk for number in range(2)]
        country = Jurisdiction.objects.filter(parent=None).order_by("pk")[0]
        jurisdictions = [country.pk, *country.children.order_by("pk").values_list("pk", flat=True)]
        _store_volunteers(problem, np.array(parties), np.array(jurisdictions), at)
        _store_skills_and_vetting(problem, np.array(skills), reviewer, at)
        _store_campaigns(problem, np.array(parties), np.array(jurisdictions), reviewer, at)
        _store_requests(problem, at)
        _store_roles(problem, np.array(skills))
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _store_volunteers(problem: Problem, parties: Int, jurisdictions: Int, at: datetime) -> None:
    count = problem.volunteers
    ids = np.arange(count) + FIRST_VOLUNTEER_ID
    copy_rows(
        User, count, id=ids, email=(f"v{number}@example.org" for number in range(count)), password="!", joined_at=at
    )
    levels = OfficeLevel.values
    copy_rows(
        Volunteer,
        count,
        id=ids,
        user_id=ids,
        adult=True,
        max_hours_per_week=problem.hours,
        max_projects=problem.projects,
        time_zone="UTC",
        languages=_named_bits(problem.languages, LANGUAGE_CODES),
        wants_to_lead=problem.leads,
        may_make_decisions=(
            OptionalAnswer.YES if is_allowed else OptionalAnswer.NO for is_allowed in problem.decides.tolist()
        ),
        levels=_named_bits(problem.levels, levels),
        restrict_to_levels=problem.level_only,
        restrict_to_parties=problem.party_only,
        restrict_to_jurisdictions=problem.place_only,
        waiting_since=_weeks_ago(problem.numbers_of("turn"), at),
        claimed_at=at,
        availability_confirmed_at=at,
    )
    for through, owner, links in (
        (Volunteer.parties.through, problem.party_volunteer, {"party_id": parties[problem.party]}),
        (Volunteer.jurisdictions.through, problem.place_volunteer, {"jurisdiction_id": jurisdictions[problem.place]}),
    ):
        copy_rows(through, len(owner), volunteer_id=ids[owner], **links)
    _store_windows(AvailabilityWindow, "volunteer_id", ids, problem.availability[:, 0])


def _store_skills_and_vetting(problem: Problem, skills: Int, reviewer: User, at: datetime) -> None:
    ids = np.arange(problem.volunteers) + FIRST_VOLUNTEER_ID
    copy_rows(
        SkillClaim,
        len(problem.claim_skill),
        volunteer_id=ids[problem.claim_volunteer],
        skill_id=skills[problem.claim_skill],
        level=problem.claim_level,
        wants_to_use=problem.numbers_of("wanted") > 0,
    )
    volunteer, area = np.nonzero(problem.vetted_until >= 0)
    until = at.date() + timedelta(days=int(problem.vetted_until.max(initial=FIRST_DAY)) - FIRST_DAY)
    areas = (VettingArea.values[index] for index in area.tolist())
    mark_fields = {"method": "call", "reviewer_id": reviewer.pk, "created_at": at, "valid_until": until}
    copy_rows(Vetting, len(volunteer), volunteer_id=ids[volunteer], area=areas, **mark_fields)


def _store_campaigns(problem: Problem, parties: Int, jurisdictions: Int, reviewer: User, at: datetime) -> None:
    campaigns, first_of_campaign = np.unique(problem.request_campaign, return_index=True)
    contests, first_of_contest = np.unique(problem.request_contest, return_index=True)
    copy_rows(
        Contest,
        len(contests),
        id=contests + 1,
        jurisdiction_id=jurisdictions[problem.request_place[first_of_contest]],
        level=(OfficeLevel.values[level] for level in problem.request_level[first_of_contest].tolist()),
        office=(f"Office {number}" for number in contests.tolist()),
        cycle=at.year,
        election_on=(
            at.date() + timedelta(weeks=weeks) for weeks in problem.numbers_of("election")[first_of_contest].tolist()
        ),
    )
    party = parties[problem.request_party[first_of_campaign]]
    contest = problem.request_contest[first_of_campaign] + 1
    names = [f"Candidate {number}" for number in campaigns.tolist()]
    copy_rows(Candidate, len(campaigns), id=campaigns + 1, contest_id=contest, party_id=party, name=names)
    verified = {"state": "verified", "verified_at": at, "verified_by_id": reviewer.pk, "created_at": at}
    copy_rows(Campaign, len(campaigns), id=campaigns + 1, candidate_id=campaigns + 1, name=names, **verified)
    managers = campaigns + 10_000_000
    emails = (f"m{number}@example.org" for number in campaigns.tolist())
    copy_rows(User, len(campaigns), id=managers, email=emails, password="!", joined_at=at)
    position = {"position": "manager", "since": at}
    copy_rows(Member, len(campaigns), id=campaigns + 1, campaign_id=campaigns + 1, user_id=managers, **position)


def _store_requests(problem: Problem, at: datetime) -> None:
    requests = problem.request_id + 1
    copy_rows(
        Request,
        len(requests),
        id=requests,
        campaign_id=problem.request_campaign + 1,
        contact_id=problem.request_campaign + 1,
        title=(f"Request {number}" for number in requests.tolist()),
        starts_on=(at.date() + timedelta(days=day - FIRST_DAY) for day in problem.request_first.tolist()),
        ends_on=(at.date() + timedelta(days=day - FIRST_DAY) for day in problem.request_last.tolist()),
        time_zone="UTC",
        priority=problem.numbers_of("priority"),
        state="published",
        created_at=at,
        published_at=_weeks_ago(problem.numbers_of("waiting"), at),
    )
    limited = np.flatnonzero(~(problem.work == ~np.uint64(0)).all(axis=(1, 2)))
    _store_windows(RequestWindow, "request_id", requests[limited], problem.work[limited, 0], kind="work")


def _store_roles(problem: Problem, skills: Int) -> None:
    roles = problem.role_id + 1
    copy_rows(
        Role,
        len(roles),
        id=roles,
        request_id=problem.request_id[problem.role_request] + 1,
        board_id=(uuid.uuid4() for _ in range(len(roles))),
        name=(f"Role {number}" for number in roles.tolist()),
        skill_id=skills[problem.role_skill],
        level=problem.role_level,
        hours_per_week=problem.role_hours,
        languages=_named_bits(problem.role_languages, LANGUAGE_CODES),
        is_lead=problem.role_leads,
        makes_decisions=problem.role_decides,
        vetted_for=("" if area < 0 else VettingArea.values[area] for area in problem.role_vetting.tolist()),
    )
    pair = np.unique(np.stack((problem.nice_role, problem.nice_skill), 1), axis=0)
    copy_rows(Role.nice_to_have_skills.through, len(pair), role_id=pair[:, 0] + 1, skill_id=skills[pair[:, 1]])
    role = np.repeat(np.arange(len(roles)), problem.role_seats)
    position = np.arange(len(role)) - np.repeat(np.cumsum(problem.role_seats) - problem.role_seats, problem.role_seats)
    copy_rows(Seat, len(role), id=np.arange(len(role)) + 1, role_id=roles[role], number=position + 1)


def _store_windows(model: type[models.Model], owner: str, ids: Int, words: Bits, **values: object) -> None:
    """Store the free stretches of each row of half-hours. Equal rows are frequent, so each is read once."""
    unique, row_of = np.unique(words, axis=0, return_inverse=True)
    stretches = [_free_stretches(row) for row in unique]
    counts = np.array([len(row) for row in stretches])
    rows = [window for row in row_of.tolist() for window in stretches[row]]
    weekday, starts, ends = zip(*rows, strict=True) if rows else ((), (), ())
    copy_rows(
        model, len(rows), weekday=weekday, starts=starts, ends=ends, **{owner: np.repeat(ids, counts[row_of])}, **values
    )


def _free_stretches(words: Bits) -> list[tuple[int, time, time]]:
    """Return weekday, start and end of each stretch of free half-hours.

    The week is a circle; no stretch is longer than a day.
    """
    free = np.unpackbits(words.view(np.uint8), bitorder="little")[:SLOTS]
    begins = np.flatnonzero((free > 0) & (np.roll(free, 1) == 0)).tolist()
    ends = ((np.flatnonzero((free > 0) & (np.roll(free, -1) == 0)) + 1) % SLOTS).tolist()
    last = {begin: min((end for end in ends if end > begin), default=ends[0]) for begin in begins}
    return [(begin // 48, _slot_time(begin), _slot_time(end)) for begin, end in last.items()]


def _slot_time(slot: int) -> time:
    return time(slot % 48 // 2, slot % 2 * 30)


def _weeks_ago(weeks: Int, at: datetime) -> Iterable[datetime]:
    return (at - timedelta(weeks=count) for count in weeks.tolist())


def _named_bits(bits: Bits, names: Sequence[str]) -> Iterable[list[str]]:
    return ([name for bit, name in enumerate(names) if mask >> bit & 1] for mask in bits.tolist())
