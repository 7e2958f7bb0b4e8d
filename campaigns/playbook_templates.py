"""What a playbook that ships, and each of its roles, is made of."""

from typing import NamedTuple


class PlaybookRoleTemplate(NamedTuple):
    """One role in a playbook."""

    name: str
    skill: str
    level: int
    hours_per_week: int
    tasks: str = ""
    seat_count: int = 1
    is_lead: bool = False
    makes_decisions: bool = False
    vetted_for: str = ""
    nice_to_have_skills: tuple[str, ...] = ()


class PlaybookTemplate(NamedTuple):
    """One typical project. Its texts go into requests, where volunteers read them: so they say “the campaign”."""

    code: str
    name: str
    summary: str
    weeks: int
    staffing: str
    deliverables: tuple[str, ...]
    parts: tuple[PlaybookRoleTemplate, ...]
