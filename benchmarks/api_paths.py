"""Every path that `bench api` reads, with its caller, its address, and its plain counterpart."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from drf_spectacular.generators import SchemaGenerator

from benchmarks.api_rows import BenchRows
from benchmarks.filled_lists import MANAGER, REVIEWER, VOLUNTEER
from benchmarks.plain_api import PLAIN_PREFIX

API_PREFIX = "/api/v1/"
MANAGER_PATHS = ("campaigns", "members", "requests", "roles", "placements", "placement-vetoes")
REVIEWER_PATHS = ("campaigns/{id}/candidate-link", "requests/{id}/empty-seats", "roles/{id}/rules")
VOLUNTEER_PATHS = (
    *("me/availability", "me/calendar-feed", "me/fits", "me/interests", "me/level-questions", "me/matches"),
    *("me/personal-data", "me/profile", "me/tokens", "me/vetoes"),
)
TABLES = {
    "campaigns": "campaign",
    "campaigns/{id}/members": "member",
    "campaigns/{id}/invitations": "memberinvitation",
    "candidate-stops": "candidatestop",
    "contests": "contest",
    "duty-shifts": "dutyshift",
    "factor-recoveries": "factorrecovery",
    "me": "user",
    "me/interests": "interest",
    "me/level-questions": "levelquestion",
    "me/notices": "notice",
    "me/profile": "volunteer",
    "me/tokens": "personaltoken",
    "members": "member",
    "pins": "pin",
    "playbooks": "playbook",
    "policies": "policy",
    "problem-reports": "problemreport",
    "requests": "request",
    "roles": "role",
    "runs": "run",
    "skills": "skill",
    **dict.fromkeys(("matches", "me/matches", "placements"), "match"),
    **dict.fromkeys((f"{path}/{{id}}/messages" for path in ("matches", "me/matches", "placements")), "message"),
    **dict.fromkeys(("vetoes", "me/vetoes", "placement-vetoes"), "veto"),
}
"""The table that each path reads, for the plain view set; a path that is not here has no plain counterpart."""


class ReadPath(NamedTuple):
    """A path of the API's description, who reads it, its address, and that of the plain counterpart or ""."""

    path: str
    caller: str
    address: str
    plain_address: str


def list_read_paths(rows: BenchRows) -> list[ReadPath]:
    """Return every GET of the API's own description."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        _find_read_path(path.removeprefix(API_PREFIX), rows)
        for path, operations in sorted(document["paths"].items())
        if "get" in operations
    ]


def _find_read_path(path: str, rows: BenchRows) -> ReadPath:
    base = path.partition("/{id}")[0]
    is_managers = base in MANAGER_PATHS and path not in REVIEWER_PATHS
    caller = MANAGER if is_managers else VOLUNTEER if base in VOLUNTEER_PATHS else REVIEWER
    address = API_PREFIX + path.replace("{id}", rows.ids.get(base, ""))
    if path.endswith("why-not"):
        address += f"?{urlencode(rows.not_placed)}"
    if path.endswith("/rules"):
        address += f"?{urlencode({'volunteer': rows.not_placed['volunteer']})}"
    table = TABLES.get(path) or (TABLES.get(base) if path == f"{base}/{{id}}" else None)
    return ReadPath(path, caller, address, f"{PLAIN_PREFIX}{table}" if table else "")
