"""What a draft of a plan holds: a race, a role of one's own, and where the plan is stored."""

from dataclasses import dataclass
from datetime import date

from campaigns.draft_rules import Candidacy
from campaigns.models import Contest


@dataclass(frozen=True, slots=True)
class Race:
    """A contest, as a campaign names it to register."""

    jurisdiction: str
    level: str
    office: str
    district: str
    election_on: date
    primary_on: date | None = None
    special: bool = False

    def build_candidacy(self, *, candidate: str, party: str = "") -> Candidacy:
        """Return the candidacy of a person in this race."""
        return Candidacy(
            jurisdiction=self.jurisdiction,
            level=self.level,
            office=self.office,
            district=self.district,
            election_on=self.election_on,
            primary_on=self.primary_on,
            special=self.special,
            candidate=candidate,
            party=party,
        )


@dataclass(frozen=True, slots=True)
class OwnRole:
    """The one role of a project without a playbook."""

    skill: str
    hours_per_week: int
    seat_count: int
    weeks: int


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """Where the plan was stored, by public ids: nothing is registered twice."""

    campaign: str
    request: str


@dataclass(frozen=True, slots=True)
class TypedForm:
    """What stood in the form of a page, by the page's name, when its writer chose to go on later."""

    page: str
    fields: dict[str, list[str]]


def race_of_contest(contest: Contest) -> Race:
    """Return a contest of the public list as a race; its jurisdiction is read along."""
    return Race(
        contest.jurisdiction.code,
        contest.level,
        contest.office,
        contest.district,
        contest.election_on,
        contest.primary_on,
        contest.special,
    )
