"""A volunteer's profile as they state it: as a whole, its wishes, its details."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.week_mask import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A volunteer's statements about themselves. Skills, parties and jurisdictions are given by their codes."""

    first_name: str
    max_hours_per_week: int
    time_zone: str
    adult: bool
    claims: Sequence[tuple[str, int, bool]]
    windows: Sequence[Window]
    last_name: str = ""
    contact: str = ""
    max_projects: int = 1
    languages: Sequence[str] = ("en",)
    wants_to_lead: bool = False
    may_make_decisions: str = "unsaid"
    job_restricts: str = "unsaid"
    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[str] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[str] = ()
    restrict_to_jurisdictions: bool = False
    time_off: Sequence[tuple[date, date]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a volunteer would like to serve, by codes: offices, parties, jurisdictions. A flag makes a wish a limit."""

    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[str] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[str] = ()
    restrict_to_jurisdictions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a volunteer says about themselves beside skills, week and wishes."""

    first_name: str
    last_name: str = ""
    contact: str = ""
    max_projects: int = 1
    languages: Sequence[str] = ("en",)
    wants_to_lead: bool = False
    may_make_decisions: str = "unsaid"
    job_restricts: str = "unsaid"
