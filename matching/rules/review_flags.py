"""What could be wrong with a team of proposals, and how closely it is looked at. Pure: no rows, no clock."""

import hashlib
import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CLAIM_LASTS = timedelta(minutes=30)
"""How long a team is kept for the reviewer who looks at it, from their last act on it."""

CLOSER_LOOK_PERCENT = 10
"""How many of a hundred teams without a flag are opened singly all the same."""


class ReviewLane(TextChoices):
    """How a team is reviewed."""

    SECOND_REVIEWER = "second_reviewer", _("Needs a second reviewer")
    LOOK_CLOSELY = "look_closely", _("Look closely")
    NOTHING_FLAGGED = "nothing_flagged", _("Nothing flagged")


class ReviewFlag(TextChoices):
    """Something that could be wrong. The label says what to do about it."""

    VETTED_WORK = "vetted_work", _("The work asks for vetting. A second reviewer has to approve it, too.")
    SAME_PERSON = "same_person", _("Perhaps the same person twice: another profile has this contact or mailbox. Ask.")
    LEVEL_ASKED = "level_asked", _("We have asked about this level, and there is no answer yet. Wait, or ask again.")
    DECIDES = "decides", _("The work takes part in decisions, and the person has not said that they may. Ask.")
    JOB_RESTRICTS = "job_restricts", _("The job may restrict political work. Ask whether the employer agrees.")
    CHANGED = "changed", _("Hours or profile changed after the proposal. Look at them again.")
    PLACE_CHANGED = "place_changed", _("The campaign changed what it asks for after the proposal. Look at it again.")
    TOO_MUCH = "too_much", _("All that is proposed and agreed takes more hours, or projects, than the person offers.")
    SAME_COMPANY = "same_company", _("Another person of the team has an address of the same company. Ask.")
    NO_LEAD = "no_lead", _("The team has no lead. Find one, or agree on who leads.")
    NEW_CAMPAIGN = "new_campaign", _("The campaign was verified less than two weeks ago. Look at its filing again.")


RED_FLAGS = frozenset({ReviewFlag.VETTED_WORK, ReviewFlag.SAME_PERSON})
"""Each needs a second reviewer. Every other flag needs a close look."""

FLAGS_OF_TEAM = frozenset({ReviewFlag.NO_LEAD, ReviewFlag.NEW_CAMPAIGN, ReviewFlag.PLACE_CHANGED})
"""They are about the team, and the others about one person of it."""


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What is judged about one proposal; hours are those of a week."""

    match_id: UUID
    is_vetted_work: bool = False
    makes_decisions: bool = False
    may_decide: bool = False
    job_restricts: bool = False
    has_twin: bool = False
    is_level_asked: bool = False
    has_changed: bool = False
    hours_taken: int = 0
    """The most that all that is proposed and agreed takes at one time while this work lasts; so with projects."""
    hours_offered: int = 0
    projects_taken: int = 0
    projects_offered: int = 0
    company: str = ""
    """The domain of the address, where few people have it; else empty."""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What is judged about the proposals of one request together."""

    proposals: Sequence[ProposalFacts]
    lacks_lead: bool = False
    is_campaign_new: bool = False
    has_place_changed: bool = False


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag, and the proposal that it is about; None where it is about the team."""

    flag: ReviewFlag
    match_id: UUID | None = None

    @property
    def code(self) -> str:
        """Name the flag among those of its team, so that a reviewer can say which were seen."""
        return f"{self.flag}:{self.match_id}" if self.match_id else str(self.flag)

    @property
    def is_red(self) -> bool:
        """Whether it needs a second reviewer."""
        return self.flag in RED_FLAGS


@dataclass(frozen=True, slots=True)
class Work:
    """What a person does or may do: a place in a request, from its first to its last day, for so many hours a week."""

    request: int
    starts_on: date
    ends_on: date
    hours: int


def find_busiest_time(work: Sequence[Work], first: date, last: date) -> tuple[int, int]:
    """Return the most hours a week and the most projects that fall together on a day from `first` to `last`."""
    days = [first, *(each.starts_on for each in work if first < each.starts_on <= last)]
    together = [[each for each in work if each.starts_on <= day <= each.ends_on] for day in days]
    hours = max(sum(each.hours for each in running) for running in together)
    return hours, max(len({each.request for each in running}) for running in together)


def judge_proposal(facts: ProposalFacts) -> list[ReviewFlag]:
    """Return the flags of one proposal as far as it tells them alone."""
    judged = {
        ReviewFlag.VETTED_WORK: facts.is_vetted_work,
        ReviewFlag.SAME_PERSON: facts.has_twin,
        ReviewFlag.LEVEL_ASKED: facts.is_level_asked,
        ReviewFlag.DECIDES: facts.makes_decisions and not facts.may_decide,
        ReviewFlag.JOB_RESTRICTS: facts.job_restricts,
        ReviewFlag.CHANGED: facts.has_changed,
        ReviewFlag.TOO_MUCH: facts.hours_taken > facts.hours_offered or facts.projects_taken > facts.projects_offered,
    }
    return [flag for flag, applies in judged.items() if applies]


def judge_team(facts: TeamFacts) -> list[RaisedFlag]:
    """Return all flags of a team, those of the team last."""
    companies = [proposal.company for proposal in facts.proposals if proposal.company]
    raised = []
    for proposal in facts.proposals:
        raised += [RaisedFlag(flag, proposal.match_id) for flag in judge_proposal(proposal)]
        if companies.count(proposal.company) > 1:
            raised.append(RaisedFlag(ReviewFlag.SAME_COMPANY, proposal.match_id))
    judged = {
        ReviewFlag.NO_LEAD: facts.lacks_lead,
        ReviewFlag.NEW_CAMPAIGN: facts.is_campaign_new,
        ReviewFlag.PLACE_CHANGED: facts.has_place_changed,
    }
    return raised + [RaisedFlag(flag) for flag, applies in judged.items() if applies]


def find_lane(flags: Collection[RaisedFlag]) -> ReviewLane:
    """Return how a team with these flags is reviewed."""
    if any(flag.is_red for flag in flags):
        return ReviewLane.SECOND_REVIEWER
    return ReviewLane.LOOK_CLOSELY if flags else ReviewLane.NOTHING_FLAGGED


def is_chosen_for_closer_look(request_id: UUID, key: str) -> bool:
    """Return whether a team without a flag is opened singly all the same.

    It follows from the id and a secret key, so it is the same at each look, and no one can steer it.
    """
    digest = hmac.digest(key.encode(), b"closer-look:" + request_id.bytes, hashlib.sha256)
    return int.from_bytes(digest[:4]) % 100 < CLOSER_LOOK_PERCENT
