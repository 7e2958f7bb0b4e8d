"""Count the volunteers who fit a role by what they say about themselves, in one statement over weekly bitmaps.

Nothing between a volunteer and another campaign counts: no matches, no vetoes, no earlier service. So a campaign cannot
tell “busy elsewhere” from “not available”, nor recognise the volunteers of an opponent. The people whose hours the
campaign knows are left out: with four of them, the fifth would make a band. All other rules are those of the engine; a
test compares the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from core.models import Skill
from core.reference.queries import map_skill_ancestors
from matching.rules.supply_estimate import SupplyQuestion
from matching.runs.queries.wall_clocks import WallClocks
from volunteers.models import Volunteer

SqlCondition = tuple[str, tuple[object, ...]]
"""SQL of a condition and the values of its placeholders. Equal conditions are evaluated once."""

_VOLUNTEER_COLUMNS = (
    "pk",
    "time_zone",
    "max_hours_per_week",
    "languages",
    "wants_to_lead",
    "may_make_decisions",
    "free_time__half_hours",
)


@dataclass(frozen=True, slots=True)
class FitCounts:
    """How many volunteers fit a question, and how many more each changed question would add."""

    fitting: int
    added_by_change: list[int]


def count_fits(
    question: SupplyQuestion,
    changed_questions: Sequence[SupplyQuestion],
    *,
    volunteers: "QuerySet[Volunteer]",
    zones: Sequence[str],
) -> FitCounts:
    """Count those of `volunteers` who fit `question`, and how many more fit each of `changed_questions`.

    All questions ask for the same skill. Volunteers are judged as in a run, as if they had no matches. `volunteers`
    come from `willing_volunteers` or `available_strangers`, `zones` from `time_zones_in_use`.
    """
    volunteers = volunteers.order_by()
    skill_ids = _skill_with_descendants(question.skill)
    if not zones:
        return FitCounts(0, [0] * len(changed_questions))
    statement, values = _build_statement(volunteers, skill_ids, [question, *changed_questions], WallClocks(zones))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        fitting, *added = cursor.fetchone()
    return FitCounts(fitting, added)


def _build_statement(
    volunteers: "QuerySet[Volunteer]", skill_ids: list[int], questions: Sequence[SupplyQuestion], clocks: WallClocks
) -> tuple[str, list[Any]]:
    min_hours = min(question.hours for question in questions)
    candidates = volunteers.filter(max_hours_per_week__gte=min_hours).values_list(*_VOLUNTEER_COLUMNS)
    volunteers_sql, volunteers_values = candidates.query.sql_with_params()
    by_question = [_build_conditions(question, clocks) for question in questions]
    shared = [condition for condition in by_question[0] if all(condition in conditions for conditions in by_question)]
    varying = [
        *dict.fromkeys(condition for conditions in by_question for condition in conditions if condition not in shared)
    ]
    names = {condition: f"c{number}" for number, condition in enumerate(varying)}
    fits, *changed_fits = (
        " AND ".join(names[condition] for condition in conditions if condition in names) or "true"
        for conditions in by_question
    )
    counts = [f"count(*) FILTER (WHERE {fits})"]
    counts += [f"count(*) FILTER (WHERE {changed} AND NOT ({fits}))" for changed in changed_fits]
    masks_sql, masks_values = clocks.with_clause
    # Claims are sorted by volunteer, so that successive look-ups hit neighbouring pages. OFFSET 0 keeps the planner
    # from flattening the subquery: each condition is evaluated once a volunteer, however many counts use it.
    statement = f"""
        WITH {masks_sql}, claims AS MATERIALIZED (
            SELECT volunteer_id, max(level) AS level FROM volunteers_skillclaim
            WHERE skill_id = ANY (%s) AND level >= %s GROUP BY volunteer_id ORDER BY volunteer_id
        )
        SELECT {", ".join(counts)} FROM (
            SELECT {", ".join(f"{condition[0]} AS {names[condition]}" for condition in varying) or "true"}
            FROM claims JOIN ({volunteers_sql}) AS people (id, zone, hours, languages, leads, decides, free)
                ON people.id = claims.volunteer_id
            JOIN clocks ON clocks.zone = people.zone
            WHERE {" AND ".join(sql for sql, _ in shared) or "true"}
            OFFSET 0
        ) AS judged
    """
    min_level = min(question.level for question in questions)
    values = [*masks_values, skill_ids, min_level, *_flatten_values(varying), *volunteers_values]
    return statement, [*values, *_flatten_values(shared)]


def _flatten_values(conditions: Sequence[SqlCondition]) -> list[object]:
    return [value for _, values in conditions for value in values]


def _build_conditions(question: SupplyQuestion, clocks: WallClocks) -> list[SqlCondition]:
    """Return the conditions that a question puts on a volunteer and on their highest claim of the skill."""
    free = ", ".join(f"bit_count(free & {mask})" for mask in clocks.work_columns(question))
    languages = ", ".join(["%s"] * len(question.languages))
    conditions: list[tuple[bool, str, tuple[object, ...]]] = [
        (True, "claims.level >= %s", (question.level,)),
        (True, "hours >= %s", (question.hours,)),
        (question.leads, "leads", ()),
        (question.decides, "decides = 'yes'", ()),
        (bool(question.languages), f"languages && ARRAY[{languages}]::varchar[]", question.languages),
        (True, f"least({free}) >= %s", (2 * question.hours,)),
    ]
    if question.meetings:
        meeting = clocks.meeting_column(question)
        conditions.append((True, f"free & {meeting} = {meeting}", ()))
    # Uncorrelated subqueries: PostgreSQL reads them once into a hash, not once for each volunteer.
    absent = "SELECT volunteer_id FROM volunteers_timeoff WHERE starts_on <= %s AND ends_on >= %s"
    conditions.append((True, f"people.id NOT IN ({absent})", (question.last, question.first)))
    vetted = "SELECT volunteer_id FROM volunteers_vetting WHERE area = %s AND valid_until >= %s"
    conditions.append((bool(question.vetted_for), f"people.id IN ({vetted})", (question.vetted_for, question.last)))
    return [(sql, values) for applies, sql, values in conditions if applies]


def _skill_with_descendants(code: str) -> list[int]:
    """Return the ids of a skill and of all below it: a claim counts for the skills above it, too."""
    skill = Skill.objects.get(code=code).pk
    return [below for below, line in map_skill_ancestors().items() if skill in line]
