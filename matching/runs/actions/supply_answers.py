"""Answer a campaign's questions about who could help: each is counted once a day, and its answer is stored."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from core.errors import TooManyRequests
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import EstimateAnswer
from matching.rules.supply_estimate import (
    MAX_QUESTIONS_PER_DAY,
    MIN_DISCLOSED_COUNT,
    SupplyQuestion,
    count_band,
    disclosed_band,
    hide_some,
    list_possible_changes,
)
from matching.runs.queries.supply_estimate import count_fits
from matching.runs.queries.willing_volunteers import willing_volunteers
from matching.snapshot.available_volunteers import time_zones_in_use

_QUOTA_PERIOD = timedelta(days=1)


def compute_answers(questions: Sequence[SupplyQuestion], campaign: Campaign, at: datetime) -> list[EstimateAnswer]:
    """Return new answers to these questions, with what may be told of the counts. They are not stored yet."""
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


def read_answers(campaign: Campaign, day: date) -> dict[str, EstimateAnswer]:
    """Return the answers that the campaign got on this day, by digest."""
    return {answer.question_digest: answer for answer in EstimateAnswer.objects.filter(campaign=campaign, day=day)}


@transaction.atomic
def store_answers(campaign: Campaign, computed: Sequence[EstimateAnswer], at: datetime) -> dict[str, EstimateAnswer]:
    """Store new answers and return all of the day's, by digest. The campaign is locked, so that its quota holds."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    stored = read_answers(campaign, at.date())
    new = [answer for answer in computed if answer.question_digest not in stored]
    check_quota(len(stored) + len(new), at)
    EstimateAnswer.objects.filter(campaign=campaign, day__lt=at.date()).delete()
    EstimateAnswer.objects.bulk_create(new)
    return stored | {answer.question_digest: answer for answer in new}


def check_quota(number: int, at: datetime) -> None:
    """Raise TooManyRequests for more questions than a campaign has in a day."""
    if number > MAX_QUESTIONS_PER_DAY:
        raise TooManyRequests(
            _(
                "A campaign can ask %(limit)d different questions a day about who could help, one for each role. "
                "Ask again tomorrow, or ask the same as before."
            )
            % {"limit": MAX_QUESTIONS_PER_DAY},
            retry_after=ceil((find_quota_end(at) - at).total_seconds()),
        )


def find_quota_end(at: datetime) -> datetime:
    """Return the end of the day in UTC, when a campaign may ask again."""
    return datetime.combine(at.astimezone(UTC).date() + _QUOTA_PERIOD, time(0), UTC)
