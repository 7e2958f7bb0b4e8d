"""Erasing a person leaves nothing of them anywhere, but for counts and for what the map says stays."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from rest_framework.test import APIClient

from campaigns.models import Member, MemberInvitation
from core.errors import Invalid, NotAllowed, WrongState
from core.models import IdempotencyKey, Notice, User
from core.notifications.outbox import enqueue_notice
from core.privacy import erasure_log
from core.privacy.erasure import (
    data_subject_of,
    erase_on_written_request,
    erase_own_account,
    hash_address,
    repeat_logged_erasures,
)
from core.privacy.erasure_handlers import DataSubject
from matching.engine.digest import unpack
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.models import Match, Message, ProblemReport, RunArrays
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, sign_in_browser
from tests.core.privacy.full_records import FullRecords, create_full_records
from tests.match_factory import MAKER_BY_STATE
from tests.notices import list_notified_names
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]
ERASURE = "/api/v1/me/erasure"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def journal_file(tmp_path: Path) -> Iterator[Path]:
    with override_settings(ERASURE_LOG=tmp_path / "erasures.jsonl"):
        yield tmp_path / "erasures.jsonl"


@pytest.fixture
def life(cast: Cast, now: datetime) -> FullRecords:
    cache.clear()
    life = create_full_records(cast, now)
    Volunteer.objects.filter(user=cast.alice).update(first_name="Alizee", last_name="Merriweather", contact="@alizee-x")
    Volunteer.objects.filter(pk=life.imported.pk).update(first_name="Alizee")
    words = {"method": "POST", "answer": json.dumps({"contact": "@alizee-x", "person": {"first_name": "Alizee"}})}
    IdempotencyKey.objects.create(
        user=cast.carol,
        key="other",
        request_digest="d",
        response_status=200,
        response_body=words["answer"],
        created_at=now,
    )
    return life


def everywhere(*words: str) -> list[str]:
    """Each column of the whole database in which one of the words stands, sessions opened."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            cursor.execute(
                f'SELECT {", ".join(f"""{chr(34)}{one}{chr(34)}::text""" for one in columns)} FROM "{table}"'
            )
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    told = _opened(table, column, value or "")
                    found += [f"{table}.{column}: {word}" for word in words if word.lower() in told.lower()]
    return sorted(set(found))


def _opened(table: str, column: str, value: str) -> str:
    if (table, column) != ("django_session", "session_data"):
        return value
    return json.dumps(SessionStore().decode(value))


def erase(user: User, at: datetime) -> None:
    erase_own_account(actor=user, understands_consequences=True, is_confirmed=True, at=at)


HERS = ("alizee", "merriweather", "alice@example.org", "Hello Carol", "Hello Alice", "It is late", "Alice is late")
HER_WORDS = (
    "Called Alice back",
    "Alice's note",
    "Alice has no time",
    "Never, says",
    "Alice asked.",
    "Spoke with Alice",
)


def test_she_is_everywhere_before(life: FullRecords) -> None:
    """Or the next test would show nothing."""
    assert [word for word in (*HERS, *HER_WORDS) if not everywhere(word)] == []


def test_nothing_of_her_is_found_anywhere_afterwards(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert everywhere(*HERS, *HER_WORDS) == []


def test_her_matches_stay_as_counts_under_a_number_that_leads_to_nobody(life: FullRecords, now: datetime) -> None:
    before = Match.objects.filter(volunteer=life.volunteer).count()

    erase(life.alice, now)

    life.volunteer.refresh_from_db()
    shell = life.volunteer
    assert Match.objects.filter(volunteer=shell).count() == before == 2
    assert (shell.user, shell.erased_at, shell.state, shell.languages, shell.max_hours_per_week) == (
        None,
        now,
        "left",
        [],
        1,
    )
    assert not User.objects.filter(pk=life.alice.pk).exists()
    assert not Volunteer.objects.filter(pk=life.imported.pk).exists()
    for rows in (shell.claims, shell.windows, shell.time_off, shell.vettings, shell.vetoes, shell.pins):
        assert not rows.exists()


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING])
def test_what_goes_on_ends_by_the_ordinary_moves(cast: Cast, now: datetime, state: MatchState) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    Notice.objects.all().delete()

    erase(cast.alice, now)

    match.refresh_from_db()
    assert match.reason == "volunteer_left"
    assert list_notified_names("withdrew" if state != MatchState.CLOSING else "wound-up") == (
        set() if state == MatchState.OFFERED else {"carol"}
    )
    assert not Message.objects.exists()


def test_stored_arrays_name_her_no_more_and_everybody_else_still(life: FullRecords, now: datetime) -> None:
    kept = RunArrays.objects.get()
    assert life.volunteer.pk in unpack(bytes(kept.problem)).volunteer_id

    erase(life.alice, now)

    kept.refresh_from_db()
    ids = unpack(bytes(kept.problem)).volunteer_id
    assert life.volunteer.pk not in ids
    assert np.sum(ids == -1) == 1


def test_how_often_she_knocked_is_forgotten(life: FullRecords, now: datetime) -> None:
    digest = hashlib.sha256(b"alice@example.org").hexdigest()
    hers = [f"throttle_changes_{life.alice.pk}", f"allauth:rl:account:login:5/m:{digest}", f"a:user:{life.alice.pk}"]
    others = [f"throttle_changes_{life.alice.pk}1", f"a:user:{life.carol.pk}"]
    for key in (*hers, *others):
        cache.set(key, [1.0])

    erase(life.alice, now)

    assert [cache.get(key) for key in (*hers, *others)] == [None, None, None, [1.0], [1.0]]


def test_a_report_stays_as_a_count(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert sorted(ProblemReport.objects.values_list("kind", "text", "outcome", "reported_by__email")) == [
        ("other", "", "", "carol@example.org"),
        ("other", "", "—", None),
    ]


def test_others_keep_what_is_theirs(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert User.objects.filter(email__in=["carol@example.org", "rita@example.org", "bob@example.org"]).count() == 3
    assert MemberInvitation.objects.filter(email="new@example.org").exists()
    key = IdempotencyKey.objects.get(user=life.carol, key="other")
    assert (key.response_status, key.response_body) == (200, "{}")  # done once still, without what was told of her


def test_it_is_asked_again_who_it_is_and_whether_it_is_understood(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="understood"):
        erase_own_account(actor=cast.alice, understands_consequences=False, is_confirmed=True, at=now)
    with pytest.raises(Invalid, match="password once more"):
        erase_own_account(actor=cast.alice, understands_consequences=True, is_confirmed=False, at=now)

    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_it_is_said_first_what_goes_and_what_stays(api: Api, life: FullRecords) -> None:
    told = api(life.alice).get(ERASURE).json()

    assert told["blockers"] == []
    assert "Your profile: name, contact, skills, times, wishes, vetting marks." in told["erased"]
    assert any("until Dec. 31, 2029" in sentence for sentence in told["retained"])


def test_the_door_erases_and_signs_out(cast: Cast) -> None:
    cache.clear()
    client = Client()
    client.force_login(cast.alice)

    wrong = client.post(ERASURE, {"understands_consequences": True, "password": "x"}, content_type="application/json")
    done = client.post(
        ERASURE, {"understands_consequences": True, "password": PASSWORD}, content_type="application/json"
    )

    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["password"])
    assert done.status_code == 204
    assert client.get("/api/v1/me").status_code == 401
    assert not User.objects.filter(pk=cast.alice.pk).exists()


def test_the_page_says_what_goes_erases_and_signs_out(cast: Cast) -> None:
    cache.clear()
    client = Client()
    client.force_login(cast.alice)

    page = client.get("/my-data/").content.decode()
    wrong = client.post("/my-data/", {"understands_consequences": "on", "password": "x"})
    unread = client.post("/my-data/", {"password": PASSWORD})
    done = client.post("/my-data/", {"understands_consequences": "on", "password": PASSWORD}, follow=True)

    assert "Your profile: name, contact, skills" in page
    assert 'href="/api/v1/me/personal-data"' in page
    assert (wrong.status_code, "password once more" in wrong.content.decode()) == (400, True)
    assert (unread.status_code, "say that you have understood" in unread.content.decode()) == (400, True)
    assert "Everything of yours is erased." in done.content.decode()
    assert "Sign in" in done.content.decode()
    assert not User.objects.filter(pk=cast.alice.pk).exists()


def test_the_page_has_the_button_once_nothing_comes_first(cast: Cast) -> None:
    cache.clear()
    client = Client()
    sign_in_browser(client, cast.rita)

    before = client.get("/my-data/").content.decode()
    create_user("quinn", reviewer=True)
    after = client.get("/my-data/").content.decode()

    assert ("You are the only reviewer" in before, "Erase everything of mine" in before) == (True, False)
    assert ("You are the only reviewer" in after, "Erase everything of mine" in after) == (False, True)


def test_who_has_just_confirmed_with_the_second_factor_needs_no_password(cast: Cast) -> None:
    cache.clear()
    client = Client()
    sign_in_browser(client, cast.rita)
    create_user("quinn", reviewer=True)
    session = client.session
    used = {"method": "mfa", "at": time.time(), "id": 1, "type": "totp", "reauthenticated": True}
    session["account_authentication_methods"] = [*session["account_authentication_methods"], used]
    session.save()

    done = client.post(ERASURE, {"understands_consequences": True}, content_type="application/json")

    assert done.status_code == 204
    assert not User.objects.filter(pk=cast.rita.pk).exists()


def test_a_sign_in_alone_is_no_confirmation(cast: Cast) -> None:
    cache.clear()
    client = Client()
    sign_in_browser(client, cast.rita)
    create_user("quinn", reviewer=True)

    assert client.post(ERASURE, {"understands_consequences": True}, content_type="application/json").status_code == 403
    assert User.objects.filter(pk=cast.rita.pk).exists()


def test_who_manages_a_campaign_alone_hands_it_over_first_or_ends_it(cast: Cast, now: datetime) -> None:
    with pytest.raises(WrongState, match=r"You alone manage Doe for Senate\. Make another member a manager first"):
        erase(cast.carol, now)

    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    erase(cast.carol, now)

    cast.request.refresh_from_db()
    assert cast.request.contact is not None
    assert cast.request.contact.user == cast.dave
    assert everywhere("carol@") == []


def test_the_only_reviewer_stays_until_there_is_another_and_what_was_decided_stays(
    life: FullRecords, now: datetime
) -> None:
    with pytest.raises(WrongState, match="You are the only reviewer"):
        erase(life.rita, now)

    create_user("quinn", reviewer=True)
    erase(life.rita, now)

    mark = life.volunteer.vettings.get()
    assert (mark.area, mark.reviewer) == ("incidents", None)
    life.campaign.refresh_from_db()
    assert (life.campaign.state, life.campaign.verified_by) == ("verified", None)
    assert everywhere("rita@") == []


def test_how_to_reach_whoever_called_in_an_emergency_goes_with_them(cast: Cast, now: datetime) -> None:
    said = IncidentDetails(description="Odd mail", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=said, time_zone="UTC", at=now)
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    assert everywhere("555 0100") == ["campaigns_request.channel: 555 0100"]

    erase(cast.carol, now)

    assert everywhere("555 0100") == []


def test_a_reviewer_does_it_for_somebody_who_asked_in_writing(life: FullRecords, cast: Cast, now: datetime) -> None:
    gone = data_subject_of(cast.bob, at=now)
    with pytest.raises(NotAllowed):
        erase_on_written_request(actor=cast.carol, person=gone, asked=True, at=now)
    with pytest.raises(Invalid, match="in writing"):
        erase_on_written_request(actor=cast.rita, person=gone, asked=False, at=now)

    erase_on_written_request(actor=cast.rita, person=gone, asked=True, at=now)
    imported = DataSubject(row_ids={"volunteer": frozenset({str(life.imported.public_id)})}, until=now)
    erase_on_written_request(actor=cast.rita, person=imported, asked=True, at=now)

    assert everywhere("bob@") == []
    assert not Volunteer.objects.filter(pk=life.imported.pk).exists()
    assert Volunteer.objects.filter(user=life.alice).exists()


# The journal, outside the database


def test_the_journal_knows_ids_and_digests_and_no_address(life: FullRecords, now: datetime, journal_file: Path) -> None:
    erase(life.alice, now)

    [line] = erasure_log.read_entries(journal_file)
    assert line == {
        "account": life.alice.pk,
        "name": str(life.alice.public_id),
        "at": now.isoformat(),
        "ids": {"volunteer": sorted([str(life.volunteer.public_id), str(life.imported.public_id)])},
        "addresses": [hash_address("alice@example.org")],
    }
    text = journal_file.read_text()
    assert "alice" not in text
    assert "@" not in text
    assert journal_file.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_down_is_not_done(cast: Cast, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    match = MAKER_BY_STATE[MatchState.ACTIVE](cast, now)

    with (
        override_settings(ERASURE_LOG=tmp_path / "file" / "journal"),
        pytest.raises(WrongState, match="cannot be written down"),
    ):
        erase(cast.alice, now)

    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE
    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_the_line_is_on_the_disk_before_the_rows_are_gone(
    cast: Cast, now: datetime, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("core.privacy.erasure_log.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        erase(cast.alice, now)

    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_a_line_that_a_crash_cut_off_spoils_no_other(journal_file: Path) -> None:
    erasure_log.append_entry(journal_file, {"n": 1})
    with journal_file.open("a") as file:
        file.write('{"n": 2, "cut')
    erasure_log.append_entry(journal_file, {"n": 3})

    assert [line["n"] for line in erasure_log.read_entries(journal_file)] == [1, 3]


def test_nothing_is_repeated_where_there_is_no_journal(db: None, now: datetime) -> None:
    assert repeat_logged_erasures(at=now) == 0


def test_who_was_only_written_to_is_found_under_an_older_key_too(cast: Cast, now: datetime) -> None:
    with override_settings(SECRET_KEY="an older key"):
        erase(cast.bob, now)
    owed: dict[str, Any] = {"kind": "member-invitation", "subjects": {}, "at": now}
    enqueue_notice(to="bob@example.org", cause="restored", **owed)
    enqueue_notice(to="other@example.org", cause="another's", **owed)

    repeat_logged_erasures(at=now)
    assert Notice.objects.filter(address="bob@example.org").exists()
    with override_settings(SECRET_KEY_FALLBACKS=["an older key"]):
        repeat_logged_erasures(at=now)

    assert [notice.address for notice in Notice.objects.exclude(address="")] == ["other@example.org"]


def test_who_came_after_an_erasure_is_not_erased_with_it(cast: Cast, now: datetime) -> None:
    erase(cast.bob, now)
    later = now + timedelta(days=1)
    anew = create_user("bob")
    Volunteer.objects.create(email="bob@example.org", max_hours_per_week=2, time_zone="UTC", waiting_since=later)

    assert repeat_logged_erasures(at=later) == 0
    assert User.objects.filter(pk=anew.pk).exists()
    assert Volunteer.objects.filter(email="bob@example.org").exists()


def test_the_command_says_how_many(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("repeat_erasures")

    assert capsys.readouterr().out == "Erased again: 0\n"
    assert settings.ERASURE_LOG.name == "erasures.jsonl"
