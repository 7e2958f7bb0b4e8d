"""What follows a yes: who is reached how, what a phoned one waits for, and what can be said when it is over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rest_framework.test import APIClient

from campaigns.models import Request, Role
from core.enums import ViewerKind
from core.models import User
from matching.lifecycle.actions.person_actions import PERSON_ACTORS
from matching.lifecycle.actions.volunteer_answers import withdraw_from_match
from matching.models import Match
from matching.rules.reasons import REASONS_BY_ACTION, EndReason, WithdrawReason, find_reason_label
from matching.rules.states import MatchState
from matching.rules.transitions import TRANSITIONS
from tests.cast import Cast
from tests.match_factory import make_accepted_match, make_active_match, make_offered_match

Api = Callable[[User | None], APIClient]


def test_a_campaign_can_report_somebody_who_has_gone_and_sees_nothing_of_them(
    api: Api, cast: Cast, now: datetime
) -> None:
    match = make_accepted_match(cast, now)
    withdraw_from_match(actor=cast.alice, match=match, at=now)
    address = f"/api/v1/placements/{match.public_id}"

    assert api(cast.carol).get(address).status_code == 404
    made = api(cast.carol).post(f"{address}/report-problem", {"kind": "privacy", "text": "A copy was kept."})

    assert (made.status_code, made.json()["kind"]) == (201, "privacy")
    assert api(cast.dave).post(f"{address}/report-problem", {"kind": "privacy"}).status_code == 404


def test_a_campaign_reaches_somebody_as_they_chose(api: Api, cast: Cast, now: datetime) -> None:
    profile = api(cast.alice).get("/api/v1/me/profile").json()
    wanted = {key: value for key, value in profile.items() if key not in ("id", "state", "assumed")}
    assert api(cast.alice).put("/api/v1/me/profile", wanted | {"contact": "Signal: alice.07"}).status_code == 200
    match = make_active_match(cast, now)

    [placement] = api(cast.carol).get("/api/v1/placements").json()["results"]
    [mine] = api(cast.alice).get("/api/v1/me/matches").json()["results"]
    team = api(cast.carol).get(f"/api/v1/requests/{match.request.public_id}/team").json()

    assert placement["contact"] == mine["my_contact"] == team["members"][0]["contact"] == "Signal: alice.07"


def test_a_profile_that_does_not_say_whether_somebody_is_of_age_is_sent_back(api: Api, cast: Cast) -> None:
    profile = api(cast.alice).get("/api/v1/me/profile").json()
    wanted = {key: value for key, value in profile.items() if key not in ("id", "state", "assumed", "adult")}

    refused = api(cast.alice).put("/api/v1/me/profile", wanted)

    assert refused.status_code == 400
    assert [*refused.json()["errors"]] == ["adult"]


def test_a_yes_by_phone_is_recorded_with_the_code_of_conduct(api: Api, cast: Cast, now: datetime) -> None:
    User.objects.filter(pk=cast.alice.pk).update(conduct_accepted_at=None)
    match = make_offered_match(cast, now)
    Match.objects.update(due_at=datetime.now(UTC) + timedelta(days=1))
    address = f"/api/v1/matches/{match.public_id}/accept"

    refused = api(cast.rita).post(address, {"note": "She called at noon."})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["volunteer_accepts_code_of_conduct"])
    assert (
        api(cast.rita)
        .post(address, {"note": "She called at noon.", "volunteer_accepts_code_of_conduct": True})
        .status_code
        == 200
    )

    early = api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm")
    assert (early.status_code, "take it back in writing until" in early.json()["detail"]) == (409, True)


def test_after_a_yes_the_match_says_until_when_the_campaign_answers(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    mine = api(cast.alice).get(f"/api/v1/me/matches/{match.public_id}").json()
    theirs = api(cast.carol).get(f"/api/v1/placements/{match.public_id}").json()

    assert mine["answer_due_at"] == theirs["answer_due_at"] is not None


def test_ten_matches_are_a_page_and_a_caller_may_ask_for_more(api: Api, cast: Cast, now: datetime) -> None:
    accepted = make_accepted_match(cast, now)
    Match.objects.bulk_create(
        Match(
            volunteer=accepted.volunteer,
            seat=accepted.seat,
            request=accepted.request,
            state=MatchState.DECLINED,
            score_parts={},
            score=0,
            proposed_at=now,
            state_changed_at=now,
            offered_at=now,
        )
        for _number in range(10)
    )

    page = api(cast.alice).get("/api/v1/me/matches").json()

    assert (len(page["results"]), page["next"] is None) == (10, False)
    assert len(api(cast.alice).get("/api/v1/me/matches", {"page_size": 25}).json()["results"]) == 11


def test_a_reason_comes_with_its_label_which_follows_from_the_state(api: Api, cast: Cast, now: datetime) -> None:
    address = f"/api/v1/me/matches/{make_accepted_match(cast, now).public_id}"
    assert [api(cast.alice).get(address).json()[name] for name in ("reason", "reason_label")] == [None, None]

    ended = api(cast.alice).post(f"{address}/withdraw", {"reason": "time"}).json()

    assert (ended["state"], ended["reason"], ended["reason_label"]) == (
        *("withdrawn", "time"),
        "I have no time any more",
    )
    seen = api(cast.rita).get(address.replace("/me/", "/")).json()
    assert (seen["reason"], seen["reason_label"]) == ("time", "No time any more")
    assert find_reason_label("declined", "time", reader=ViewerKind.REVIEWER) == "No time"
    told = {
        (reader, reason): find_reason_label("superseded", reason, reader=reader)
        for reader in (ViewerKind.VOLUNTEER, ViewerKind.REVIEWER)
        for reason in ("veto", "volunteer_left")
    }
    assert [*told.values()] == [
        *("You said never", "You left"),
        *("The volunteer said never", "The person is no longer available"),
    ]


def test_what_a_volunteer_may_say_of_a_withdrawal_is_a_reason_of_an_end_in_their_words() -> None:
    assert WithdrawReason.values == EndReason.values


def test_every_reason_of_an_action_has_a_label_in_the_state_that_follows() -> None:
    for row in TRANSITIONS:
        choices = REASONS_BY_ACTION.get(row.action)
        for reason in choices.values if choices and row.actor_kind in PERSON_ACTORS else ():
            assert (find_reason_label(row.target, reason, reader=ViewerKind.REVIEWER) is None) == (reason == ""), (
                row,
                reason,
            )


def test_a_volunteer_filters_by_states_that_they_can_see(api: Api, cast: Cast) -> None:
    refused = api(cast.alice).get("/api/v1/me/matches", {"state": "proposed"})

    assert (refused.status_code, [*refused.json()["errors"]]) == (400, ["state"])
    assert api(cast.alice).get("/api/v1/me/matches", {"state": "superseded"}).status_code == 200


def test_nobody_is_missing_where_each_begins_alone(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    Role.objects.create(
        request=match.request,
        name="Copy",
        skill=match.seat.role.skill,
        level=3,
        hours_per_week=2,
        min_to_start=1,
        order=9,
    ).seats.create(number=1)
    path = f"/api/v1/requests/{match.request.public_id}/team"

    for staffing, missing in (("rolling", []), ("whole", ["Copy"])):
        Request.objects.update(staffing=staffing)
        assert [role["role"] for role in api(cast.alice).get(path).json()["missing"]] == missing
