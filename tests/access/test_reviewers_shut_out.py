"""One reviewer cannot shut another, who volunteers, out of a contest, nor tell them of it by that."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Seat
from core.conflict_of_interest import list_contests_of
from core.errors import NotAllowed
from core.models import User
from matching.lifecycle.actions.review import approve_alternate
from matching.models import Match, Pin, Run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, create_volunteer, sign_in_browser
from tests.match_factory import make_proposed_match
from tests.run_execution import execute_full_run

Api = Callable[[User | None], APIClient]
LISTS = ("campaigns", "requests", "matches", "vetoes", "pins", "problem-reports", "runs")
ADMIN_LISTS = ("campaigns/campaign", "campaigns/request", "matching/match", "matching/veto", "matching/pin")


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    """Ruth reviews, and offers her time."""
    user = create_user("ruth", reviewer=True)
    create_volunteer(user, now)
    return user


def read_lists(api: Api, user: User) -> dict[str, Any]:
    """What Ruth's lists hold, in the API and in the admin, and her start page."""
    browser = Client()
    sign_in_browser(browser, user)
    shown = {name: api(user).get(f"/api/v1/{name}").json()["results"] for name in LISTS}
    counts = {name: browser.get(f"/admin/{name}/").context["cl"].result_count for name in ADMIN_LISTS}
    start = browser.get("/admin/").context
    return shown | counts | {name: start[name] for name in ("waiting", "figures", "charts")}


def test_a_veto_about_her_changes_nothing_that_she_sees(api: Api, cast: Cast, ruth: User) -> None:
    before = read_lists(api, ruth)
    body = {
        "volunteer": str(ruth.volunteer.public_id),
        "campaign": str(cast.campaign.public_id),
        "reason": "Between us.",
    }

    assert api(cast.rita).post("/api/v1/vetoes", body).status_code == 201

    assert read_lists(api, ruth) == before
    assert list_contests_of(ruth) == set()


def test_a_pin_about_her_is_refused_and_an_older_one_changes_nothing_that_she_sees(
    api: Api, cast: Cast, ruth: User, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    before = read_lists(api, ruth)
    body = {"volunteer": str(ruth.volunteer.public_id), "seat": str(seat.public_id), "reason": "Between us."}

    answer = api(cast.rita).post("/api/v1/pins", body)
    assert (answer.status_code, "No reviewer chooses another" in answer.json()["detail"]) == (403, True)

    Pin.objects.create(volunteer=ruth.volunteer, seat=seat, created_by=cast.rita, created_at=now, reason="Earlier.")
    assert read_lists(api, ruth) == before


def test_she_is_no_alternate_that_another_reviewer_chooses(api: Api, cast: Cast, ruth: User, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    path = f"/api/v1/matches/{match.public_id}/alternates"

    listed = api(cast.rita).get(path).json()["results"]

    assert str(ruth.volunteer.public_id) not in str(listed)
    with pytest.raises(NotAllowed, match="No reviewer chooses another"):
        approve_alternate(actor=cast.rita, seat=match.seat, volunteer=ruth.volunteer, at=now)
    assert list_contests_of(ruth) == set()


def test_the_admin_offers_her_as_no_alternate_either(
    cast: Cast, ruth: User, reviewer_client: Client, now: datetime
) -> None:
    match = make_proposed_match(cast, now)
    erin = create_volunteer(create_user("erin"), now)

    page = reviewer_client.get(f"/admin/matching/proposal/{match.pk}/somebody-else/").context["form"]

    assert list(page.fields["volunteer"].queryset) == [erin]


def test_nor_is_a_run_for_her_alone(cast: Cast, ruth: User, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="No reviewer chooses another"):
        queue_run(actor=cast.rita, volunteers=[ruth.volunteer], at=now)

    dry_run = queue_run(actor=cast.rita, volunteers=[ruth.volunteer], dry_run=True, at=now)
    assert (dry_run.state, list_contests_of(ruth)) == (Run.State.QUEUED, set())


def test_a_run_that_ranks_everybody_still_proposes_her(cast: Cast, ruth: User, now: datetime) -> None:
    cast.alice.volunteer.delete()

    execute_full_run(now)

    assert Match.objects.get().volunteer == ruth.volunteer
    assert list_contests_of(ruth) == {cast.campaign.candidate.contest_id}


def test_hands_are_counted_for_those_who_may_see_them(cast: Cast, ruth: User, api: Api, now: datetime) -> None:
    def count_hands(user: User) -> int:
        count: int = api(user).get("/api/v1/me").json()["waiting"]["raised_hands"]["count"]
        return count

    before = count_hands(ruth)
    make_proposed_match(cast, now, ruth)

    assert (before, count_hands(ruth)) == (2, 0)
    assert count_hands(cast.rita) == 3
