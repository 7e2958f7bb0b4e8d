"""What must never be, whatever happened in whichever order: each is a query that returns no row.

They are written from the words of the design, in SQL, and share nothing with the code that they judge but the table of
moves. Requests are compared on the wall clock: those of a test share a time zone.
"""

from itertools import pairwise
from typing import Any

from django.db import connection

from matching.models import Match
from matching.rules.states import MatchState
from matching.rules.transitions import TRANSITIONS

_HELD_SQL = """
    WITH held AS (
        SELECT one.id, one.seat_id, one.request_id, one.volunteer_id, role.hours_per_week, request.starts_on,
            request.ends_on, request.state AS request_state, seat.closed_at
        FROM matching_match one
        JOIN campaigns_seat seat ON seat.id = one.seat_id
        JOIN campaigns_role role ON role.id = seat.role_id
        JOIN campaigns_request request ON request.id = one.request_id
        WHERE one.state IN ('approved', 'accepted', 'active') OR (one.state = 'offered' AND NOT one.is_broadcast)
    )
"""

# The hours that a volunteer holds peak on a day on which one of their requests begins.
_PEAK_SQL = """
    SELECT first.id AS volunteer, first.starts_on, sum(held.hours_per_week), count(*)
    FROM (
        SELECT volunteer.id, volunteer.max_hours_per_week, volunteer.max_projects, held.starts_on
        FROM held JOIN volunteers_volunteer volunteer ON volunteer.id = held.volunteer_id
        GROUP BY volunteer.id, held.starts_on
    ) first
    JOIN held ON held.volunteer_id = first.id AND first.starts_on BETWEEN held.starts_on AND held.ends_on
    GROUP BY first.id, first.starts_on, first.max_hours_per_week, first.max_projects
"""

INVARIANT_QUERIES = {
    "a seat is held twice": f"{_HELD_SQL} SELECT seat_id, count(*) FROM held GROUP BY seat_id HAVING count(*) > 1",
    "a person holds two places of one request": f"""{_HELD_SQL}
        SELECT request_id, volunteer_id FROM held GROUP BY request_id, volunteer_id HAVING count(*) > 1
    """,
    "a person gives more hours than they have": f"""{_HELD_SQL} {_PEAK_SQL}
        HAVING sum(held.hours_per_week) > first.max_hours_per_week
    """,
    "a person has more projects at once than they want": f"""{_HELD_SQL} {_PEAK_SQL}
        HAVING count(*) > first.max_projects
    """,
    "a person meets twice at the same time": f"""{_HELD_SQL}
        SELECT one.id, other.id
        FROM held one
        JOIN held other ON other.volunteer_id = one.volunteer_id AND other.request_id > one.request_id
            AND other.starts_on <= one.ends_on AND one.starts_on <= other.ends_on
        JOIN campaigns_requestwindow mine ON mine.request_id = one.request_id AND mine.kind = 'meeting'
        JOIN campaigns_requestwindow theirs ON theirs.request_id = other.request_id AND theirs.kind = 'meeting'
            AND theirs.weekday = mine.weekday AND theirs.starts < mine.ends AND mine.starts < theirs.ends
    """,
    "a place is held that is no longer needed": f"{_HELD_SQL} SELECT id FROM held WHERE closed_at IS NOT NULL",
    "a place is held in a request that was called off": f"""{_HELD_SQL}
        SELECT id FROM held WHERE request_state <> 'published'
    """,
    "a person serves both sides of a contest": """
        SELECT one.volunteer_id, candidate.contest_id
        FROM matching_match one
        JOIN campaigns_request request ON request.id = one.request_id
        JOIN campaigns_campaign campaign ON campaign.id = request.campaign_id
        JOIN campaigns_candidate candidate ON candidate.id = campaign.candidate_id
        WHERE one.state IN ('approved', 'accepted', 'active', 'closing', 'completed', 'withdrawn', 'released')
            OR (one.state = 'offered' AND NOT one.is_broadcast)
        GROUP BY one.volunteer_id, candidate.contest_id
        HAVING count(DISTINCT campaign.id) > 1
    """,
    "a campaign gets a letter about its emergency": """
        SELECT notice.kind, notice.recipient_id
        FROM core_notice notice
        LEFT JOIN matching_match match ON match.public_id::text = notice.subjects ->> 'match'
        JOIN campaigns_request request
            ON request.id = match.request_id OR request.public_id::text = notice.subjects ->> 'request'
        JOIN campaigns_member member
            ON member.campaign_id = request.campaign_id AND member.user_id = notice.recipient_id
        WHERE request.emergency AND notice.muted_at IS NULL
    """,
    "a project goes on that the candidate has stopped": """
        SELECT request.id FROM campaigns_request request
        JOIN campaigns_candidatestop stop ON stop.campaign_id = request.campaign_id AND stop.handled_at IS NULL
        WHERE request.state = 'published'
    """,
    "a race goes on after it was won": f"""{_HELD_SQL}
        SELECT one.id FROM matching_match one JOIN held ON held.seat_id = one.seat_id
        WHERE one.state = 'offered' AND one.is_broadcast
    """,
    "a person is asked in two emergencies at once": """
        SELECT one.volunteer_id FROM matching_match one JOIN campaigns_request request ON request.id = one.request_id
        WHERE one.state = 'offered' AND one.is_broadcast AND request.emergency
        GROUP BY one.volunteer_id HAVING count(*) > 1
    """,
    "a person hears the same twice": """
        SELECT recipient_id, kind, subjects FROM core_notice
        WHERE kind IN ('offer', 'offer-reminder', 'offer-accepted', 'acceptance-recorded', 'work-started',
            'match-ended', 'offer-expired', 'volunteer-withdrew', 'handover-started', 'match-completed')
        GROUP BY recipient_id, kind, subjects HAVING count(*) > 1
    """,
    "a person was not told of an offer, or of its end": """
        SELECT one.id, word.kind FROM matching_match one
        JOIN (VALUES ('offered', 'offer', ''), ('expired', 'offer-expired', ''),
            ('superseded', 'match-ended', 'alarm-called-off'), ('refused', 'match-ended', ''),
            ('released', 'match-ended', 'work-stopped'), ('closing', 'handover-started', 'alarm-called-off'),
            ('completed', 'match-completed', '')) word (state, kind, kind_of_stop)
            ON word.state = one.state
        JOIN volunteers_volunteer volunteer ON volunteer.id = one.volunteer_id
        WHERE one.offered_at IS NOT NULL AND one.reason <> 'volunteer_left' AND NOT EXISTS (
            SELECT FROM core_notice notice WHERE notice.recipient_id = volunteer.user_id
                AND notice.kind IN (word.kind, word.kind_of_stop)
                AND notice.subjects ->> 'match' = one.public_id::text
        )
    """,
}

_ALLOWED_STEPS = {(move.source.value, move.target.value) for move in TRANSITIONS}


def find_broken_invariants() -> dict[str, list[Any]]:
    """Every invariant that does not hold, with the rows that break it; empty: all is well."""
    found: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for name, query in INVARIANT_QUERIES.items():
            cursor.execute(query)
            found[name] = cursor.fetchall()
    found["a history does not follow the table of moves"] = _find_illegal_steps()
    return {name: rows for name, rows in found.items() if rows}


def _find_illegal_steps() -> list[tuple[int, str, str]]:
    """Steps in the recorded histories that the table does not have: the match, from where and where to.

    Proposing and superseding are not recorded, so every history begins with a proposal, and may lack its last step.
    """
    events: Any = Match.events.rel.related_model  # type: ignore[attr-defined]
    stories: dict[int, list[str]] = {}
    for match, state in events.objects.order_by("pgh_id").values_list("pgh_obj_id", "state"):
        stories.setdefault(match, [MatchState.PROPOSED.value]).append(state)
    for match, state in Match.objects.values_list("pk", "state"):
        stories.setdefault(match, [MatchState.PROPOSED.value]).append(state)
    return [
        (match, one, other)
        for match, story in stories.items()
        for one, other in pairwise(story)
        if one != other and (one, other) not in _ALLOWED_STEPS
    ]
