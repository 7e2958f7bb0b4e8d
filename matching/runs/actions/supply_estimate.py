"""Estimate how many volunteers could fill the roles of a request, before any of them is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.drafts import complete_checked_draft, find_causes, resolve_draft
from campaigns.draft_rules import MAX_ROLES_PER_REQUEST, RequestDraft, RoleDraft
from campaigns.models import Campaign
from campaigns.queries import may_edit, may_review
from core.date_rules import check_request_days
from core.enums import CountBand
from core.errors import Invalid, NotAllowed, TooManyRequests, WrongState
from core.field_errors import FieldErrors
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import EstimateAnswer
from matching.rules.supply_estimate import (
    MAX_QUESTIONS_PER_DAY,
    MAX_ROLES_PER_ESTIMATE,
    MIN_DISCLOSED_COUNT,
    SupplyQuestion,
    count_band,
    disclosed_band,
    hide_some,
    list_possible_changes,
)
from matching.runs.queries.supply_estimate import count_fits, willing_volunteers
from matching.snapshot.volunteers import time_zones_in_use

_QUOTA_PERIOD = timedelta(days=1)


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
    answers = _read_answers(campaign, at.date()) if is_counted else {}
    new_questions = [question for question in questions if question.digest not in answers]
    if is_counted:
        _check_quota(len(answers) + len(new_questions), at)
    new_answers = _compute_answers(new_questions, campaign, at)
    answers = (
        _store_answers(campaign, new_answers, at)
        if is_counted
        else {answer.question_digest: answer for answer in new_answers}
    )
    roles = [_build_role_estimate(role, question, answers[question.digest]) for role, question in role_questions]
    return SupplyEstimate(roles, _quota_ends_at(at), MAX_QUESTIONS_PER_DAY - len(answers) if is_counted else None)


def check_draft_to_estimate(
    draft: RequestDraft, campaign: Campaign | None, *, today: date, errors: FieldErrors
) -> None:
    """Raise Invalid with everything that is wrong with the draft, after the `errors` that are known already.

    Without `campaign` its days are not judged.
    """
    if campaign is None:
        resolve_draft(draft, None, today=today, errors=errors)
    else:
        build_questions(draft, election_on=campaign.candidate.contest.election_on, today=today)


def read_todays_estimates(campaign: Campaign, draft: RequestDraft, *, at: datetime) -> SupplyEstimate:
    """Return what was answered today about the roles of a stored request, as it stands. Nothing is asked.

    Roles about which nothing was asked are left out, and so are all where the request cannot be asked about.
    """
    answers = _read_answers(campaign, at.date())
    left = MAX_QUESTIONS_PER_DAY - len(answers)
    if not answers or not draft.roles:
        return SupplyEstimate([], _quota_ends_at(at), left)
    election_on = campaign.candidate.contest.election_on
    try:
        questions = build_questions(draft, election_on=election_on, today=at.date(), max_roles=MAX_ROLES_PER_REQUEST)
    except Invalid:
        return SupplyEstimate([], _quota_ends_at(at), left)
    roles = [
        _build_role_estimate(role, question, answers[question.digest])
        for role, question in questions
        if question.digest in answers
    ]
    return SupplyEstimate(roles, _quota_ends_at(at), left)


def build_questions(
    draft: RequestDraft, *, election_on: date, today: date, max_roles: int = MAX_ROLES_PER_ESTIMATE
) -> list[tuple[RoleDraft, SupplyQuestion]]:
    """Return the roles of a draft, each with the question that it asks from `today` on.

    Raises Invalid with everything that is wrong with the draft.
    """
    errors = FieldErrors()
    resolved = complete_checked_draft(draft, errors)
    # Only the days that are still to come are asked about, so the start of work that goes on is not judged.
    first = max(draft.starts_on, today)
    with errors.collect(blame=find_causes(draft)):
        _check_days_to_come(resolved.draft.ends_on, first=first, election_on=election_on, today=today)
    if len(resolved.draft.roles) > max_roles:
        message = _("These are too many roles. Ask about %(limit)d at most at a time.")
        errors.add("roles" if draft.roles else "playbook", message % {"limit": max_roles})
    errors.raise_if_any()
    draft, skills = resolved.draft, resolved.skills
    assert draft.ends_on is not None  # `complete_checked_draft` names it if it is missing
    return [
        (
            role,
            SupplyQuestion(
                skill=role.skill,
                level=role.level,
                hours=role.hours_per_week,
                languages=tuple(sorted(set(role.languages))),
                leads=role.is_lead,
                decides=role.makes_decisions,
                vetted_for=skills[role.skill].vetted_for if role.vetted_for is None else role.vetted_for,
                first=first,
                last=draft.ends_on,
                time_zone=draft.time_zone,
                work=tuple(sorted(draft.work, key=str)),
                meetings=tuple(sorted(draft.meetings, key=str)),
            ),
        )
        for role in draft.roles
    ]


def _check_days_to_come(ends_on: date | None, *, first: date, election_on: date, today: date) -> None:
    if ends_on is None:
        return
    if ends_on < today:
        raise Invalid(_("This day is over. Give one that is still to come."), field="ends_on", reads=("starts_on",))
    check_request_days(starts_on=first, ends_on=ends_on, election_on=election_on, today=today)


def _compute_answers(questions: Sequence[SupplyQuestion], campaign: Campaign, at: datetime) -> list[EstimateAnswer]:
    volunteers = willing_volunteers(campaign, policy=get_active_policy(), at=at)
    zones = time_zones_in_use() if questions else []
    answers = []
    for question in questions:
        changes = list_possible_changes(question)
        count = count_fits(question, [change.question for change in changes], volunteers=volunteers, zones=zones)
        fits = disclosed_band(hide_some(count.fitting, question=f"{campaign.public_id}:{question.digest}")).value
        # The draw of the changed question: its own answer must not differ from this one where nobody fits yet.
        added_people = [
            hide_some(added, question=f"{campaign.public_id}:{change.question.digest}")
            for change, added in zip(changes, count.added_by_change, strict=True)
        ]
        pairs = zip(changes, added_people, strict=True)
        # Small differences are not disclosed: they are what would single out one volunteer.
        disclosed = {change.change: added for change, added in pairs if added >= MIN_DISCLOSED_COUNT}
        opens = {change.value: count_band(added).value for change, added in disclosed.items()}
        answer = EstimateAnswer(
            campaign=campaign,
            day=at.date(),
            question_digest=question.digest,
            people_fitting=fits,
            people_added=opens,
            asked_at=at,
        )
        answers.append(answer)
    return answers


def _read_answers(campaign: Campaign, day: date) -> dict[str, EstimateAnswer]:
    return {answer.question_digest: answer for answer in EstimateAnswer.objects.filter(campaign=campaign, day=day)}


@transaction.atomic
def _store_answers(campaign: Campaign, computed: Sequence[EstimateAnswer], at: datetime) -> dict[str, EstimateAnswer]:
    """Store new answers and return all of the day's, by digest. The campaign is locked, so that its quota holds."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    stored = _read_answers(campaign, at.date())
    new = [answer for answer in computed if answer.question_digest not in stored]
    _check_quota(len(stored) + len(new), at)
    EstimateAnswer.objects.filter(campaign=campaign, day__lt=at.date()).delete()
    EstimateAnswer.objects.bulk_create(new)
    return stored | {answer.question_digest: answer for answer in new}


def _check_quota(number: int, at: datetime) -> None:
    if number > MAX_QUESTIONS_PER_DAY:
        raise TooManyRequests(
            _(
                "A campaign can ask %(limit)d different questions a day about who could help, one for each role. "
                "Ask again tomorrow, or ask the same as before."
            )
            % {"limit": MAX_QUESTIONS_PER_DAY},
            retry_after=ceil((_quota_ends_at(at) - at).total_seconds()),
        )


def _quota_ends_at(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date() + _QUOTA_PERIOD, time(0), UTC)


def _build_role_estimate(role: RoleDraft, question: SupplyQuestion, answer: EstimateAnswer) -> RoleEstimate:
    effects = [
        ChangeEffect(change.change.value, change.new_value, answer.people_added[change.change])
        for change in list_possible_changes(question)
        if change.change in answer.people_added
    ]
    effects.sort(key=lambda effect: -[*CountBand].index(CountBand(effect.people_added)))
    return RoleEstimate(role.role_id, role.name, role.seat_count, answer.people_fitting, effects)
