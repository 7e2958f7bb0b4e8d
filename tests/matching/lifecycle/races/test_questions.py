"""Many who ask at once, for one campaign, who could help."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from campaigns.draft_rules import RequestDraft, RoleDraft
from core.errors import TooManyRequests
from matching.models import EstimateAnswer
from matching.rules.supply_estimate import MAX_QUESTIONS_PER_DAY
from matching.runs.actions.supply_estimate import SupplyEstimate, estimate_supply
from tests.matching.lifecycle.races.concurrency import Outcome, run_at_once
from tests.matching.lifecycle.races.scenario import RaceScenario


def draft(stage: RaceScenario, hours: range) -> RequestDraft:
    roles = [RoleDraft(name=f"{number}", skill="front-end", hours_per_week=number) for number in hours]
    days = {"starts_on": stage.at.date(), "ends_on": stage.at.date() + timedelta(days=20)}
    return RequestDraft(title="Website", roles=roles, **days)  # type: ignore[arg-type]


def asking(stage: RaceScenario, drafts: list[RequestDraft]) -> list[Outcome]:
    """Carol asks all of them at once."""
    campaign = next(iter(stage.requests.values())).campaign
    ask = partial(estimate_supply, actor=stage.carol, campaign=campaign, at=stage.at)
    return run_at_once([partial(ask, draft=one) for one in drafts])


def test_together_they_ask_no_more_than_a_campaign_may(stage: RaceScenario) -> None:
    outcomes = asking(stage, [draft(stage, range(first, first + 10)) for first in range(1, 51, 5)])

    assert all(isinstance(one.error, TooManyRequests) or isinstance(one.result, SupplyEstimate) for one in outcomes), (
        outcomes
    )
    assert any(one.error for one in outcomes)
    assert any(one.result for one in outcomes)
    assert EstimateAnswer.objects.count() <= MAX_QUESTIONS_PER_DAY
    told = {role.name: role.people_fitting for one in outcomes if one.result for role in one.result.roles}
    for one in outcomes:
        assert one.error or all(told[role.name] == role.people_fitting for role in one.result.roles)


def test_the_same_question_at_once_is_counted_once(stage: RaceScenario) -> None:
    one = draft(stage, range(1, 3))

    outcomes = asking(stage, [one, replace(one, title="In other words")] * 4)

    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert len({str(outcome.result) for outcome in outcomes}) == 1
    assert EstimateAnswer.objects.count() == 2
