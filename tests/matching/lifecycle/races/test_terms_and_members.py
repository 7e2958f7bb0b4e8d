"""Managers, invitations, rules and requests that several people change at the same moment."""

from collections.abc import Callable
from datetime import time, timedelta
from functools import partial

import pytest

from campaigns.actions.amendments import amend_request
from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import invite_member
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.members import leave_campaign
from campaigns.actions.positions import change_position
from campaigns.actions.publication import publish_request
from campaigns.actions.requests import draft_request
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import RequestDraft
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member, Request
from campaigns.notice_types import CampaignNotice
from core.errors import HandraiserError
from core.models import User
from core.week_mask import Window
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.vetoes import veto_campaign
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.models import Match, Policy
from matching.rules.states import MatchState
from matching.runs.actions.policies import draft_policy
from tests.cast import FRONT_END_ROLE, Cast, assemble_cast
from tests.conftest import NOW
from tests.match_factory import make_offered_match
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import fail_on_logged_errors, run_at_once
from tests.notices import mark_notices_sent
from tests.run_execution import execute_full_run

ROUNDS = 4


@pytest.fixture
def house(db: None) -> Cast:
    """The cast, with Dave as a second manager of Carol's campaign."""
    cast = assemble_cast(NOW)
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=NOW)
    return cast


def member(cast: Cast, user: User) -> Member:
    return Member.objects.get(campaign=cast.campaign, user=user)


def test_two_managers_who_demote_each_other_leave_one(house: Cast) -> None:
    pairs = [(house.carol, house.dave), (house.dave, house.carol)]
    acts = [
        partial(change_position, actor=a, member=member(house, b), position="staff", at=NOW, authenticated_at=NOW)
        for a, b in pairs
    ]

    outcomes = run_at_once(acts)

    assert sorted(type(one.error).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]
    assert house.campaign.members.filter(position="manager").count() == 1


def test_two_managers_who_leave_at_once_leave_one(house: Cast) -> None:
    outcomes = run_at_once(
        [partial(leave_campaign, actor=one, campaign=house.campaign, at=NOW) for one in (house.carol, house.dave)]
    )

    assert all(outcome.is_clean for outcome in outcomes)
    assert house.campaign.members.filter(position="manager").count() == 1


def test_an_invitation_that_is_taken_up_ten_times_at_once_makes_one_member(house: Cast) -> None:
    made = invite_member(actor=house.carol, campaign=house.campaign, email=house.bob.email, position="staff", at=NOW)
    token = derive_link_token(CampaignNotice.MEMBER_INVITATION, made.public_id)

    outcomes = run_at_once([partial(accept_invitation, actor=house.bob, token=token, at=NOW)] * 10)

    assert all(outcome.is_clean for outcome in outcomes)
    assert (sum(outcome.error is None for outcome in outcomes), Member.objects.filter(user=house.bob).count()) == (1, 1)


def test_an_address_that_is_invited_ten_times_at_once_has_one_invitation(house: Cast) -> None:
    invite = partial(invite_member, campaign=house.campaign, email="x@example.org", position="staff", at=NOW)

    outcomes = run_at_once([partial(invite, actor=one) for one in (house.carol, house.dave) * 5])

    assert {outcome.error for outcome in outcomes} == {None}
    assert house.campaign.invitations.count() == 1


def test_a_request_that_is_published_while_its_contact_goes_is_answered_by_somebody_who_is_there(house: Cast) -> None:
    key = send_candidate_link(actor=house.rita, campaign=house.campaign, email="kim@example.org", at=NOW)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)
    for number in range(ROUNDS):
        draft = RequestDraft(
            title=f"R{number}", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=9), roles=[FRONT_END_ROLE]
        )
        request = draft_request(actor=house.carol, campaign=house.campaign, draft=draft, at=NOW)
        carol = member(house, house.carol)

        publish, end = run_at_once(
            [
                partial(publish_request, actor=house.carol, request=request, at=NOW),
                partial(end_manager_access, token=token, manager=carol.public_id, at=NOW),
            ]
        )

        assert end.error is None
        assert publish.is_clean, publish.error
        now = Request.objects.get(pk=request.pk)
        if now.state == Request.State.PUBLISHED:
            assert now.contact == member(house, house.dave)
        Member.objects.create(campaign=house.campaign, user=house.carol, position="manager", since=NOW)


def test_two_who_draft_rules_at_once_get_two_versions(house: Cast) -> None:
    outcomes = run_at_once([partial(draft_policy, actor=house.rita, name=name, changes={}) for name in ("a", "b")])

    assert len({outcome.result.number for outcome in outcomes}) == 2
    Policy.objects.filter(state=Policy.State.DRAFT).delete()  # the stage is left as it was found


ANSWERS: dict[str, Callable[[Cast, Match], Callable[[], object]]] = {
    "accept": lambda cast, match: partial(accept_offer, actor=cast.alice, match=match, at=NOW),
    "decline": lambda cast, match: partial(decline_offer, actor=cast.alice, match=match, at=NOW),
    "veto": lambda cast, match: partial(veto_campaign, actor=cast.alice, match=match, at=NOW),
}


@pytest.mark.parametrize("answer", list(ANSWERS))
def test_an_answer_and_a_change_at_once_never_leave_a_yes_to_what_was_not_read(house: Cast, answer: str) -> None:
    match = make_offered_match(house, NOW)
    change = RequestChange(meetings=[Window(2, time(20), time(21))])
    amend = partial(amend_request, actor=house.carol, request=house.request, change=change, at=NOW)

    with fail_on_logged_errors():
        outcomes = run_at_once([ANSWERS[answer](house, match), amend])

    assert outcomes[1].error is None
    assert outcomes[0].is_clean, outcomes[0].error
    match.refresh_from_db()
    ended = {"accept": MatchState.OFFERED, "decline": MatchState.DECLINED, "veto": MatchState.SUPERSEDED}[answer]
    # A yes that comes after the change is one to what is asked now: the version that was read decides it, if sent.
    assert match.state in ({ended, MatchState.ACCEPTED} if answer == "accept" else {ended})
    mark_notices_sent()
    assert set(find_broken_invariants()) <= {"a person hears the same twice"}


def test_a_yes_to_an_older_version_is_refused_after_a_change(house: Cast) -> None:
    match = make_offered_match(house, NOW)
    seen = match.version
    change = RequestChange(meetings=[Window(2, time(20), time(21))])
    acts: list[Callable[[], object]] = [
        partial(accept_offer, actor=house.alice, match=match, at=NOW, version=seen),
        partial(amend_request, actor=house.carol, request=house.request, change=change, at=NOW),
    ]

    yes, _ = run_at_once(acts)

    match.refresh_from_db()
    assert match.state == MatchState.OFFERED
    assert yes.error is None or isinstance(yes.error, HandraiserError)


def test_approvals_and_changes_at_once_end_in_one_of_the_two_orders(house: Cast) -> None:
    execute_full_run(NOW)
    match = Match.objects.get(state=MatchState.PROPOSED)
    change = RequestChange(meetings=[Window(2, time(4), time(5))])  # when Alice cannot

    approved, amended = run_at_once(
        [
            partial(approve_match, actor=house.rita, match=match, at=NOW),
            partial(amend_request, actor=house.carol, request=house.request, change=change, at=NOW),
        ]
    )

    assert amended.error is None
    assert approved.is_clean, approved.error
    match.refresh_from_db()
    # Asked before, and so asked again; or not approved any more.
    assert match.state == (MatchState.OFFERED if approved.error is None else MatchState.PROPOSED)
