"""How many people fit a role by what they say of themselves: one statement over bits, whatever is asked instead.

Nothing between a person and a campaign is looked at, neither matches nor vetoes nor whom somebody has served, and
nothing that a project leaves behind: a campaign cannot tell "busy elsewhere" from "not available", and an opponent's
people not from anybody's. All other rules are those of the engine, and a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Campaign
from core.models import Jurisdiction, Skill
from core.reference.queries import map_skill_ancestors
from matching.models import Policy
from matching.rules.supply_estimate import RARE_SKILL_MAX_CLAIMS, SupplyQuestion
from matching.runs.queries.wall_clocks import WallClocks
from matching.snapshot.volunteers import available_volunteers
from volunteers.models import Volunteer

SqlCondition = tuple[str, tuple[object, ...]]
"""A condition, and the values of its places; the same condition is worked out once."""

_VOLUNTEER_COLUMNS = (
    "pk",
    "time_zone",
    "hours",
    "languages",
    "wants_to_lead",
    "may_make_decisions",
    "free_time__half_hours",
)


@dataclass(frozen=True, slots=True)
class FitCounts:
    """How many fit; of each other question, how many fit that one and not the first; how many claim the skill (up to
    as many as matter).
    """

    fitting: int
    added_by_change: list[int]
    claiming_skill: int


def willing_volunteers(campaign: Campaign, *, policy: Policy, at: datetime) -> "QuerySet[Volunteer]":
    """People who are here, whose hours are still sure, and who would serve this campaign's level, party and place."""
    contest, party = campaign.candidate.contest, campaign.candidate.party_id
    serves = Volunteer.parties.through.objects.filter(volunteer=OuterRef("pk"), party=party)
    named = Volunteer.jurisdictions.through.objects.filter(
        volunteer=OuterRef("pk"), jurisdiction__in=_jurisdiction_with_ancestors(contest.jurisdiction_id)
    )
    return available_volunteers().filter(
        Q(restrict_to_levels=False) | Q(levels__contains=[contest.level]),
        Q(restrict_to_parties=False) | Exists(serves),
        Q(restrict_to_jurisdictions=False) | Exists(named),
        availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days),
    )


def count_fits(
    question: SupplyQuestion, instead: Sequence[SupplyQuestion], *, people: "QuerySet[Volunteer]", zones: Sequence[str]
) -> FitCounts:
    """How many of these people fit `question`, and how many more each of `instead`, which all ask for the same skill.

    They are judged by the terms of each question as a run would judge them, if they held nothing. `people` are those
    who are `willing_volunteers`, `zones` the `zones_in_use`.
    """
    people = people.order_by()
    branch = _skill_with_descendants(question.skill)
    if not zones:
        return FitCounts(0, [0] * len(instead), 0)
    statement, values = _build_statement(people, branch, [question, *instead], WallClocks(zones))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        fits, *opens = cursor.fetchone()
    return FitCounts(
        fits, opens, people.filter(claims__skill__in=branch).values("pk").distinct()[:RARE_SKILL_MAX_CLAIMS].count()
    )


def _build_statement(
    people: "QuerySet[Volunteer]", branch: list[int], questions: Sequence[SupplyQuestion], clocks: WallClocks
) -> tuple[str, list[Any]]:
    least = min(each.hours for each in questions)
    inner, arguments = (
        people.filter(max_hours_per_week__gte=least).values_list(*_VOLUNTEER_COLUMNS).query.sql_with_params()
    )
    asked = [_build_conditions(each, clocks) for each in questions]
    always = [one for one in asked[0] if all(one in each for each in asked)]
    told = [*dict.fromkeys(one for each in asked for one in each if one not in always)]
    names = {one: f"c{number}" for number, one in enumerate(told)}
    first, *others = (" AND ".join(names[one] for one in each if one in names) or "true" for each in asked)
    counts = [f"count(*) FILTER (WHERE {first})"]
    counts += [f"count(*) FILTER (WHERE {other} AND NOT ({first}))" for other in others]
    masks, spelled = clocks.with_clause
    # Whoever is looked up next lies near, in the order of their ids; with OFFSET 0 each condition is worked out once
    # for each person, however many questions have it.
    statement = f"""
        WITH {masks}, claims AS MATERIALIZED (
            SELECT volunteer_id, max(level) AS level FROM volunteers_skillclaim
            WHERE skill_id = ANY (%s) AND level >= %s GROUP BY volunteer_id ORDER BY volunteer_id
        )
        SELECT {", ".join(counts)} FROM (
            SELECT {", ".join(f"{one[0]} AS {names[one]}" for one in told) or "true"}
            FROM claims JOIN ({inner}) AS people (id, zone, hours, languages, leads, decides, free)
                ON people.id = claims.volunteer_id
            JOIN clocks ON clocks.zone = people.zone
            WHERE {" AND ".join(sql for sql, _ in always) or "true"}
            OFFSET 0
        ) AS judged
    """
    level = min(each.level for each in questions)
    return statement, [*spelled, branch, level, *_flatten_values(told), *arguments, *_flatten_values(always)]


def _flatten_values(conditions: Sequence[SqlCondition]) -> list[object]:
    return [value for _, values in conditions for value in values]


def _build_conditions(asked: SupplyQuestion, clocks: WallClocks) -> list[SqlCondition]:
    """What a question asks of people and of their highest claim."""
    free = ", ".join(f"bit_count(free & {mask})" for mask in clocks.work_columns(asked))
    spoken = ", ".join(["%s"] * len(asked.languages))
    found: list[tuple[bool, str, tuple[object, ...]]] = [
        (True, "claims.level >= %s", (asked.level,)),
        (True, "hours >= %s", (asked.hours,)),
        (asked.leads, "leads", ()),
        (asked.decides, "decides = 'yes'", ()),
        (bool(asked.languages), f"languages && ARRAY[{spoken}]::varchar[]", asked.languages),
        (True, f"least({free}) >= %s", (2 * asked.hours,)),
    ]
    if asked.meetings:
        meet = clocks.meeting_column(asked)
        found.append((True, f"free & {meet} = {meet}", ()))
    # Read once, not once a person.
    away = "SELECT volunteer_id FROM volunteers_timeoff WHERE starts_on <= %s AND ends_on >= %s"
    found.append((True, f"people.id NOT IN ({away})", (asked.last, asked.first)))
    marked = "SELECT volunteer_id FROM volunteers_vetting WHERE area = %s AND until >= %s"
    found.append((bool(asked.vetted_for), f"people.id IN ({marked})", (asked.vetted_for, asked.last)))
    return [(sql, values) for there, sql, values in found if there]


def _skill_with_descendants(code: str) -> list[int]:
    """The skill and all that are below it: a claim counts for what is above it."""
    skill = Skill.objects.get(code=code).pk
    return [below for below, line in map_skill_ancestors().items() if skill in line]


def _jurisdiction_with_ancestors(place: int) -> list[int]:
    """A place and all that are above it."""
    above = dict(Jurisdiction.objects.values_list("pk", "parent_id"))
    line: list[int] = []
    one: int | None = place
    while one is not None and one not in line:
        line.append(one)
        one = above[one]
    return line
