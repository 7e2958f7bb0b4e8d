"""What counts as a part in a contest, and which reviewers are left for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_removed
from allauth.core.context import request_context
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.invitations import invite_member
from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Contest, Member, Seat
from config.middleware import ContestPartsMiddleware
from core.conflict_of_interest import (
    find_contests_without_reviewer,
    is_impartial_reviewer,
    list_contests_of,
    list_impartial_reviewers,
    list_reviewers_of_any,
    no_part_in_contest,
    reading_contests_once,
    users_with_part,
)
from core.models import User
from matching.lifecycle.actions.review import reject_match
from matching.models import Match, Pin, Veto
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from tests.match_factory import create_match
from volunteers.models import Volunteer


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    """A second reviewer, who also offers her own time."""
    user = create_user("ruth", reviewer=True)
    create_volunteer(user, now)
    return user


def seat_of(cast: Cast) -> Seat:
    return Seat.objects.get(role__request=cast.request)


def act_for_campaign(position: str) -> Callable[[Cast, User, datetime], None]:
    def act(cast: Cast, user: User, now: datetime) -> None:
        Member.objects.create(campaign=cast.campaign, user=user, position=position, since=now)

    return act


def leave_campaign(cast: Cast, user: User, now: datetime) -> None:
    act_for_campaign("staff")(cast, user, now)
    Member.objects.filter(user=user).delete()


def act_for_ended_opponent(cast: Cast, user: User, now: datetime) -> None:
    register_campaign(actor=user, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    Campaign.objects.filter(name="Roe").update(state="ended", answer_due_at=None)


def stand_as_candidate(cast: Cast, user: User, now: datetime) -> None:
    send_link_before_her_role(cast, user, user.email, now)


def send_link_before_her_role(cast: Cast, user: User, email: str, now: datetime) -> None:
    """The link was sent before she was made a reviewer: to a reviewer none is sent."""
    User.objects.filter(pk=user.pk).update(is_staff=False)
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email=email, at=now)
    User.objects.filter(pk=user.pk).update(is_staff=True)


def stand_with_another_address(cast: Cast, user: User, now: datetime) -> None:
    """She signs in with another address than that of the link."""
    EmailAddress.objects.create(user=user, email="ruth@campaign.example", verified=True)
    send_link_before_her_role(cast, user, "ruth@campaign.example", now)


def stand_by_an_earlier_link(cast: Cast, user: User, now: datetime) -> None:
    stand_as_candidate(cast, user, now)
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)


def remove_the_address_of_the_link(cast: Cast, user: User, now: datetime) -> None:
    old = EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    stand_as_candidate(cast, user, now)
    EmailAddress.objects.create(user=user, email="new@example.org", verified=True).set_as_primary()
    user.refresh_from_db()
    old.remove()
    request = RequestFactory().get("/")
    with request_context(request):
        email_removed.send(EmailAddress, request=request, user=user, email_address=old)


def be_matched(state: MatchState) -> Callable[[Cast, User, datetime], None]:
    def match(cast: Cast, user: User, now: datetime) -> None:
        create_match(state, volunteer=user.volunteer, seat=seat_of(cast), at=now)

    return match


def be_pinned(cast: Cast, user: User, now: datetime) -> None:
    Pin.objects.create(
        volunteer=user.volunteer, seat=seat_of(cast), created_by=cast.rita, created_at=now, reason="Agreed."
    )


def be_vetoed(cast: Cast, user: User, now: datetime) -> None:
    Veto.objects.create(
        volunteer=user.volunteer, campaign=cast.campaign, side="reviewer", created_at=now, reason="Kin."
    )


def say_never(cast: Cast, user: User, now: datetime) -> None:
    Veto.objects.create(volunteer=user.volunteer, campaign=cast.campaign, side="volunteer", created_at=now)


def be_invited(cast: Cast, user: User, now: datetime) -> None:
    invite_member(actor=cast.carol, campaign=cast.campaign, email=user.email, position="staff", at=now)


def be_matched_elsewhere(cast: Cast, user: User, now: datetime) -> None:
    candidacy = build_candidacy("Pat Roe", now, office="Mayor", level="local", district="")
    register_campaign(actor=user, candidacy=candidacy, name="Roe", at=now)


NEVER_OFFERED = (MatchState.SUPERSEDED, MatchState.REJECTED)
"""The states in which a match of the factory ended before any offer."""

PARTS = {
    **{f"{position} of a campaign": act_for_campaign(position) for position in Member.Position.values},
    "formerly of a campaign": leave_campaign,
    "manager of an opponent that has ended": act_for_ended_opponent,
    "candidate": stand_as_candidate,
    "candidate with another address": stand_with_another_address,
    "candidate by an earlier link": stand_by_an_earlier_link,
    "candidate who removed the address": remove_the_address_of_the_link,
    **{f"match {state}": be_matched(state) for state in MatchState if state not in NEVER_OFFERED},
    "never, that she said": say_never,
}


@pytest.mark.parametrize("take_part", PARTS.values(), ids=PARTS.keys())
def test_each_of_these_is_a_part(
    cast: Cast, ruth: User, now: datetime, take_part: Callable[[Cast, User, datetime], None]
) -> None:
    contest = cast.campaign.candidate.contest
    assert is_impartial_reviewer(ruth, contest.pk)

    take_part(cast, ruth, now)

    assert not is_impartial_reviewer(ruth, contest.pk)
    assert list_contests_of(ruth) == {contest.pk}
    assert list(list_impartial_reviewers(contest.pk)) == [cast.rita]
    assert ruth in users_with_part([contest.pk])
    assert list(Contest.objects.filter(no_part_in_contest(ruth, "pk"))) == []


@pytest.mark.parametrize(
    "do",
    [be_invited, *map(be_matched, NEVER_OFFERED), be_matched_elsewhere, be_pinned, be_vetoed],
    ids=["invited", *NEVER_OFFERED, "elsewhere", "pinned", "vetoed"],
)
def test_none_of_these_is_a_part(
    cast: Cast, ruth: User, now: datetime, do: Callable[[Cast, User, datetime], None]
) -> None:
    do(cast, ruth, now)

    contest = cast.campaign.candidate.contest
    assert is_impartial_reviewer(ruth, contest.pk)
    assert contest.pk not in list_contests_of(ruth)
    assert list(list_impartial_reviewers(contest.pk)) == [cast.rita, ruth]


def test_an_offer_that_was_taken_back_is_a_part(cast: Cast, ruth: User, now: datetime) -> None:
    be_matched(MatchState.OFFERED)(cast, ruth, now)
    Match.objects.update(state=MatchState.SUPERSEDED)

    assert not is_impartial_reviewer(ruth, cast.campaign.candidate.contest_id)


@pytest.mark.parametrize("source", [MatchState.PROPOSED, MatchState.APPROVED])
def test_a_proposal_is_a_part_until_it_is_rejected_before_any_offer(
    cast: Cast, ruth: User, now: datetime, source: MatchState
) -> None:
    cast.request.staffing = "whole"
    cast.request.save()
    match = create_match(source, volunteer=ruth.volunteer, seat=seat_of(cast), at=now)
    contest = cast.campaign.candidate.contest_id
    assert not is_impartial_reviewer(ruth, contest)

    reject_match(actor=cast.rita, match=match, reason="fit", at=now)

    assert is_impartial_reviewer(ruth, contest)
    assert find_contests_without_reviewer([contest]) == set()


def test_an_imported_volunteer_without_an_account_leaves_the_reviewers_where_they_are(
    cast: Cast, now: datetime
) -> None:
    say_never(cast, cast.alice, now)
    Volunteer.objects.filter(user=cast.alice).update(user=None, claimed_at=None, answer_due_at=None)

    assert list(list_impartial_reviewers(cast.campaign.candidate.contest_id)) == [cast.rita]


def test_a_user_who_is_no_reviewer_reviews_nothing(cast: Cast) -> None:
    assert not is_impartial_reviewer(cast.dave, cast.campaign.candidate.contest_id)


def test_a_contest_without_reviewer_is_one_in_which_each_has_a_part(cast: Cast, ruth: User, now: datetime) -> None:
    contest = cast.campaign.candidate.contest_id
    be_matched_elsewhere(cast, ruth, now)
    elsewhere = Campaign.objects.get(name="Roe").candidate.contest_id
    act_for_campaign("staff")(cast, ruth, now + timedelta(days=1))
    assert find_contests_without_reviewer([contest, elsewhere]) == set()

    act_for_campaign("treasurer")(cast, cast.rita, now)

    assert find_contests_without_reviewer([contest, elsewhere]) == {contest}
    assert list_reviewers_of_any([contest, elsewhere]) == [cast.rita]
    assert list_reviewers_of_any([contest]) == []


def test_a_request_that_reads_reads_the_parts_once(
    cast: Cast, ruth: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    act_for_campaign("staff")(cast, ruth, now)

    with reading_contests_once(), django_assert_num_queries(1):
        conditions = [no_part_in_contest(ruth, "candidate__contest") for _ in range(3)]
    seen = [Campaign.objects.filter(condition).exists() for condition in conditions]

    assert seen == [False, False, False]


def test_what_is_read_once_is_read_anew_by_the_next_request(cast: Cast, ruth: User, now: datetime) -> None:
    with reading_contests_once():
        before = Campaign.objects.filter(no_part_in_contest(ruth, "candidate__contest")).exists()
    act_for_campaign("staff")(cast, ruth, now)
    with reading_contests_once():
        after = Campaign.objects.filter(no_part_in_contest(ruth, "candidate__contest")).exists()

    assert (before, after) == (True, False)


@pytest.mark.parametrize(("method", "is_read_once"), [("GET", True), ("HEAD", True), ("POST", False), ("PUT", False)])
def test_only_what_changes_nothing_reads_them_once(
    rf: RequestFactory, cast: Cast, ruth: User, now: datetime, method: str, is_read_once: bool
) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        no_part_in_contest(ruth, "candidate__contest")
        act_for_campaign("staff")(cast, ruth, now)
        is_seen = Campaign.objects.filter(no_part_in_contest(ruth, "candidate__contest")).exists()
        return HttpResponse(str(is_seen))

    response = ContestPartsMiddleware(answer)(rf.generic(method, "/"))

    assert response.content.decode() == str(is_read_once)
