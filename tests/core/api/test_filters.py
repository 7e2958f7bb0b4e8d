"""Lists: what can be asked for, what is refused, and pages that hold in every order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django_filters
import pytest
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import CandidateStop, Member
from core.api.filters import ListFilterBackend
from core.models import FactorRecovery, Notice, User
from core.models.factor_recovery import RECOVERY_LIFETIME
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import DutyShift, Match, Pin, Run, Veto
from matching.runs.actions.policies import draft_policy
from tests.ballots import import_ballot
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.core.api.lists import addresses, lists
from tests.match_factory import make_offered_match
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


@pytest.fixture
def full(cast: Cast, now: datetime) -> Cast:
    """Three of everything, and much of it at the same moment or alike, so that orders have ties."""
    cast.rita.is_superuser = True
    cast.rita.save()
    for number in range(2):
        create_volunteer(create_user(f"extra{number}"), now)
        publish_new_request(cast.carol, cast.campaign, now, title="Website", roles=[FRONT_END_ROLE])
        enqueue_notice(to=cast.rita, kind="verification-overdue", cause=f"{number}", subjects={}, at=now)
        theirs = register_campaign(
            actor=cast.dave, candidacy=build_candidacy(f"C{number}", now, district="9"), name="C", at=now
        )
        CandidateStop.objects.create(campaign=theirs, stopped_at=now, answer_due_at=now)
        Veto.objects.create(
            volunteer=Volunteer.objects.get(user=cast.bob), campaign=theirs, side="reviewer", created_at=now
        )
        Member.objects.create(campaign=cast.campaign, user=create_user(f"m{number}"), position="staff", since=now)
        draft_policy(actor=cast.rita, name="New", changes={})
        Run.objects.create(policy=draft_policy(actor=cast.rita, name="R", changes={}), requested_at=now)
    for person in (cast.alice, cast.bob, cast.carol):
        FactorRecovery.objects.create(person=person, callback="x", requested_at=now, expires_at=now + RECOVERY_LIFETIME)
    for day in range(3):
        shift = {"starts_at": now + timedelta(days=day), "ends_at": now + timedelta(days=day + 1)}
        DutyShift.objects.create(reviewer=cast.rita, **shift)
    import_ballot(now, {}, {"district": "13"}, {"district": "14"})
    execute_full_run(now)
    for match in Match.objects.order_by("pk"):
        Pin.objects.create(volunteer=match.volunteer, seat=match.seat, created_at=now, reason="x")
        Match.objects.filter(pk=match.pk).update(state="accepted", offered_at=now, score=7)
        report_problem(actor=match.volunteer.user, match=match, kind="other", at=now)  # type: ignore[arg-type]
    return cast


def test_every_list_filters_strictly() -> None:
    assert len(lists()) == 27
    for route in lists():
        view: Any = route.callback
        known = getattr(view, "cls", None) or view.view_class
        assert known.filter_backends == [ListFilterBackend], route.name


@pytest.mark.parametrize("name", ["colour", "state__in", "id", "volunteer__user__email", "format", "campaign__name"])
def test_what_a_list_cannot_be_asked_for_is_refused_by_name(api: Api, cast: Cast, name: str) -> None:
    for path in addresses(cast):
        answer = api(cast.rita).get(path, {name: "x"})
        assert answer.status_code == 400, path
        assert answer["Content-Type"] == "application/problem+json"
        assert list(answer.json()["errors"]) == [name]


HIDDEN = {
    "placements": ("volunteer", "volunteer__first_name", "first_name", "name", "score", "email", "proposed_from"),
    "me/matches": ("reason", "note", "score", "campaign", "contact", "proposed_from"),
    "campaigns": ("verified_by", "members", "email", "created_from"),
    "requests": ("state__gt", "roles__seats__matches__state", "matches__volunteer"),
    "placement-vetoes": ("volunteer", "name", "first_name", "search"),
    "me/interests": ("role", "volunteer", "campaign", "search"),
    "me/vetoes": ("campaign", "side", "search"),
    "campaigns/{campaign}/members": ("email", "search"),
}


@pytest.mark.parametrize("path", list(HIDDEN))
def test_a_hidden_field_is_refused_and_cannot_be_ordered_by_either(api: Api, cast: Cast, path: str) -> None:
    address = f"/api/v1/{path}".format(campaign=cast.campaign.public_id)
    for user in (cast.alice, cast.carol):
        for name in HIDDEN[path] if user == cast.carol or "{" not in path else ():
            asked = api(user).get(address, {name: "x"})
            assert (asked.status_code, list(asked.json()["errors"])) == (400, [name])
            ordered = api(user).get(address, {"ordering": name})
            assert (ordered.status_code, list(ordered.json()["errors"])) == (400, ["ordering"])


def test_a_campaign_cannot_search_for_who_was_asked(api: Api, cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)
    carol = api(cast.carol)

    assert carol.get("/api/v1/placements?search=alice").json()["results"] == []
    assert len(carol.get("/api/v1/placements?search=front web").json()["results"]) == 1


@pytest.mark.parametrize("text", ["a\u202eb", "\u3164", "a\U000e0041"])
@pytest.mark.parametrize("query", ["skills?search", "contests?search", "me/matches?search", "requests?skill"])
def test_a_search_with_a_character_that_cannot_be_shown_is_refused(api: Api, cast: Cast, query: str, text: str) -> None:
    path, _mark, name = query.partition("?")
    answer = api(cast.alice).get(f"/api/v1/{path}", {name: text})

    assert answer.status_code == 400
    assert name in answer.json()["errors"]
    assert api(cast.alice).get(f"/api/v1/{path}", {name: "web"}).status_code == 200


def test_a_volunteer_cannot_search_for_a_campaign(api: Api, cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)

    assert api(cast.alice).get("/api/v1/me/matches?search=Doe").json()["results"] == []
    assert len(api(cast.alice).get("/api/v1/me/matches?search=web").json()["results"]) == 1


@pytest.mark.parametrize(
    ("path", "asked", "rows"),
    [
        ("matches", {"state": "accepted"}, 3),
        ("matches", {"state": "proposed"}, 0),
        ("matches", {"search": "alice"}, 1),
        ("matches", {"skill": "front-end", "is_escalated": "false", "is_broadcast": "false"}, 3),
        ("matches", {"proposed_from": "2026-03-03T00:00:00Z"}, 0),
        ("matches", {"proposed_until": "2026-03-03T00:00:00Z", "campaign": "{campaign}"}, 3),
        ("requests", {"campaign": "{campaign}", "state": "published"}, 3),
        ("requests", {"skill": "copywriting"}, 0),
        ("requests", {"skill": "front-end", "starts_from": "2026-03-09", "starts_until": "2026-03-09"}, 3),
        ("requests", {"starts_from": "2026-03-10"}, 0),
        ("requests", {"search": "doe website"}, 3),
        ("requests", {"search": "swordfish"}, 0),
        ("campaigns", {"search": "doe"}, 1),
        ("campaigns", {"state": "unverified", "level": "state", "jurisdiction": "US-WA", "is_paused": "false"}, 2),
        ("campaigns", {"election_from": "2030-01-01"}, 0),
        ("runs", {"state": "done"}, 1),
        ("runs", {"is_limited": "true"}, 0),
        ("runs", {"requested_until": "2026-03-02T11:59:59Z"}, 0),
        ("problem-reports", {"is_handled": "false", "kind": "other"}, 3),
        ("problem-reports", {"is_handled": "true"}, 0),
        ("policies", {"state": "active"}, 1),
        ("vetoes", {"side": "reviewer", "search": "bob"}, 2),
        ("pins", {"campaign": "{campaign}"}, 3),
        ("me/notices", {"topic": "offers"}, 0),
        ("me/notices", {"topic": "review", "is_unread": "true"}, 7),
        ("me/notices", {"is_unread": "false"}, 0),
        ("campaigns/{campaign}/members", {"position": "staff"}, 2),
    ],
)
def test_a_list_says_what_it_was_asked(api: Api, full: Cast, path: str, asked: dict[str, str], rows: int) -> None:
    named = {"campaign": str(full.campaign.public_id)}
    said = {name: value.format(**named) for name, value in asked.items()}

    answer = api(full.rita).get(f"/api/v1/{path}".format(**named), said)

    assert (answer.status_code, len(answer.json()["results"])) == (200, rows)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("matches", {"state": "happy"}),
        ("matches", {"run": "1"}),
        ("matches", {"due_until": "soon"}),
        ("matches", {"search": "x" * 101}),
        ("requests", {"starts_from": "x"}),
        ("requests", {"priority": "9"}),
        ("requests", {"search": "a\0b"}),
        ("matches", {"ordering": "score,state_changed_at"}),
        ("runs", {"ordering": "--requested_at"}),
        ("me/notices", {"topic": "gossip"}),
    ],
)
def test_what_a_filter_cannot_use_is_named(api: Api, cast: Cast, path: str, asked: dict[str, str]) -> None:
    answer = api(cast.rita).get(f"/api/v1/{path}", asked)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(asked))


def test_nonsense_is_refused_by_every_filter_for_true_or_false(api: Api, cast: Cast) -> None:
    tried = 0
    for route in lists():
        view: Any = route.callback
        known = getattr(view, "cls", None) or view.view_class
        filters = getattr(known, "filterset_class", None)
        path = f"/api/v1/{route.pattern}".replace("<uuid:id>", str(cast.campaign.public_id))
        for name, entry in filters.base_filters.items() if filters else ():
            if not isinstance(entry, django_filters.BooleanFilter):
                continue
            for value, status in (("maybe", 400), ("2", 400), ("true", 200), ("False", 200), ("", 200)):
                answer = api(cast.rita).get(path, {name: value})
                assert answer.status_code == status, (path, name, value)
                assert list(answer.json().get("errors", [name])) == [name]
            tried += 1
    assert tried >= 9


@pytest.mark.parametrize("query", ["is_broadcast=true&is_broadcast=false", "state=offered&page_size=1&page_size=2"])
def test_a_parameter_that_is_given_twice_is_refused(api: Api, cast: Cast, query: str) -> None:
    answer = api(cast.rita).get(f"/api/v1/matches?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.rpartition("&")[2].partition("=")[0]])


def pages(client: APIClient, path: str, **asked: str) -> list[list[str]]:
    """The ids on each page, forward to the end; and back again, which must be the same pages."""
    found, back = [], []
    answer = client.get(path, {"page_size": "1", **asked}).json()
    while True:
        found.append([row["id"] for row in answer["results"]])
        if answer["next"] is None:
            break
        answer = client.get(answer["next"]).json()
    while True:
        back.append([row["id"] for row in answer["results"]])
        if answer["previous"] is None:
            break
        answer = client.get(answer["previous"]).json()
    assert back[::-1] == found
    return found


def test_pages_hold_in_every_order(api: Api, full: Cast) -> None:
    client, tried = api(full.rita), 0
    for route in lists():
        view: Any = route.callback
        known = getattr(view, "cls", None) or view.view_class
        path = f"/api/v1/{route.pattern}".replace("<uuid:id>", str(full.campaign.public_id))
        if route.name in ("skills", "playbooks", "my-token-list", "review-team-list"):
            continue
        every = [row["id"] for row in client.get(path).json()["results"]]
        for name in getattr(known, "orderings", ()):
            up, down = (pages(client, path, ordering=way) for way in (name, f"-{name}"))
            assert down == up[::-1], (path, name)
            assert sorted(one for page in up for one in page) == sorted(every), (path, name)
            assert all(len(page) == 1 for page in up)
            tried += len(every) > 2
        assert [one for page in pages(client, path) for one in page] == every, path
    assert tried >= 15


def test_new_rows_never_shift_a_page_whatever_the_order(api: Api, full: Cast, now: datetime) -> None:
    client = api(full.carol)
    asked = {"page_size": "2", "ordering": "-starts_on"}
    first = client.get("/api/v1/requests", asked).json()

    publish_new_request(
        full.carol, full.campaign, now, title="Website", roles=[FRONT_END_ROLE]
    )  # as early as the others

    second = client.get(first["next"]).json()
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert len(set(ids)) == len(ids) == 3
    assert second["next"] is None


def test_a_cursor_of_another_order_is_no_page(api: Api, full: Cast) -> None:
    first = api(full.rita).get("/api/v1/matches", {"page_size": "1", "ordering": "score"}).json()

    other = first["next"].replace("ordering=score", "ordering=proposed_at")

    assert api(full.rita).get(other).status_code == 404


def test_skills_that_are_found_still_are_a_tree(api: Api, db: None) -> None:
    def found(words: str) -> dict[str, str | None]:
        told = api(None).get("/api/v1/skills", {"search": words}).json()["results"]
        return {skill["code"]: skill["parent"] for skill in told}

    leaf = found("front end")
    assert leaf["front-end"] in leaf
    assert all(parent is None or parent in leaf for parent in leaf.values())
    branch = found("security")
    assert branch["incident-response"] == "security"
    assert found("no such thing at all") == {}


def test_notices_are_not_searched(api: Api, cast: Cast, now: datetime) -> None:
    enqueue_notice(
        to=cast.carol, kind="verified", cause="x", subjects={"campaign": str(cast.campaign.public_id)}, at=now
    )
    assert Notice.objects.filter(recipient=cast.carol).count() == 1

    assert api(cast.carol).get("/api/v1/me/notices?search=x").status_code == 400
    late = (now + timedelta(days=1)).isoformat()
    assert api(cast.carol).get("/api/v1/me/notices", {"created_from": late}).json()["results"] == []


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2001-07-04T18:01:08-20:03", 200),
        ("0981-07-04T18:01:08-20:03", 400),
        ("2026-03-02T12:00:00+23:59", 200),
        ("2026-03-02", 400),
        ("0001-01-01T00:00:00+02:00", 400),
        ("9999-12-31T23:59:59-02:00", 400),
        ("yesterday", 400),
    ],
)
def test_a_time_is_understood_whatever_its_offset_or_refused(api: Api, cast: Cast, at: str, status: int) -> None:
    assert api(cast.rita).get("/api/v1/runs", {"requested_from": at}).status_code == status
