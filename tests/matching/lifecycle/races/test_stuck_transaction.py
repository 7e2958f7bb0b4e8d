"""One transaction is stuck and holds a request: whatever is due elsewhere goes on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import Error, OperationalError, connection, transaction
from django.db.models import Model
from django.test import Client

from campaigns.models import Request
from core.database_trouble import DatabaseTrouble, find_database_trouble, passing_over_locks
from matching.lifecycle.actions.clocks import process_due_matches
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.tasks import sweep_due_work
from tests.cast import sign_in_browser
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal
from tests.matching.lifecycle.races.test_storing import about_to_store
from tests.web.test_every_form import read_fields


@contextmanager
def holding_row(row: Model) -> Iterator[None]:
    """A transaction of another process that has locked this row and does not end."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR UPDATE", [row.pk])
        yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def short_waits() -> Iterator[None]:
    """The lock timeout of a web process, but shorter, so that the test is quick."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def end_runs() -> None:
    Run.objects.update(state=Run.State.CANCELLED, lease_expires_at=None)


def test_a_sweep_passes_over_a_request_that_is_held(stage: RaceScenario) -> None:
    late = stage.at + timedelta(days=30)
    held = [
        create_proposal(stage.volunteers[number], stage.list_seats("site")[number], at=stage.at) for number in (0, 1)
    ]
    other = create_proposal(stage.volunteers[2], stage.list_seats("rival")[0], at=stage.at)
    Match.objects.update(due_at=stage.at)

    with holding_row(stage.requests["site"]), passing_over_locks():
        assert process_due_matches(at=late) == 1

    # Those that were held are as due as before, so that the next sweep does them.
    assert {Match.objects.get(pk=match.pk).due_at for match in held} == {stage.at}
    assert Match.objects.get(pk=other.pk).escalated_at == late
    assert process_due_matches(at=late) == 2


def test_the_whole_sweep_goes_on_beside_a_request_that_is_held(
    stage: RaceScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = stage.at.date() - timedelta(days=3)
    Request.objects.filter(pk__in=[stage.requests[name].pk for name in ("site", "rival")]).update(
        starts_on=over - timedelta(days=1), ends_on=over
    )
    monkeypatch.setattr("matching.tasks.timezone.now", lambda: stage.at)

    with holding_row(stage.requests["site"]):
        sweep_due_work()

    assert Request.objects.get(pk=stage.requests["rival"].pk).state == Request.State.CLOSED
    assert Request.objects.get(pk=stage.requests["site"].pk).state == Request.State.PUBLISHED
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("75s",)  # that of a command, as before the sweep


def test_a_run_stores_what_it_found_elsewhere(stage: RaceScenario) -> None:
    store = about_to_store(stage)
    site = stage.requests["site"]

    with holding_row(site):
        stored = store()

    proposed = Match.objects.filter(state=MatchState.PROPOSED)
    assert stored == proposed.count() > 0
    assert not proposed.filter(request=site).exists()
    end_runs()
    assert about_to_store(stage)() > stored
    assert proposed.filter(request=site).exists()


def test_a_proposal_that_is_being_decided_stays_and_its_volunteer_gets_no_other(stage: RaceScenario) -> None:
    about_to_store(stage)()
    end_runs()
    decided = Match.objects.filter(state=MatchState.PROPOSED).order_by("pk").first()
    assert decided is not None
    store = about_to_store(stage)

    with holding_row(decided):
        store()

    assert list(Match.objects.filter(volunteer=decided.volunteer, state=MatchState.PROPOSED)) == [decided]


def test_who_waits_too_long_for_a_lock_is_told_to_try_again(stage: RaceScenario) -> None:
    request = stage.requests["site"]
    client = Client(raise_request_exception=False)
    sign_in_browser(client, stage.carol)
    address = f"/campaigns/{request.campaign.public_id}/projects/{request.public_id}/cancel/"
    fields = read_fields(client.get(address))
    typed = {name: fields[name][0] for name in ("form_key", "form_owner", "version", "told") if name in fields} | {
        "reason": "too_slow"
    }

    with holding_row(request), short_waits():
        answer = client.post(f"/api/v1/requests/{request.public_id}/cancel", {}, content_type="application/json")
        page = client.post(address, typed)
        seen = client.get("/healthz")

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "5")
    assert seen.status_code == 200
    assert (page.status_code, page["Retry-After"]) == (503, "5"), page.content
    assert b"Another change is under way here" in page.content
    assert Request.objects.get(pk=request.pk).state == Request.State.PUBLISHED


def test_a_database_that_is_away_is_503(stage: RaceScenario) -> None:
    client = Client(raise_request_exception=False)
    sign_in_browser(client, stage.carol)

    with database_away():
        answers = {path: client.get(path) for path in ("/healthz", "/api/v1/me", "/me/")}
        posted = client.post("/api/v1/campaigns", {}, content_type="application/json")

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 503)
    assert all(int(answer["Retry-After"]) > 0 for answer in (*answers.values(), posted))
    assert (posted.status_code, posted.json()["code"]) == (503, "unavailable")
    assert b"does not answer" in answers["/me/"].content
    assert client.get("/healthz").status_code == 200


@contextmanager
def database_away() -> Iterator[None]:
    """The database's address leads nowhere."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        yield
    finally:
        connection.settings_dict["HOST"] = host


def test_a_transaction_that_idled_for_too_long_is_told_to_try_again(stage: RaceScenario) -> None:
    def idle() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10ms'")
            time.sleep(0.2)
            cursor.execute("SELECT 1")

    with pytest.raises(Error) as caught:
        idle()
    connection.close()

    assert find_database_trouble(caught.value) == DatabaseTrouble.BUSY


def test_other_errors_of_the_database_are_defects() -> None:
    assert find_database_trouble(RuntimeError()) is None
    assert find_database_trouble(None) is None
    assert find_database_trouble(OperationalError("no connection")) == DatabaseTrouble.AWAY
