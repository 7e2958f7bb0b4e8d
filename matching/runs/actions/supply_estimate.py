"""Who could help, before anybody is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from django.db import transaction

from campaigns.actions.requests import find_skills
from campaigns.models import Campaign
from campaigns.queries import complete_draft, is_impartial_reviewer, may_edit
from campaigns.rules import RequestDraft, RoleDraft, check_draft
from core.errors import Invalid, NotAllowed, TooManyRequests, WrongState
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import EstimateAnswer
from matching.rules.supply_estimate import (
    MAX_QUESTIONS_PER_DAY,
    MAX_ROLES_PER_ESTIMATE,
    MIN_DISCLOSED_COUNT,
    RARE_SKILL_MAX_CLAIMS,
    CountBand,
    SupplyQuestion,
    count_band,
    disclosed_band,
    is_narrow_question,
    list_possible_changes,
)
from matching.runs.queries.supply_estimate import count_fits, willing_volunteers
from matching.snapshot.volunteers import time_zones_in_use

_QUOTA_PERIOD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """A single change, and how many more people would fit the role then, as a band."""

    change: str
    to: object
    opens: str


@dataclass(frozen=True, slots=True)
class RoleEstimate:
    """How many people fit a role, as a band, and what would open it to more, the most first."""

    name: str
    seats: int
    fits: str
    changes: list[ChangeEffect]


@dataclass(frozen=True, slots=True)
class SupplyEstimate:
    """One answer a role. `left`: so many more questions the campaign has until `until`; None: they are not counted."""

    roles: list[RoleEstimate]
    until: datetime
    left: int | None


def estimate_supply(*, actor: User, campaign: Campaign, draft: RequestDraft, at: datetime) -> SupplyEstimate:
    """How many people say of themselves that they could do what `draft` asks for, role by role; it is not stored.

    The same question gets the same answer for the rest of the day (in UTC); of different ones a campaign has
    `MAX_QUESTIONS_PER_DAY`. A reviewer's are not counted, and looked up anew. Raises NotAllowed, WrongState (not verified, or
    over), Invalid, TooOften.
    """
    counted = may_edit(actor, campaign)
    if not counted and not is_impartial_reviewer(actor, campaign):
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    if campaign.state != Campaign.State.VERIFIED:
        raise WrongState("Only of a verified campaign is told who could help. You can draft until we have verified it.")
    asked = build_questions(draft, today=at.date())
    questions = list(dict.fromkeys(question for _, question in asked))
    known = _read_answers(campaign, at.date()) if counted else {}
    new = [question for question in questions if question.digest not in known]
    if counted:
        _check_quota(len(known) + len(new), at)
    found = _compute_answers(new, campaign, at)
    known = _store_answers(campaign, found, at) if counted else {answer.digest: answer for answer in found}
    roles = [_build_role_estimate(role, question, known[question.digest]) for role, question in asked]
    return SupplyEstimate(roles, _quota_ends_at(at), MAX_QUESTIONS_PER_DAY - len(known) if counted else None)


def build_questions(draft: RequestDraft, *, today: date) -> list[tuple[RoleDraft, SupplyQuestion]]:
    """The roles of a draft, each with what it asks of people from today on. Raises Invalid."""
    check_draft(draft)
    _, draft = complete_draft(draft)
    assert draft.ends_on is not None
    if draft.ends_on < today:
        raise Invalid("This day is over. Give one that is still to come.", field="ends_on")
    if len(draft.roles) > MAX_ROLES_PER_ESTIMATE:
        raise Invalid(f"Ask about {MAX_ROLES_PER_ESTIMATE} roles at most at a time.", field="roles")
    skills = find_skills([role.skill for role in draft.roles], field="roles")
    return [
        (
            role,
            SupplyQuestion(
                skill=role.skill,
                level=role.level,
                hours=role.hours,
                languages=tuple(sorted(set(role.languages))),
                leads=role.leads,
                decides=role.decides,
                vetted_for=skills[role.skill].vetted_for if role.vetted_for is None else role.vetted_for,
                first=max(draft.starts_on, today),
                last=draft.ends_on,
                time_zone=draft.time_zone,
                work=tuple(sorted(draft.work, key=str)),
                meetings=tuple(sorted(draft.meetings, key=str)),
            ),
        )
        for role in draft.roles
    ]


def _compute_answers(questions: Sequence[SupplyQuestion], campaign: Campaign, at: datetime) -> list[EstimateAnswer]:
    people = willing_volunteers(campaign, policy=get_active_policy(), at=at)
    zones = time_zones_in_use() if questions else []
    found = []
    for question in questions:
        instead = list_possible_changes(question)
        count = count_fits(question, [one.question for one in instead], people=people, zones=zones)
        fits = disclosed_band(
            count.fitting, narrow=is_narrow_question(question) or count.claiming_skill < RARE_SKILL_MAX_CLAIMS
        ).value
        pairs = zip(instead, count.added_by_change, strict=True)
        opens = {one.change.value: count_band(more).value for one, more in pairs if more >= MIN_DISCLOSED_COUNT}
        found.append(
            EstimateAnswer(
                campaign=campaign, day=at.date(), digest=question.digest, fits=fits, opens=opens, asked_at=at
            )
        )
    return found


def _read_answers(campaign: Campaign, day: date) -> dict[str, EstimateAnswer]:
    return {answer.digest: answer for answer in EstimateAnswer.objects.filter(campaign=campaign, day=day)}


@transaction.atomic
def _store_answers(campaign: Campaign, found: Sequence[EstimateAnswer], at: datetime) -> dict[str, EstimateAnswer]:
    """The day's answers with these. Two who ask at once wait for each other, so that neither goes over what is left."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    known = _read_answers(campaign, at.date())
    new = [answer for answer in found if answer.digest not in known]
    _check_quota(len(known) + len(new), at)
    EstimateAnswer.objects.filter(campaign=campaign, day__lt=at.date()).delete()
    EstimateAnswer.objects.bulk_create(new)
    return known | {answer.digest: answer for answer in new}


def _check_quota(number: int, at: datetime) -> None:
    if number > MAX_QUESTIONS_PER_DAY:
        raise TooManyRequests(
            f"A campaign can ask {MAX_QUESTIONS_PER_DAY} different questions a day about who could help, one for each role. "
            "Ask again tomorrow, or ask the same as before.",
            retry_after=ceil((_quota_ends_at(at) - at).total_seconds()),
        )


def _quota_ends_at(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date() + _QUOTA_PERIOD, time(0), UTC)


def _build_role_estimate(role: RoleDraft, question: SupplyQuestion, answer: EstimateAnswer) -> RoleEstimate:
    opened = [
        ChangeEffect(one.change.value, one.to, answer.opens[one.change])
        for one in list_possible_changes(question)
        if one.change in answer.opens
    ]
    opened.sort(key=lambda one: -[*CountBand].index(CountBand(one.opens)))
    return RoleEstimate(role.name, role.seats, answer.fits, opened)
