"""Nothing more is written down about a person after the erasure, at no entry point."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Seat
from core.errors import WrongState
from core.models import User
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.vetoes import veto_pair, veto_volunteer
from matching.models import ChecklistTick, Match, Message, Pin, ProblemReport, Run, Veto
from matching.runs.actions.pins import pin_volunteer
from matching.runs.actions.scheduling import queue_run
from tests.access.endpoints import AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, sign_in_browser
from tests.core.privacy.erasure_traces import erase, everywhere
from volunteers.actions.invitations import invite_imported_volunteer
from volunteers.actions.vetting import vet_volunteer
from volunteers.models import Invitation, LevelQuestion, Vetting, Volunteer

pytestmark = pytest.mark.usefixtures("journal_file")

Api = Callable[[User | None], APIClient]
CANARY = "Winona-canary"
TEXT_FIELDS = ("text", "note", "reason", "outcome")
PREFIXES = ("match-", "placement-", "campaign-person", "veto-", "pin-", "run-", "problem-report-")
"""Routes of the API and of pages by which others write about a volunteer, or name one."""

ADMIN_FORMS = {
    "/admin/matching/match/{match}/do-{action}/": {"reason": "other", "note": CANARY, "version": "1"},
    "/admin/matching/problemreport/{report}/close/": {"outcome": CANARY},
    "/admin/volunteers/volunteer/{volunteer}/vet/": {"area": "money", "method": "call", "valid_until": "2026-12-01"},
}
"""Forms of the admin about a volunteer, without the erasure itself."""


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    """Alice works for Carol's campaign, and a problem of the match is open."""
    cache.clear()
    return build_scenario(cast, now)


def list_bodies(house: AccessScenario, route: str) -> Iterator[dict[str, Any]]:
    """The body of a route with the canary in each field of text that it may have, and as it is."""
    body = house.bodies.get(route, {})
    for name in TEXT_FIELDS:
        yield body | {name: CANARY}
        yield body | {"reason": "other", name: CANARY}
    yield body


def write_everything(house: AccessScenario, api: Api) -> list[int]:
    """Send each body to each route as manager and as reviewer; return what was answered."""
    statuses = []
    routes = [(name, method) for name, method in list_endpoints() if name.startswith(PREFIXES) and method != "get"]
    clients = [api(house.users[role]) for role in ("manager", "reviewer")]
    for number, (route, method) in enumerate(routes):
        path = endpoint_path(house, route)
        for index, body in enumerate(list_bodies(house, route)):
            for client in clients:
                send = getattr(client, method)
                key = {"Idempotency-Key": f"{number}-{index}"} if method == "post" else {}
                statuses.append(send(path, body, format="json", headers=key).status_code)
    return statuses


def write_in_the_admin(rita: User, volunteer: Volunteer, match: Match) -> None:
    browser = Client()
    sign_in_browser(browser, rita)
    for report in ProblemReport.objects.filter(match=match):
        for path, body in ADMIN_FORMS.items():
            for action in ("reject", "accept", "cancel", "release", "finish", "complete"):
                ids = {"match": match.pk, "report": report.pk, "volunteer": volunteer.pk, "action": action}
                browser.post(path.format(**ids), body)


def count_rows_about(volunteer: Volunteer) -> dict[str, int]:
    of_volunteer: dict[str, Any] = {
        "veto": Veto,
        "pin": Pin,
        "vetting": Vetting,
        "invitation": Invitation,
        "question": LevelQuestion,
    }
    counts = {name: model._default_manager.filter(volunteer=volunteer).count() for name, model in of_volunteer.items()}
    counts["message"] = Message.objects.filter(match__volunteer=volunteer).count()
    counts["tick"] = ChecklistTick.objects.filter(match__volunteer=volunteer).count()
    counts["report"] = ProblemReport.objects.filter(match__volunteer=volunteer).count()
    counts["run"] = Run.objects.filter(volunteers=volunteer).count()
    return counts


def test_the_walk_leaves_traces_of_one_who_is_here(api: Api, cast: Cast, house: AccessScenario) -> None:
    match = Match.objects.get(public_id=house.ids["match"])
    Veto.objects.all().delete()  # of the scenario: a second one would change nothing
    with transaction.atomic():
        assert set(write_everything(house, api)) >= {200, 201}
        write_in_the_admin(cast.rita, match.volunteer, match)
        traces = everywhere(CANARY)
        transaction.set_rollback(True)

    assert {trace.rpartition(".")[0] for trace in traces} >= {
        "matching_veto",
        "matching_problemreport",
        "matching_message",
    }


def test_no_entry_point_writes_about_one_who_was_erased(
    api: Api, cast: Cast, house: AccessScenario, now: datetime
) -> None:
    match = Match.objects.select_related("volunteer").get(public_id=house.ids["match"])
    volunteer_id = str(match.volunteer.public_id)
    erase(cast.alice, now)
    volunteer = Volunteer.objects.get(pk=match.volunteer_id)
    house.bodies["veto-list"] |= {"volunteer": volunteer_id}
    house.bodies["pin-list"] |= {"volunteer": volunteer_id}
    house.bodies["run-list"] = {"volunteers": [volunteer_id]}
    before = count_rows_about(volunteer)

    statuses = write_everything(house, api)
    write_in_the_admin(cast.rita, volunteer, match)

    assert everywhere(CANARY) == []
    assert count_rows_about(volunteer) == before
    assert 409 in statuses
    assert [status for status in statuses if status >= 500] == []


def test_each_action_says_why(cast: Cast, house: AccessScenario, now: datetime) -> None:
    match = Match.objects.select_related("volunteer", "request__campaign").get(public_id=house.ids["match"])
    erase(cast.alice, now)
    match.refresh_from_db()
    volunteer = Volunteer.objects.get(pk=match.volunteer_id)
    seat = Seat.objects.get(pk=match.seat_id)
    rita, campaign = cast.rita, match.request.campaign
    vetting: dict[str, Any] = {"area": "money", "method": "call", "valid_until": date(2026, 12, 1)}

    for write in (
        lambda: veto_volunteer(actor=cast.carol, match=match, reason=CANARY, at=now),
        lambda: veto_pair(actor=rita, volunteer=volunteer, campaign=campaign, reason=CANARY, at=now),
        lambda: report_problem(actor=cast.carol, match=match, kind="other", text=CANARY, at=now),
        lambda: report_problem(actor=rita, match=match, kind="other", text=CANARY, at=now),
        lambda: pin_volunteer(actor=rita, volunteer=volunteer, seat=seat, reason=CANARY, at=now),
        lambda: approve_alternate(actor=rita, seat=seat, volunteer=volunteer, at=now),
        lambda: queue_run(actor=rita, volunteers=[volunteer], at=now),
        lambda: vet_volunteer(actor=rita, volunteer=volunteer, at=now, **vetting),
        lambda: invite_imported_volunteer(actor=rita, volunteer=volunteer, at=now),
    ):
        with pytest.raises(WrongState, match="The data of this person was erased"):
            write()


def test_a_profile_that_is_gone_is_answered_in_the_same_way(cast: Cast, now: datetime) -> None:
    volunteer = Volunteer.objects.get(user=cast.bob)
    erase(cast.bob, now)
    assert not Volunteer.objects.filter(pk=volunteer.pk).exists()

    with pytest.raises(WrongState, match="The data of this person was erased"):
        veto_pair(actor=cast.rita, volunteer=volunteer, campaign=cast.campaign, reason=CANARY, at=now)


def test_an_open_report_is_closed_without_words(cast: Cast, house: AccessScenario, now: datetime) -> None:
    report_id = house.ids["problem-report"]
    erase(cast.alice, now)
    report = ProblemReport.objects.get(public_id=report_id)

    closed = handle_report(actor=cast.rita, report=report, outcome=CANARY, at=now)

    assert (closed.handled_by, closed.outcome) == (cast.rita, "—")
