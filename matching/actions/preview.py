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
from matching.models import PreviewAnswer
from matching.preview import (
    FEW,
    LEAST_TOLD,
    QUESTIONS_A_DAY,
    ROLES_AT_ONCE,
    Band,
    Question,
    band,
    changes,
    narrow,
    told,
)
from matching.queries.declared import declared, willing
from matching.queries.matches import active_policy
from matching.queries.supply import zones_in_use

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A single change, and how many more people would fit the role then, as a band."""

    change: str
    to: object
    opens: str


@dataclass(frozen=True, slots=True)
class RolePreview:
    """How many people fit a role, as a band, and what would open it to more, the most first."""

    name: str
    seats: int
    fits: str
    changes: list[Opened]


@dataclass(frozen=True, slots=True)
class Preview:
    """One answer a role. `left`: so many more questions the campaign has until `until`; None: they are not counted."""

    roles: list[RolePreview]
    until: datetime
    left: int | None


def preview_supply(*, actor: User, campaign: Campaign, draft: RequestDraft, at: datetime) -> Preview:
    """How many people say of themselves that they could do what `draft` asks for, role by role; it is not stored.

    The same question gets the same answer for the rest of the day (in UTC); of different ones a campaign has
    `QUESTIONS_A_DAY`. A reviewer's are not counted, and looked up anew. Raises NotAllowed, WrongState (not verified, or
    over), Invalid, TooOften.
    """
    counted = may_edit(actor, campaign)
    if not counted and not is_impartial_reviewer(actor, campaign):
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    if campaign.state != Campaign.State.VERIFIED:
        raise WrongState("Only of a verified campaign is told who could help. You can draft until we have verified it.")
    asked = asked_of(draft, today=at.date())
    questions = list(dict.fromkeys(question for _, question in asked))
    known = _known(campaign, at.date()) if counted else {}
    new = [question for question in questions if question.digest not in known]
    if counted:
        _check_left(len(known) + len(new), at)
    found = _answers(new, campaign, at)
    known = _kept(campaign, found, at) if counted else {answer.digest: answer for answer in found}
    roles = [_told(role, question, known[question.digest]) for role, question in asked]
    return Preview(roles, _ends(at), QUESTIONS_A_DAY - len(known) if counted else None)


def asked_of(draft: RequestDraft, *, today: date) -> list[tuple[RoleDraft, Question]]:
    """The roles of a draft, each with what it asks of people from today on. Raises Invalid."""
    check_draft(draft)
    _, draft = complete_draft(draft)
    assert draft.ends_on is not None
    if draft.ends_on < today:
        raise Invalid("This day is over. Give one that is still to come.", field="ends_on")
    if len(draft.roles) > ROLES_AT_ONCE:
        raise Invalid(f"Ask about {ROLES_AT_ONCE} roles at most at a time.", field="roles")
    skills = find_skills([role.skill for role in draft.roles], field="roles")
    return [
        (
            role,
            Question(
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


def _answers(questions: Sequence[Question], campaign: Campaign, at: datetime) -> list[PreviewAnswer]:
    people = willing(campaign, policy=active_policy(), at=at)
    zones = zones_in_use() if questions else []
    found = []
    for question in questions:
        instead = changes(question)
        count = declared(question, [one.question for one in instead], people=people, zones=zones)
        fits = told(count.fits, narrow=narrow(question) or count.claim < FEW).value
        pairs = zip(instead, count.opens, strict=True)
        opens = {one.change.value: band(more).value for one, more in pairs if more >= LEAST_TOLD}
        found.append(
            PreviewAnswer(campaign=campaign, day=at.date(), digest=question.digest, fits=fits, opens=opens, asked_at=at)
        )
    return found


def _known(campaign: Campaign, day: date) -> dict[str, PreviewAnswer]:
    return {answer.digest: answer for answer in PreviewAnswer.objects.filter(campaign=campaign, day=day)}


@transaction.atomic
def _kept(campaign: Campaign, found: Sequence[PreviewAnswer], at: datetime) -> dict[str, PreviewAnswer]:
    """The day's answers with these. Two who ask at once wait for each other, so that neither goes over what is left."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    known = _known(campaign, at.date())
    new = [answer for answer in found if answer.digest not in known]
    _check_left(len(known) + len(new), at)
    PreviewAnswer.objects.filter(campaign=campaign, day__lt=at.date()).delete()
    PreviewAnswer.objects.bulk_create(new)
    return known | {answer.digest: answer for answer in new}


def _check_left(number: int, at: datetime) -> None:
    if number > QUESTIONS_A_DAY:
        raise TooManyRequests(
            f"A campaign can ask {QUESTIONS_A_DAY} different questions a day about who could help, one for each role. "
            "Ask again tomorrow, or ask the same as before.",
            wait=ceil((_ends(at) - at).total_seconds()),
        )


def _ends(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date() + _DAY, time(0), UTC)


def _told(role: RoleDraft, question: Question, answer: PreviewAnswer) -> RolePreview:
    opened = [
        Opened(one.change.value, one.to, answer.opens[one.change])
        for one in changes(question)
        if one.change in answer.opens
    ]
    opened.sort(key=lambda one: -[*Band].index(Band(one.opens)))
    return RolePreview(role.name, role.seats, answer.fits, opened)
