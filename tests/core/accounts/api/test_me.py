from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from core.accounts.authentication import AuthenticationContext
from core.accounts.work_email import is_likely_work_email
from core.models import BouncedAddress, Notice, User
from core.notifications.bounces import mark_bounced
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy, publish_new_request
from tests.match_factory import (
    create_match,
    make_accepted_match,
    make_active_match,
    make_offered_match,
    make_proposed_match,
)
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


def test_who_signs_in_with_what_looks_like_a_work_address_is_warned(api: Api, cast: Cast) -> None:
    [warning] = api(cast.alice).get("/api/v1/me").json()["warnings"]
    assert warning.startswith("This looks like an address at work or school")

    User.objects.filter(pk=cast.alice.pk).update(email="alice@gmail.com")

    assert api(User.objects.get(pk=cast.alice.pk)).get("/api/v1/me").json()["warnings"] == []


@pytest.mark.parametrize(
    "email",
    ["a@gmail.com", "A@GMAIL.COM", "a@yahoo.co.uk", "a@hotmail.fr", "a@outlook.com", "a@gmx.net", "a@proton.me"],
)
def test_the_usual_providers_are_private(email: str) -> None:
    assert not is_likely_work_email(email)


@pytest.mark.parametrize(
    "email", ["a@bigbank.com", "a@mail.house.gov", "a@uni.edu", "a@gmail.com.bigbank.com", "a@outlook.bigbank.com"]
)
def test_everything_else_looks_like_work(email: str) -> None:
    assert is_likely_work_email(email)


def test_a_first_name_is_given_corrected_and_taken_back(api: Api, cast: Cast) -> None:
    client = api(cast.alice)
    assert client.get("/api/v1/me").json()["first_name"] == ""

    for sent, stored in ((" Ana ", "Ana"), ("x" * 80, "x" * 80), ("", "")):
        assert client.patch("/api/v1/me", {"first_name": sent}).json()["first_name"] == stored
    for refused in ("x" * 81, "A\nB"):
        assert client.patch("/api/v1/me", {"first_name": refused}).status_code == 400


def test_reminders_are_read_and_changed_each_for_itself(api: Api, cast: Cast) -> None:
    def read(answer: Any) -> tuple[bool, bool, str]:
        said = answer.json()
        return said["is_reminded_a_day_before"], said["is_reminded_an_hour_before"], said["language"]

    client = api(cast.alice)
    assert read(client.get("/api/v1/me")) == (True, False, "en")

    assert read(client.patch("/api/v1/me", {"is_reminded_an_hour_before": True})) == (True, True, "en")
    both = {"is_reminded_a_day_before": False, "language": "es"}
    assert read(client.patch("/api/v1/me", both)) == (False, True, "es")
    assert client.patch("/api/v1/me", {"language": "xx", "is_reminded_a_day_before": True}).status_code == 400

    assert read(client.get("/api/v1/me")) == (False, True, "es")
    assert read(api(cast.bob).get("/api/v1/me")) == (True, False, "en")


def test_the_language_in_which_one_is_written_to_is_ones_own_to_choose(api: Api, cast: Cast) -> None:
    answer = api(cast.alice).patch("/api/v1/me", {"language": "es"})

    assert (answer.status_code, answer.json()["language"], answer.json()["email"]) == (200, "es", "alice@example.org")
    cast.alice.refresh_from_db()
    assert (cast.alice.language, cast.alice.email) == ("es", "alice@example.org")
    assert api(cast.alice).patch("/api/v1/me", {"language": "klingon"}).status_code == 400
    address = api(cast.alice).patch("/api/v1/me", {"language": "en", "email": "mallory@example.org"})
    assert (address.status_code, list(address.json()["errors"])) == (400, ["email"])


COPY_ROLE = RoleDraft(name="Copy", skill="copywriting", hours_per_week=2)
NOTHING = {"count": 0, "overdue_count": 0}
ONE = {"count": 1, "overdue_count": 0}
ONE_LATE = {"count": 1, "overdue_count": 1}
FOR_REVIEWERS = (
    *("bounced_addresses", "recoveries", "verifications", "raised_hands", "proposals"),
    *("incidents", "false_alarms", "reports"),
)


def boot(api: Api, user: User) -> dict[str, Any]:
    answer: dict[str, Any] = api(user).get("/api/v1/me").json()
    return answer


def test_a_volunteer_boots_with_profile_offers_and_questions(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=now)
    open_calendar_feed(actor=cast.alice, secret="s", authenticated_at=now, at=now)

    said = boot(api, cast.alice)

    assert (said["profile"]["state"], said["profile"]["version"], said["profile"]["on_call"]) == ("active", 1, False)
    assert (said["profile"]["answer_due_at"], said["memberships"]) == (None, [])
    assert said["calendar_feed"] == {"is_open": True, "opened_at": "2026-03-02T12:00:00Z"}
    assert said["conduct"]["accepted_at"] == "2026-01-05T00:00:00Z"
    assert said["conduct"]["address"].endswith("/conduct/")
    assert said["second_factor"] == {"is_set": False, "is_needed": False, "is_used": False}
    assert (said["waiting"]["offers"], said["waiting"]["level_questions"]) == (ONE, ONE)
    assert said["waiting"]["unread_notices"]["count"] == Notice.objects.filter(recipient=cast.alice).count() > 0
    assert [said["waiting"][kind] for kind in FOR_REVIEWERS] == [None] * len(FOR_REVIEWERS)
    assert boot(api, cast.dave)["profile"] is None


def test_a_manager_boots_with_memberships_and_people_to_confirm(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    waits = register_campaign(actor=cast.carol, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    said = boot(api, cast.carol)

    assert [
        (one["campaign_id"], one["campaign"], one["campaign_state"], one["position"], one["answer_due_at"])
        for one in said["memberships"]
    ] == [
        (str(cast.campaign.public_id), "Doe for Senate", "verified", "manager", None),
        (str(waits.public_id), "Roe", "unverified", "manager", "2026-03-03T22:00:00Z"),
    ]
    assert said["waiting"]["acceptances"] == ONE
    Match.objects.filter(pk=match.pk).update(due_at=now)
    assert boot(api, cast.carol)["waiting"]["acceptances"] == ONE_LATE


def test_a_reviewer_boots_with_what_waits_and_what_is_late(api: Api, cast: Cast, now: datetime) -> None:
    seat = publish_new_request(cast.carol, cast.campaign, now, roles=[COPY_ROLE]).roles.get().seats.get()
    create_match(MatchState.PROPOSED, volunteer=Volunteer.objects.get(user=cast.bob), seat=seat, at=now)
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    report_problem(actor=cast.alice, match=make_active_match(cast, now), kind="other", at=now - timedelta(days=2))

    said = boot(api, cast.rita)["waiting"]

    assert (said["proposals"], said["verifications"], said["reports"]) == (ONE, ONE, ONE_LATE)
    assert (said["raised_hands"]["overdue_count"], said["recoveries"]) == (0, NOTHING)


def test_what_tells_of_others_waits_for_the_second_factor(cast: Cast, now: datetime) -> None:
    make_proposed_match(cast, now)
    for user, kind in ((cast.rita, "proposals"), (cast.carol, "acceptances")):
        client = APIClient()
        client.force_authenticate(user, token=AuthenticationContext(has_mfa=False))  # type: ignore[arg-type]
        said = client.get("/api/v1/me").json()

        assert said["second_factor"] == {"is_set": False, "is_needed": True, "is_used": False}
        assert said["waiting"][kind] is None


def test_the_boot_call_takes_as_many_statements_whatever_waits(
    api: Api, cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for user, statements in ((cast.alice, 7), (cast.carol, 7), (cast.rita, 7)):
        client = api(user)
        with django_assert_num_queries(statements):
            client.get("/api/v1/me")
    make_active_match(cast, now)
    register_campaign(actor=cast.carol, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    for user, statements in ((cast.alice, 7), (cast.carol, 7), (cast.rita, 7)):
        client = api(user)
        with django_assert_num_queries(statements):
            client.get("/api/v1/me")


def test_letters_that_come_back_are_told_to_their_reader_and_counted_for_reviewers(
    api: Api, cast: Cast, now: datetime
) -> None:
    assert boot(api, cast.alice)["mail_bounce"] is None

    mark_bounced(address=cast.alice.email, kind=BouncedAddress.Kind.COMPLAINED, code="", at=now)

    assert boot(api, cast.alice)["mail_bounce"] == {"kind": "complained", "bounced_at": "2026-03-02T12:00:00Z"}
    said = boot(api, cast.rita)
    assert (said["mail_bounce"], said["waiting"]["bounced_addresses"]) == (None, ONE)


def test_the_start_page_of_the_admin_shows_what_is_past_its_date(
    cast: Cast, now: datetime, reviewer_client: Client
) -> None:
    late = now - timedelta(days=9)
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", late, district="7"), name="Roe", at=late)

    page = reviewer_client.get("/admin/")

    first = page.context["waiting"][0]
    assert (first.label, first.count, first.overdue_count) == ("Campaigns to verify", 1, 1)
    assert "1 promise is past its date." in page.content.decode()


def test_whatever_is_written_about_availability_and_calendar_can_be_read(api: Api, cast: Cast, now: datetime) -> None:
    client = api(cast.alice)
    written = client.post("/api/v1/me/availability/on-call", {"on_call": True}).json()

    assert client.get("/api/v1/me/availability").json() == written
    assert (written["on_call"], written["answer_due_at"]) == (True, "2026-03-09T13:00:00Z")
    assert client.get("/api/v1/me/calendar-feed").json() == {"is_open": False, "opened_at": None}
    assert api(cast.dave).get("/api/v1/me/availability").status_code == 404
