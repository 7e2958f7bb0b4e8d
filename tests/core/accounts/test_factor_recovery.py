"""A lost second factor is recovered by two reviewers and a day, in the sight of everyone concerned."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.accounts.factor_recovery import approve_recovery, request_recovery
from core.accounts.recovery_ends import process_due_recoveries, stop_recovery
from core.accounts.recovery_links import make_recovery_link_token
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.models import FactorRecovery, Notice, User
from core.models.factor_recovery import MAX_CALLBACK_LENGTH, RECOVERY_LIFETIME, RECOVERY_WAIT
from core.notifications.delivery import deliver_due_notices
from core.notifications.muted_topics import set_topic_muted
from core.notifications.notice_types import RenderedNotice, render_notices
from core.tasks import sweep_factor_recoveries
from tests.cast import Cast, create_user, current_totp_code, sign_in_browser
from tests.core.accounts.recoveries import API, CALLBACK, SECOND, Api, has_factor, state_of, who_was_told


def test_the_factor_goes_a_day_after_the_second_reviewer_and_not_before(
    cast: Cast, approved: FactorRecovery, now: datetime
) -> None:
    client = Client()
    sign_in_browser(client, cast.carol)
    process_due_recoveries(at=now + RECOVERY_WAIT - timedelta(seconds=1))
    assert (state_of(approved), has_factor(cast.carol)) == ("approved", True)

    assert [process_due_recoveries(at=now + RECOVERY_WAIT) for _ in range(2)] == [1, 0]

    assert (state_of(approved), has_factor(cast.carol)) == ("done", False)
    assert client.get("/api/v1/me").status_code == 401


def test_the_sweep_calls_it(cast: Cast, approved: FactorRecovery, now: datetime) -> None:
    past = {"requested_at": now - timedelta(days=3), "approved_at": now - timedelta(days=2)}
    due = {"expires_at": now - timedelta(days=3) + RECOVERY_LIFETIME, "due_at": now - timedelta(days=1)}
    FactorRecovery.objects.update(**past, **due)

    sweep_factor_recoveries()

    assert state_of(approved) == "done"


def test_everyone_concerned_is_told_at_each_step(cast: Cast, approved: FactorRecovery, now: datetime) -> None:
    other = create_user("rob", reviewer=True)
    process_due_recoveries(at=now + RECOVERY_WAIT)

    hers, reviewers = {cast.carol.email, SECOND}, {"rita@example.org", "remy@example.org"}
    for state in ("requested", "approved", "done"):
        assert who_was_told("factor-recovery", state) == hers
    assert who_was_told("factor-recovery-review", "approved") == reviewers
    assert who_was_told("factor-recovery-review", "done") == reviewers | {other.email}


def test_her_letters_leave_even_if_the_topic_is_muted(
    cast: Cast, asked: FactorRecovery, now: datetime, mailoutbox: list[Any]
) -> None:
    set_topic_muted(user=cast.carol, topic="account")  # type: ignore[arg-type]

    deliver_due_notices(at=now)

    assert {letter.to[0] for letter in mailoutbox} >= {cast.carol.email, SECOND}


def test_each_step_is_told_also_one_that_another_has_followed(
    cast: Cast, asked: FactorRecovery, remy: User, now: datetime, mailoutbox: list[Any]
) -> None:
    stop_recovery(actor=remy, recovery=asked, at=now)

    deliver_due_notices(at=now)

    told = "\n".join(f"{letter.subject} {letter.body}" for letter in mailoutbox if letter.to == [cast.carol.email])
    assert "Somebody says that you have lost your second factor" in told
    assert "what somebody asked us to do about your second factor was stopped" in told.replace("\n", " ")
    assert not Notice.objects.filter(obsolete_at__isnull=False).exists()


@pytest.mark.parametrize("step", ["asked", "approved"])
def test_she_stops_it_with_the_link_in_her_letter_without_a_sign_in(
    cast: Cast, now: datetime, step: str, request: pytest.FixtureRequest
) -> None:
    recovery = request.getfixturevalue(step)
    notice = Notice.objects.filter(recipient=cast.carol, kind="factor-recovery").latest("pk")
    letter = render_notices([notice], language="en", at=now)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    client = Client()

    assert client.get(letter.address).status_code == 200
    assert state_of(recovery) == step.replace("asked", "requested")  # a scanner that opens the link stops nothing
    assert client.post(letter.address).status_code == 302

    assert (state_of(recovery), recovery.stopped_by) == ("stopped", cast.carol)
    assert client.post(letter.address).status_code == 400
    process_due_recoveries(at=now + timedelta(days=9))
    assert has_factor(cast.carol)
    assert who_was_told("factor-recovery", "stopped") == {cast.carol.email, SECOND}


def test_a_link_that_is_none_of_ours_stops_nothing(asked: FactorRecovery) -> None:
    assert Client().post("/recovery/stop/nothing/").status_code == 404
    assert Client().post(f"/recovery/stop/{make_recovery_link_token(asked)}x/").status_code == 404
    assert state_of(asked) == "requested"


def test_signing_in_with_the_factor_stops_it(cast: Cast, approved: FactorRecovery) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": cast.carol.email, "password": "correct horse battery"})
    client.post("/accounts/2fa/authenticate/", {"code": current_totp_code()})

    assert (state_of(approved), approved.stopped_by) == ("stopped", cast.carol)


def test_what_no_second_reviewer_approves_expires(cast: Cast, asked: FactorRecovery, remy: User, now: datetime) -> None:
    late = now + RECOVERY_LIFETIME
    with pytest.raises(WrongState):
        approve_recovery(actor=remy, recovery=asked, at=late)

    process_due_recoveries(at=late)

    assert state_of(asked) == "expired"
    assert request_recovery(actor=remy, email=cast.carol.email, callback=CALLBACK, at=late).state == "requested"


def test_what_cannot_be_asked_for(cast: Cast, asked: FactorRecovery, now: datetime) -> None:
    def ask(error: type[Exception], **changed: Any) -> None:
        said: dict[str, Any] = {"actor": cast.rita, "email": cast.carol.email, "callback": CALLBACK, "at": now}
        with pytest.raises(error):
            request_recovery(**(said | changed))

    ask(WrongState)  # one is under way
    ask(WrongState, email=cast.dave.email)  # he has no factor
    ask(NotFound, email="nobody@example.org")
    ask(NotAllowed, actor=cast.dave)
    ask(Invalid, callback=" ")
    ask(Invalid, callback="x" * (MAX_CALLBACK_LENGTH + 1))
    assert FactorRecovery.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (lambda cast, one: {"approved_by": one.requested_by}, "two_others"),
        (lambda cast, one: {"approved_by": one.person}, "two_others"),
        (lambda cast, one: {"requested_by": one.person}, "two_others"),
        (lambda cast, one: {"due_at": one.approved_at + timedelta(hours=23)}, "a_day"),
        (lambda cast, one: {"approved_at": None, "due_at": None}, "steps"),
        (lambda cast, one: {"state": "done", "ended_at": one.approved_at}, "steps"),
        (lambda cast, one: {"state": "stopped"}, "steps"),
        (lambda cast, one: {"expires_at": one.expires_at + timedelta(days=1)}, "expires"),
        (lambda cast, one: {"callback": ""}, "callback"),
        (lambda cast, one: {"state": "perhaps"}, "state"),
    ],
)
def test_the_database_holds_it_too(cast: Cast, approved: FactorRecovery, changes: Any, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=f"core_factorrecovery_({constraint}|steps)"), transaction.atomic():
        FactorRecovery.objects.filter(pk=approved.pk).update(**changes(cast, approved))


def test_reviewers_do_it_in_the_api(api: Api, cast: Cast, remy: User) -> None:
    made = api(cast.rita).post(API, {"email": cast.carol.email, "callback": CALLBACK})
    assert (made.status_code, made.json()["available_actions"]) == (201, ["stop"])
    one = f"{API}/{made.json()['id']}"

    assert api(cast.rita).post(f"{one}/approve").status_code == 403
    assert api(remy).get(one).json()["available_actions"] == ["approve", "stop"]
    assert api(remy).post(f"{one}/approve").json()["state"] == "approved"
    assert api(cast.rita).post(f"{one}/stop").json()["state"] == "stopped"
    assert [row["state"] for row in api(remy).get(API).json()["results"]] == ["stopped"]
    for path in (API, one):
        assert api(cast.dave).get(path).status_code == 403


def test_reviewers_do_it_in_the_admin(cast: Cast, remy: User, reviewer_client: Client) -> None:
    asking = f"/admin/core/user/{cast.carol.pk}/recover-factor/"
    assert reviewer_client.get(asking).status_code == 200
    assert "required" in reviewer_client.post(asking, {"callback": ""}).content.decode()
    page = reviewer_client.post(asking, {"callback": CALLBACK}, follow=True)
    recovery = FactorRecovery.objects.get()
    assert CALLBACK in page.content.decode()

    at, read = f"/admin/core/factorrecovery/{recovery.pk}", {"has_read": "on"}
    page = reviewer_client.post(f"{at}/approve/", read, follow=True)
    assert "A second reviewer has to approve this" in page.content.decode()
    second = Client()
    sign_in_browser(second, remy)
    assert second.get(f"{at}/approve/").status_code == 200
    second.post(f"{at}/approve/", {})
    assert state_of(recovery) == "requested"
    second.post(f"{at}/approve/", read)
    assert state_of(recovery) == "approved"

    reviewer_client.post(f"{at}/stop/", read)
    assert state_of(recovery) == "stopped"
