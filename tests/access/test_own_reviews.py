"""A reviewer who also offers her time reads no review about herself."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Role, Seat
from core.conflict_of_interest import has_any_part
from core.models import User
from matching.models import Interest, Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer, sign_in_browser
from tests.match_factory import create_match
from tests.run_execution import execute_full_run
from volunteers.models import Vetting

Api = Callable[[User | None], APIClient]


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    user = create_user("ruth", reviewer=True)
    create_volunteer(user, now)
    return user


@pytest.mark.parametrize("state", [MatchState.SUPERSEDED, MatchState.REJECTED])
def test_a_proposal_of_hers_that_was_replaced_or_rejected_is_not_shown(
    api: Api, cast: Cast, ruth: User, now: datetime, state: MatchState
) -> None:
    """She has no part in the contest by it, so that she sees the others there."""
    seat = Seat.objects.get(role__request=cast.request)
    ended = create_match(state, volunteer=ruth.volunteer, seat=seat, at=now)
    path = f"/api/v1/matches/{ended.public_id}"
    assert api(cast.rita).get(path).status_code == 200
    browser = Client()
    sign_in_browser(browser, ruth)

    assert api(ruth).get(path).status_code == 404
    assert api(ruth).get("/api/v1/matches").json()["results"] == []
    assert browser.get(f"/admin/matching/match/{ended.pk}/change/").status_code == 302


def test_why_she_was_not_placed_is_not_for_her(api: Api, cast: Cast, ruth: User, now: datetime) -> None:
    run, role = execute_full_run(now), Role.objects.get(request=cast.request)
    Match.objects.all().delete()
    path = f"/api/v1/runs/{run.public_id}/why-not"
    query = {"volunteer": str(ruth.volunteer.public_id), "role": str(role.public_id)}

    assert (api(cast.rita).get(path, query).status_code, api(ruth).get(path, query).status_code) == (200, 404)
    rules, query = f"/api/v1/roles/{role.public_id}/rules", {"volunteer": query["volunteer"]}
    assert (api(cast.rita).get(rules, query).status_code, api(ruth).get(rules, query).status_code) == (200, 404)


def test_she_does_not_read_who_vetted_her(cast: Cast, ruth: User, reviewer_client: Client, now: datetime) -> None:
    Vetting.objects.create(
        volunteer=ruth.volunteer,
        area="money",
        method="call",
        valid_until=now.date(),
        reviewer=cast.rita,
        created_at=now,
    )
    browser, page = Client(), f"/admin/volunteers/volunteer/{ruth.volunteer.pk}/change/"
    sign_in_browser(browser, ruth)

    assert cast.rita.email in reviewer_client.get(page).content.decode()
    assert cast.rita.email not in browser.get(page).content.decode()
    assert list(browser.get("/admin/volunteers/vetting/").context["cl"].queryset) == []


def test_an_interest_of_hers_does_not_tell_her_whose_role_it_is(cast: Cast, ruth: User, now: datetime) -> None:
    """The board names no campaign, so the admin names it neither; and the contest does not vanish for her."""
    liked = {"role": Role.objects.get(), "since": now, "answer_due_at": now + timedelta(days=7)}
    hers = Interest.objects.create(volunteer=ruth.volunteer, **liked)
    others = Interest.objects.create(volunteer=cast.alice.volunteer, **liked)
    listed = {}
    for user in (ruth, cast.rita):
        browser = Client()
        sign_in_browser(browser, user)
        listed[user] = set(browser.get("/admin/matching/interest/").context["cl"].queryset)
        page = browser.get(f"/admin/matching/interest/{hers.pk}/change/")
        assert page.status_code == (302 if user == ruth else 200)

    assert listed == {ruth: {others}, cast.rita: {hers, others}}
    assert has_any_part(ruth) is False
