"""Who could help: what a campaign is told of it, how often, and who is told nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Member, Request, Seat
from core.models import User
from matching.models import EstimateAnswer, Match
from matching.rules.states import MatchState
from matching.rules.supply_estimate import MAX_QUESTIONS_PER_DAY
from tests.cast import Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.match_factory import create_match
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/requests/supply-estimate"


def draft(campaign: Campaign, *roles: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What drafting takes too."""
    said = {
        "campaign": str(campaign.public_id),
        "title": "Website",
        "starts_on": "2026-03-09",
        "ends_on": "2026-04-19",
        "roles": [{"name": "Front end", "skill": "front-end", "hours_per_week": 4} | role for role in roles or ({},)],
    }
    return said | changes


def crowd(now: datetime, number: int, **said: Any) -> None:
    """So many people more who do front ends on evenings."""
    for _ in range(number):
        create_volunteer(create_user(f"crowd{User.objects.count()}"), now, **said)


def test_a_campaign_is_told_how_many_fit_and_what_would_open_a_role_to_more(
    api: Api, cast: Cast, now: datetime
) -> None:
    crowd(now, 9)  # with Alice ten
    crowd(now, 6, max_hours_per_week=2)
    crowd(now, 4, max_hours_per_week=2, claims=[("front-end", 2, True)])  # too few to be told of
    asked = draft(cast.campaign, {"level": 3})

    answer = api(cast.carol).post(PATH, asked)

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "roles": [
                {
                    "role_id": None,
                    "name": "Front end",
                    "seat_count": 1,
                    "people_fitting": "10-24",
                    "changes": [
                        {
                            "change": "hours_per_week",
                            "new_value": 2,
                            "people_added": "5-9",
                            "explanation": "Asking for fewer hours a week: 2",
                        }
                    ],
                }
            ],
            "valid_until": "2026-03-03T00:00:00Z",
            "questions_left": MAX_QUESTIONS_PER_DAY - 1,
        },
    )
    assert Request.objects.count() == 1


def test_a_change_is_told_for_what_was_counted_once_it_is_made(api: Api, cast: Cast, now: datetime) -> None:
    crowd(now, 12, languages=["es"])
    asked = draft(cast.campaign, {"languages": ["en"]})

    before = api(cast.carol).post(PATH, asked).json()["roles"][0]
    after = api(cast.carol).post(PATH, draft(cast.campaign)).json()["roles"][0]

    assert (before["people_fitting"], [one["change"] for one in before["changes"]]) == ("under 5", ["languages"])
    assert (before["changes"][0]["people_added"], after["people_fitting"]) == ("10-24", "10-24")


def test_the_same_question_has_the_same_answer_all_day_and_is_counted_once(api: Api, cast: Cast, now: datetime) -> None:
    crowd(now, 12)
    first = api(cast.carol).post(PATH, draft(cast.campaign)).json()
    crowd(now, 20)

    # Neither the words, nor the order, nor what does not decide who fits makes another question of it.
    again = draft(cast.campaign, {"name": "Browser", "seat_count": 2}, title="Another", priority=5)
    assert (
        api(cast.carol).post(PATH, again).json()["roles"][0]["people_fitting"]
        == first["roles"][0]["people_fitting"]
        == "10-24"
    )
    assert EstimateAnswer.objects.count() == 1
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert api(cast.carol).post(PATH, again).json()["roles"][0]["people_fitting"] == "25+"
    assert EstimateAnswer.objects.get().day == (now + timedelta(days=1)).date()


def test_a_campaign_has_so_many_questions_a_day(api: Api, cast: Cast, now: datetime) -> None:
    roles = [{"name": f"{hours}", "hours_per_week": hours} for hours in range(1, 61)]
    for first in range(0, MAX_QUESTIONS_PER_DAY, 10):
        told = api(cast.carol).post(PATH, draft(cast.campaign, *roles[first : first + 10]))
    assert told.json()["questions_left"] == 0

    over = api(cast.carol).post(PATH, draft(cast.campaign, roles[MAX_QUESTIONS_PER_DAY]))
    assert (over.status_code, over.json()["code"], over["Retry-After"]) == (429, "throttled", str(12 * 3600))
    assert api(cast.carol).post(PATH, draft(cast.campaign, roles[0])).status_code == 200
    assert EstimateAnswer.objects.count() == MAX_QUESTIONS_PER_DAY
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert api(cast.carol).post(PATH, draft(cast.campaign, roles[MAX_QUESTIONS_PER_DAY])).status_code == 200


def test_another_campaign_and_a_reviewer_cost_it_nothing(api: Api, cast: Cast, now: datetime) -> None:
    told = api(cast.rita).post(PATH, draft(cast.campaign))

    assert (told.status_code, told.json()["questions_left"]) == (200, None)
    assert not EstimateAnswer.objects.exists()


def test_until_it_is_verified_a_campaign_is_told_no_figure(api: Api, cast: Cast, now: datetime) -> None:
    campaign = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    answer = api(cast.dave).post(PATH, draft(campaign))

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert "people_fitting" not in answer.content.decode()
    drafted = api(cast.dave).post("/api/v1/requests", draft(campaign)).json()
    assert drafted["supply_estimate_url"] == ""
    assert api(cast.dave).post(f"/api/v1/requests/{drafted['id']}/supply-estimate").status_code == 409


def test_a_treasurer_and_a_reviewer_with_a_part_in_the_contest_are_told_nothing(
    api: Api, cast: Cast, now: datetime
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="treasurer", since=now)

    assert api(cast.dave).post(PATH, draft(cast.campaign)).status_code == 403
    cast.dave.is_staff = True
    cast.dave.save()
    assert api(cast.dave).post(PATH, draft(cast.campaign)).status_code == 403


def test_no_window_tells_when_a_few_people_have_time(api: Api, cast: Cast, now: datetime) -> None:
    crowd(now, 12)
    crowd(now, 4, languages=["tl"])  # in the evenings
    spoken = {"languages": ["tl"], "hours_per_week": 1}

    bands = set()
    for hour in range(8, 22, 2):
        window = {"weekday": 1, "starts": f"{hour:02}:00", "ends": f"{hour + 2:02}:00"}
        told = api(cast.carol).post(PATH, draft(cast.campaign, spoken, work=[window])).json()["roles"][0]
        bands.add(told["people_fitting"])

    assert bands == {"under 5"}


def test_people_whose_hours_the_campaign_knows_make_no_band(api: Api, cast: Cast, now: datetime) -> None:
    crowd(now, 5, languages=["tl"])
    own, helping = Volunteer.objects.order_by("-pk")[:2]
    assert own.user is not None
    asked = draft(cast.campaign, {"languages": ["tl"]})

    def read_band() -> str:
        EstimateAnswer.objects.all().delete()
        band: str = api(cast.carol).post(PATH, asked).json()["roles"][0]["people_fitting"]
        return band

    assert read_band() == "5-9"
    member = Member.objects.create(campaign=cast.campaign, user=own.user, position="staff", since=now)
    assert read_band() == "under 5"
    member.delete()
    assert read_band() == "5-9"
    roles = [RoleDraft(name="Front end", skill="front-end", hours_per_week=4)]
    request = publish_new_request(cast.carol, cast.campaign, now, roles=roles)
    match = create_match(MatchState.ACCEPTED, volunteer=helping, seat=Seat.objects.get(role__request=request), at=now)
    assert read_band() == "under 5"
    # It still knows the hours of a person with whom it is over.
    for state in (MatchState.REFUSED, MatchState.RELEASED, MatchState.WITHDRAWN):
        Match.objects.filter(pk=match.pk).update(state=state, reason="other")
        assert read_band() == "under 5"


def test_what_is_written_down_is_previewed_by_its_link(api: Api, cast: Cast, now: datetime) -> None:
    crowd(now, 6)
    window = {"weekday": 1, "starts": "19:00", "ends": "20:00"}
    asked = draft(cast.campaign, {"level": 2, "seat_count": 3}, meetings=[window], work=[window | {"ends": "23:00"}])
    drafted = api(cast.carol).post("/api/v1/requests", asked).json()

    saved = api(cast.carol).post(drafted["supply_estimate_url"])
    unsaved = api(cast.carol).post(PATH, asked)

    [role] = drafted["roles"]
    [estimate] = unsaved.json()["roles"]
    assert (saved.status_code, saved.json()) == (200, unsaved.json() | {"roles": [estimate | {"role_id": role["id"]}]})
    assert EstimateAnswer.objects.count() == 1
    over = api(cast.carol).post(f"/api/v1/requests/{drafted['id']}/cancel", {}).json()
    assert over["supply_estimate_url"] == ""


def test_roles_come_from_the_playbook_where_none_is_named(api: Api, cast: Cast) -> None:
    asked = draft(cast.campaign, playbook="website") | {"roles": []}
    del asked["ends_on"]

    told = api(cast.carol).post(PATH, asked)
    drafted = api(cast.carol).post("/api/v1/requests", asked)

    assert (told.status_code, drafted.status_code) == (200, 201), told.json()
    assert [one["name"] for one in told.json()["roles"]] == [one["name"] for one in drafted.json()["roles"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2026-03-01", "starts_on": "2026-02-01"}, "ends_on"),
        ({"ends_on": "2026-03-01"}, "ends_on"),
        ({"time_zone": "Mars"}, "time_zone"),
        ({"roles": []}, "roles"),
        ({"roles": [{"name": "x", "skill": "juggling", "hours_per_week": 1}]}, "roles.0.skill"),
        ({"roles": [{"name": f"{n}", "skill": "front-end", "hours_per_week": 1} for n in range(11)]}, "roles"),
        ({"playbook": "nonesuch"}, "playbook"),
    ],
)
def test_what_cannot_be_drafted_cannot_be_asked(api: Api, cast: Cast, changes: dict[str, Any], field: str) -> None:
    answer = api(cast.carol).post(PATH, draft(cast.campaign) | changes)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not EstimateAnswer.objects.exists()
