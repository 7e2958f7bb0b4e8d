"""A candidate stops the campaign at the moment at which others act for it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.publication import publish_request
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.link_tokens import derive_link_token
from campaigns.models import CandidateLink, CandidateStop, Member, Request
from campaigns.notice_types import CampaignNotice
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.models import Match
from matching.rules.states import STATES_NOT_OVER, MatchState
from tests.cast import FRONT_END_ROLE, Cast, assemble_cast
from tests.conftest import NOW
from tests.match_factory import make_match
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import fail_on_logged_errors, run_at_once


@pytest.fixture
def house(db: None) -> Cast:
    """The cast."""
    return assemble_cast(NOW)


def prepare_stop(cast: Cast) -> Callable[[], object]:
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=NOW)
    return partial(stop_campaign, token=derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id), at=NOW)


def test_a_no_that_is_said_five_times_at_once_is_one(house: Cast) -> None:
    outcomes = run_at_once([prepare_stop(house)] * 5)

    assert {outcome.error for outcome in outcomes} == {None}
    assert CandidateStop.objects.count() == 1


def test_what_is_published_at_that_moment_is_called_off_or_stays_a_draft(house: Cast) -> None:
    last = NOW.date() + timedelta(days=9)
    draft = RequestDraft(title="Texts", starts_on=NOW.date(), ends_on=last, roles=[FRONT_END_ROLE])
    request = draft_request(actor=house.carol, campaign=house.campaign, draft=draft, at=NOW)

    publish, stop = run_at_once(
        [partial(publish_request, actor=house.carol, request=request, at=NOW), prepare_stop(house)]
    )

    assert stop.error is None
    assert publish.is_clean, publish.error
    assert Request.objects.get(pk=request.pk).state in (Request.State.DRAFT, Request.State.CANCELLED)
    assert not Request.objects.filter(campaign=house.campaign, state=Request.State.PUBLISHED).exists()


ANSWERS: dict[str, tuple[MatchState, Callable[[Cast, Match], Callable[[], object]]]] = {
    "accept": (MatchState.OFFERED, lambda cast, match: partial(accept_offer, actor=cast.alice, match=match, at=NOW)),
    "decline": (MatchState.OFFERED, lambda cast, match: partial(decline_offer, actor=cast.alice, match=match, at=NOW)),
    "confirm": (MatchState.ACCEPTED, lambda cast, match: partial(confirm_match, actor=cast.carol, match=match, at=NOW)),
}


@pytest.mark.parametrize("answer", list(ANSWERS))
def test_an_answer_at_that_moment_leaves_nothing_going_on(house: Cast, answer: str) -> None:
    state, act = ANSWERS[answer]
    match = make_match(house, NOW, state)

    with fail_on_logged_errors():
        answered, stopped = run_at_once([act(house, match), prepare_stop(house)])

    assert stopped.error is None
    assert answered.is_clean, answered.error
    assert not Match.objects.filter(request__campaign=house.campaign, state__in=STATES_NOT_OVER).exists()
    assert find_broken_invariants() == {}


def test_a_yes_and_a_no_at_once_are_a_no(house: Cast) -> None:
    stop = prepare_stop(house)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, CandidateLink.objects.get().public_id)

    consent, stopped = run_at_once([partial(record_candidate_consent, token=token, at=NOW), stop])

    assert stopped.error is None
    assert consent.is_clean, consent.error
    assert CandidateLink.objects.get().consented_at is None


def test_a_manager_is_ended_and_everything_stopped_at_once(house: Cast) -> None:
    stop, carol = prepare_stop(house), Member.objects.get(user=house.carol)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, CandidateLink.objects.get().public_id)

    outcomes = run_at_once([partial(end_manager_access, token=token, manager=carol.public_id, at=NOW), stop])

    assert {outcome.error for outcome in outcomes} == {None}
    assert not Member.objects.filter(campaign=house.campaign).exists()
    assert CandidateStop.objects.count() == 1
