"""Estimate how many volunteers could fill the roles of a request, before any of them is asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.draft_rules import MAX_ROLES_PER_REQUEST, RequestDraft, RoleDraft
from campaigns.models import Campaign
from campaigns.queries import may_edit, may_review
from core.enums import CountBand
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.models import EstimateAnswer
from matching.rules.supply_estimate import MAX_QUESTIONS_PER_DAY, SupplyQuestion, list_possible_changes
from matching.runs.actions.supply_answers import (
    check_quota,
    compute_answers,
    find_quota_end,
    read_answers,
    store_answers,
)
from matching.runs.actions.supply_questions import build_questions


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """One change to a draft, and how many more volunteers would fit the role then, as a band."""

    change: str
    new_value: object
    people_added: str


@dataclass(frozen=True, slots=True)
class RoleEstimate:
    """How many volunteers fit a role, as a band, and the changes that would open it to more, the largest first.

    `role_id` is that of a stored role, and None in a draft.
    """

    role_id: UUID | None
    name: str
    seat_count: int
    people_fitting: str
    changes: list[ChangeEffect]


@dataclass(frozen=True, slots=True)
class SupplyEstimate:
    """The estimate for each role.

    The campaign has `questions_left` more questions until `valid_until`; None when its questions are not counted.
    """

    roles: list[RoleEstimate]
    valid_until: datetime
    questions_left: int | None


def estimate_supply(*, actor: User, campaign: Campaign, draft: RequestDraft, at: datetime) -> SupplyEstimate:
    """Estimate, role by role, how many volunteers fit what `draft` asks for. The draft is not stored.

    Only what volunteers say about themselves counts. The same question gets the same answer until the end of the day in
    UTC, and a campaign has `MAX_QUESTIONS_PER_DAY` different ones. A reviewer's questions are neither counted nor
    cached. Raises NotAllowed, WrongState (the campaign is not verified), Invalid, TooManyRequests.
    """
    is_counted = may_edit(actor, campaign)
    if not is_counted and not may_review(actor, campaign):
        raise NotAllowed(_("Only this campaign's manager and staff can ask who could help."))
    if campaign.state != Campaign.State.VERIFIED:
        raise WrongState(
            _("This campaign is not verified, so who could help is not shown yet. You can go on drafting until it is.")
        )
    election_on = campaign.candidate.contest.election_on
    role_questions = build_questions(draft, election_on=election_on, today=at.date())
    questions = list(dict.fromkeys(question for __, question in role_questions))
    answers = read_answers(campaign, at.date()) if is_counted else {}
    new_questions = [question for question in questions if question.digest not in answers]
    if is_counted:
        check_quota(len(answers) + len(new_questions), at)
    new_answers = compute_answers(new_questions, campaign, at)
    answers = (
        store_answers(campaign, new_answers, at)
        if is_counted
        else {answer.question_digest: answer for answer in new_answers}
    )
    roles = [_build_role_estimate(role, question, answers[question.digest]) for role, question in role_questions]
    return SupplyEstimate(roles, find_quota_end(at), MAX_QUESTIONS_PER_DAY - len(answers) if is_counted else None)


def read_todays_estimates(campaign: Campaign, draft: RequestDraft, *, at: datetime) -> SupplyEstimate:
    """Return what was answered today about the roles of a stored request, as it stands. Nothing is asked.

    Roles about which nothing was asked are left out, and so are all where the request cannot be asked about.
    """
    answers = read_answers(campaign, at.date())
    left = MAX_QUESTIONS_PER_DAY - len(answers)
    if not answers or not draft.roles:
        return SupplyEstimate([], find_quota_end(at), left)
    election_on = campaign.candidate.contest.election_on
    try:
        questions = build_questions(draft, election_on=election_on, today=at.date(), max_roles=MAX_ROLES_PER_REQUEST)
    except Invalid:
        return SupplyEstimate([], find_quota_end(at), left)
    roles = [
        _build_role_estimate(role, question, answers[question.digest])
        for role, question in questions
        if question.digest in answers
    ]
    return SupplyEstimate(roles, find_quota_end(at), left)


def _build_role_estimate(role: RoleDraft, question: SupplyQuestion, answer: EstimateAnswer) -> RoleEstimate:
    effects = [
        ChangeEffect(change.change.value, change.new_value, answer.people_added[change.change])
        for change in list_possible_changes(question)
        if change.change in answer.people_added
    ]
    effects.sort(key=lambda effect: -[*CountBand].index(CountBand(effect.people_added)))
    return RoleEstimate(role.role_id, role.name, role.seat_count, answer.people_fitting, effects)
