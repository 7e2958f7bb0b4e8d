"""A generated problem as rows of PostgreSQL: what a run over everything is measured with.

People and campaigns are those of `benchmarks.instances`, as rows that a snapshot reads again. A contest has one level,
place and election, those of the first of its requests.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, cast

import numpy as np
from django.db import connection, models

from benchmarks.instances import FIRST_DAY, SKILL_COUNT, ProblemSize, generate_problem
from campaigns.models import Campaign, Candidate, Contest, Member, Request, RequestWindow, Role, Seat
from core.enums import OfficeLevel, OptionalAnswer, VettingArea
from core.models import Jurisdiction, Party, Skill, User
from matching.engine.problem import SLOTS, Bits, Int, Problem
from volunteers.models import AvailabilityWindow, SkillClaim, Vetting, Volunteer

COPY_BLOCK_ROWS = 50_000  # rows that are sent at once
LANGUAGE_CODES = ("en", "es", "fr")


def store_problem(size: ProblemSize, *, at: datetime) -> None:
    """Stores the problem of this size and seed, its first day being the day of `at`; a reviewer has vetted people."""
    made = generate_problem(size)
    reviewer = User.objects.create_user("reviewer@example.org", is_staff=True)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # neither triggers nor a look at every foreign key
        skills = [*Skill.objects.filter(children=None).order_by("pk").values_list("pk", flat=True)[:SKILL_COUNT]]
        parties = [Party.objects.create(code=f"party-{one}", name=f"Party {one}").pk for one in range(2)]
        country = Jurisdiction.objects.filter(parent=None).order_by("pk")[0]
        places = [country.pk, *country.children.order_by("pk").values_list("pk", flat=True)]
        _store_volunteers(made, np.array(skills), np.array(parties), np.array(places), reviewer, at)
        _store_campaigns(made, np.array(parties), np.array(places), reviewer, at)
        _store_requests(made, at)
        _store_roles(made, np.array(skills))
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _store_volunteers(made: Problem, skills: Int, parties: Int, places: Int, reviewer: User, at: datetime) -> None:
    count = made.volunteers
    ids = np.arange(count) + 10
    _copy_rows(User, count, id=ids, email=(f"v{one}@example.org" for one in range(count)), password="!", joined_at=at)
    levels = OfficeLevel.values
    _copy_rows(
        Volunteer,
        count,
        id=ids,
        user_id=ids,
        adult=True,
        hours=made.hours,
        projects=made.projects,
        time_zone="UTC",
        languages=_named_bits(made.languages, LANGUAGE_CODES),
        wants_to_lead=made.leads,
        may_make_decisions=(OptionalAnswer.YES if may else OptionalAnswer.NO for may in made.decides.tolist()),
        levels=_named_bits(made.levels, levels),
        restrict_to_levels=made.level_only,
        restrict_to_parties=made.party_only,
        restrict_to_jurisdictions=made.place_only,
        waiting_since=_weeks_ago(made.turn_weeks, at),
        claimed_at=at,
        availability_confirmed_at=at,
    )
    _copy_rows(
        SkillClaim,
        len(made.claim_skill),
        volunteer_id=ids[made.claim_volunteer],
        skill_id=skills[made.claim_skill],
        level=made.claim_level,
        wanted=made.claim_wanted,
    )
    for through, owner, named in (
        (Volunteer.parties.through, made.party_volunteer, {"party_id": parties[made.party]}),
        (Volunteer.jurisdictions.through, made.place_volunteer, {"jurisdiction_id": places[made.place]}),
    ):
        _copy_rows(through, len(owner), volunteer_id=ids[owner], **named)
    who, area = np.nonzero(made.vetted_until >= 0)
    until = at.date() + timedelta(days=int(made.vetted_until.max(initial=FIRST_DAY)) - FIRST_DAY)
    areas = (VettingArea.values[each] for each in area.tolist())
    told = {"method": "call", "reviewer_id": reviewer.pk, "made_at": at, "until": until}
    _copy_rows(Vetting, len(who), volunteer_id=ids[who], area=areas, **told)
    _store_windows(AvailabilityWindow, "volunteer_id", ids, made.availability[:, 0])


def _store_campaigns(made: Problem, parties: Int, places: Int, reviewer: User, at: datetime) -> None:
    campaigns, first = np.unique(made.request_campaign, return_index=True)
    contests, opens = np.unique(made.request_contest, return_index=True)
    _copy_rows(
        Contest,
        len(contests),
        id=contests + 1,
        jurisdiction_id=places[made.request_place[opens]],
        level=(OfficeLevel.values[level] for level in made.request_level[opens].tolist()),
        office=(f"Office {one}" for one in contests.tolist()),
        cycle=at.year,
        election_on=(at.date() + timedelta(weeks=weeks) for weeks in made.election_weeks[opens].tolist()),
    )
    party = parties[made.request_party[first]]
    contest = made.request_contest[first] + 1
    names = [f"Candidate {one}" for one in campaigns.tolist()]
    _copy_rows(Candidate, len(campaigns), id=campaigns + 1, contest_id=contest, party_id=party, name=names)
    verified = {"state": "verified", "verified_at": at, "verified_by_id": reviewer.pk, "created_at": at}
    _copy_rows(Campaign, len(campaigns), id=campaigns + 1, candidate_id=campaigns + 1, name=names, **verified)
    managers = campaigns + 10_000_000
    emails = (f"m{one}@example.org" for one in campaigns.tolist())
    _copy_rows(User, len(campaigns), id=managers, email=emails, password="!", joined_at=at)
    position = {"position": "manager", "since": at}
    _copy_rows(Member, len(campaigns), id=campaigns + 1, campaign_id=campaigns + 1, user_id=managers, **position)


def _store_requests(made: Problem, at: datetime) -> None:
    requests = made.request_id + 1
    _copy_rows(
        Request,
        len(requests),
        id=requests,
        campaign_id=made.request_campaign + 1,
        contact_id=made.request_campaign + 1,
        title=(f"Request {one}" for one in requests.tolist()),
        starts_on=(at.date() + timedelta(days=day - FIRST_DAY) for day in made.request_first.tolist()),
        ends_on=(at.date() + timedelta(days=day - FIRST_DAY) for day in made.request_last.tolist()),
        time_zone="UTC",
        priority=made.request_priority,
        state="published",
        created_at=at,
        published_at=_weeks_ago(made.waiting_weeks, at),
    )
    some = np.flatnonzero(~(made.work == ~np.uint64(0)).all(axis=(1, 2)))
    _store_windows(RequestWindow, "request_id", requests[some], made.work[some, 0], kind="work")


def _store_roles(made: Problem, skills: Int) -> None:
    roles = made.role_id + 1
    _copy_rows(
        Role,
        len(roles),
        id=roles,
        request_id=made.request_id[made.role_request] + 1,
        name=(f"Role {one}" for one in roles.tolist()),
        skill_id=skills[made.role_skill],
        level=made.role_level,
        hours=made.role_hours,
        languages=_named_bits(made.role_languages, LANGUAGE_CODES),
        leads=made.role_leads,
        decides=made.role_decides,
        vetted_for=("" if area < 0 else VettingArea.values[area] for area in made.role_vetting.tolist()),
    )
    pair = np.unique(np.stack((made.nice_role, made.nice_skill), 1), axis=0)
    _copy_rows(Role.nice_to_have_skills.through, len(pair), role_id=pair[:, 0] + 1, skill_id=skills[pair[:, 1]])
    role = np.repeat(np.arange(len(roles)), made.role_seats)
    nth = np.arange(len(role)) - np.repeat(np.cumsum(made.role_seats) - made.role_seats, made.role_seats)
    _copy_rows(Seat, len(role), id=np.arange(len(role)) + 1, role_id=roles[role], number=nth + 1)


def _store_windows(model: type[models.Model], owner: str, ids: Int, words: Bits, **told: object) -> None:
    """The stretches of every row of half-hours; the same rows occur again and again, so each is read once."""
    unique, which = np.unique(words, axis=0, return_inverse=True)
    stretches = [_free_stretches(each) for each in unique]
    number = np.array([len(each) for each in stretches])
    rows = [window for each in which.tolist() for window in stretches[each]]
    weekday, starts, ends = zip(*rows, strict=True) if rows else ((), (), ())
    _copy_rows(
        model, len(rows), weekday=weekday, starts=starts, ends=ends, **{owner: np.repeat(ids, number[which])}, **told
    )


def _free_stretches(words: Bits) -> list[tuple[int, time, time]]:
    """Weekday, start and end of each stretch of free half-hours; the week is a circle, none is longer than a day."""
    free = np.unpackbits(words.view(np.uint8), bitorder="little")[:SLOTS]
    begins = np.flatnonzero((free > 0) & (np.roll(free, 1) == 0)).tolist()
    ends = ((np.flatnonzero((free > 0) & (np.roll(free, -1) == 0)) + 1) % SLOTS).tolist()
    last = {begin: min((end for end in ends if end > begin), default=ends[0]) for begin in begins}
    return [(begin // 48, _slot_time(begin), _slot_time(end)) for begin, end in last.items()]


def _slot_time(slot: int) -> time:
    return time(slot % 48 // 2, slot % 2 * 30)


def _weeks_ago(weeks: Int, at: datetime) -> Iterable[datetime]:
    return (at - timedelta(weeks=each) for each in weeks.tolist())


def _named_bits(bits: Bits, names: Sequence[str]) -> Iterable[list[str]]:
    return ([name for bit, name in enumerate(names) if each >> bit & 1] for each in bits.tolist())


def _copy_rows(model: type[models.Model], count: int, **told: object) -> None:
    """So many rows; `told` gives a value or a value for each row, everything else is as it is where nobody says."""
    fields = [*model._meta.local_concrete_fields]
    names = [field.attname for field in fields if field.attname in told or not isinstance(field, models.AutoField)]
    columns = [_column_texts(field, told, count) for field in fields if field.attname in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    rows = zip(*columns, strict=True) if count else iter(())
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({quoted}) FROM STDIN") as copy:
        while block := list(islice(rows, COPY_BLOCK_ROWS)):
            copy.write("\n".join(map("\t".join, block)) + "\n")


def _column_texts(field: models.Field[Any, Any], told: dict[str, object], count: int) -> Iterable[str]:
    value = told.get(field.attname, None if field.attname in told else field.get_default())
    if field.attname == "public_id":
        return (str(uuid.uuid4()) for _ in range(count))
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, str | int | None | datetime | date) or field.attname not in told:
        return [_copy_text(value)] * count
    return map(_copy_text, cast("Iterable[object]", value))


def _copy_text(value: object) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
