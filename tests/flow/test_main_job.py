"""The main job, end to end, through the API alone: from sign-up to the hand-over, with a real worker in between."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.cast import code

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds after which something that should have happened by itself has failed


def eventually(what: Callable[[], Any]) -> Any:
    """The first true answer; the test fails when there is none in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = what()
        if answer:
            return answer
        time.sleep(0.1)
    pytest.fail(f"Nothing came of it in {PATIENCE:.0f} seconds.")


@pytest.fixture
def mail(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    return folder


@pytest.fixture
def worker(transactional_db: None, application_role: str, mail: Path, tmp_path: Path) -> Iterator[None]:
    """A Celery worker of its own process, on the test's database as the application's role, that also sweeps."""
    database = connection.settings_dict
    address = f"postgresql://{application_role}@{str(database['HOST']).replace('/', '%2F')}/{database['NAME']}"
    environment = os.environ | {"DATABASE_URL": address, "MAIL_DIRECTORY": str(mail), "SECRET_KEY": settings.SECRET_KEY}
    log = (tmp_path / "worker.log").open("wb")
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "-s", str(tmp_path / "beat")]
    command += ["-Q", "celery,matching", "--pool", "solo", "--loglevel", "INFO", "-n", f"flow-{os.getpid()}@%h"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    yield
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    log.close()
    print((tmp_path / "worker.log").read_text()[-4000:])


class Caller:
    """Somebody at the API, who signs up there and goes on with the token that they got."""

    def __init__(self, address: str, mail: Path) -> None:
        self.api, self.mail = f"{address}/api/v1", mail
        self.headers: dict[str, str] = {}

    def sign_up(self, email: str) -> "Caller":
        self.email = email
        first = self.send("post", "/auth/app/v1/auth/signup", 401, email=email, password="correct horse battery")
        self._keep_token(first)
        code = eventually(lambda: self._code(email))
        self._keep_token(self.send("post", "/auth/app/v1/auth/email/verify", 200, key=code))
        return self

    def sign_in(self, email: str, password: str) -> "Caller":
        answer = self.send("post", "/auth/app/v1/auth/login", 200, email=email, password=password)
        self._keep_token(answer)
        return self

    def set_up_factor(self) -> "Caller":
        self.send("post", "/auth/app/v1/auth/reauthenticate", 200, password="correct horse battery")
        secret = self.send("get", "/auth/app/v1/account/authenticators/totp", 404)["meta"]["secret"]
        self.send("post", "/auth/app/v1/account/authenticators/totp", 200, code=code(secret))
        return self

    def _keep_token(self, answer: Any) -> None:
        self.headers = {"X-Session-Token": answer["meta"]["session_token"]}

    def send(self, method: str, path: str, expected: int, **body: Any) -> Any:
        answer = requests.request(method, self.api + path, json=body or None, headers=self.headers, timeout=30)
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def get(self, path: str) -> Any:
        return self.send("get", path, 200)

    def letters(self, email: str) -> list[str]:
        files = sorted(self.mail.glob("*.log"), key=lambda file: file.stat().st_mtime) if self.mail.exists() else []
        letters = [message_from_bytes(file.read_bytes().strip()) for file in files]
        return [f"{letter['Subject']}\n{letter.get_payload()}" for letter in letters if letter["To"] == email]

    def _code(self, email: str) -> str | None:
        found = [re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter, re.M) for letter in self.letters(email)]
        return next((match[1] for match in found if match), None)


def test_from_sign_up_to_the_hand_over(live_server: LiveServer, worker: None, mail: Path) -> None:
    today = date.today()  # noqa: DTZ011 - what the server's clock says
    User.objects.create_user("rita@example.org", "correct horse battery", is_staff=True)

    def caller() -> Caller:
        return Caller(live_server.url, mail)

    volunteer = caller().sign_up("alice@example.org")
    profile = volunteer.send(
        "put",
        "/me/profile/",
        200,
        first_name="Alice",
        adult=True,
        hours=5,
        time_zone="America/New_York",
        claims=[{"skill": "ui-design", "level": 4}],
        presets=["evenings"],
    )
    assert (profile["state"], len(profile["windows"])) == ("active", 5)
    assert volunteer.get("/me/matches/")["results"] == []

    manager = caller().sign_up("carol@example.org")
    campaign = manager.send(
        "post",
        "/campaigns/",
        201,
        name="Doe for Senate",
        candidate="Kim Doe",
        office="State Senate",
        level="state",
        district="5",
        jurisdiction="US-WA",
        election_on=str(today + timedelta(weeks=20)),
    )
    assert manager.send("get", "/campaigns/", 403)["code"] == "second_factor_needed"
    manager.set_up_factor()
    draft = manager.send(
        "post",
        "/requests/",
        201,
        campaign=campaign["id"],
        title="A new look",
        summary="Screens for a small site.",
        brief="Confidential.",
        starts_on=str(today + timedelta(days=7)),
        ends_on=str(today + timedelta(days=48)),
        meetings=[{"weekday": 1, "starts": "19:00", "ends": "20:00"}],
        roles=[{"name": "Designer", "skill": "ui-design", "hours": 4}],
    )
    publish = f"/requests/{draft['id']}/publish/"
    assert list(manager.send("post", publish, 400)["errors"]) == ["conduct"]
    assert manager.send("post", publish, 200, conduct=True)["state"] == "published"

    reviewer = caller().sign_in("rita@example.org", "correct horse battery") if verified("rita@example.org") else None
    assert reviewer is not None
    reviewer.set_up_factor().send("post", f"/campaigns/{campaign['id']}/verify/", 200)
    run = reviewer.send("post", "/runs/", 202)
    done = eventually(lambda: finished(reviewer.get(f"/runs/{run['id']}/")))
    assert (done["state"], done["error"], done["filled"], done["gap"]) == ("done", "", 1, 0.0)

    [proposal] = reviewer.get("/matches/?state=proposed")["results"]
    assert proposal["score"] == sum(proposal["parts"].values())
    assert proposal["moves"] == ["approve", "reject", "race"]
    assert volunteer.get("/me/matches/")["results"] == []  # before an offer she sees nothing
    reviewer.send("post", f"/matches/{proposal['id']}/approve/", 200, version=proposal["version"])

    letter = eventually(lambda: [text for text in volunteer.letters("alice@example.org") if "answer" in text])[0]
    assert [word for word in ("Doe", "Senate", "design", "look") if word in letter] == []

    [offer] = volunteer.get("/me/matches/")["results"]
    assert (offer["state"], offer["moves"]) == ("offered", ["accept", "decline"])
    assert offer["request"]["candidate"] == "Kim Doe"
    assert "brief" not in offer["request"]
    assert offer["seen_by_campaign"]["first_name"] == "Alice"
    path = f"/me/matches/{offer['id']}"
    assert list(volunteer.send("post", f"{path}/accept/", 400)["errors"]) == ["conduct"]
    accepted = volunteer.send("post", f"{path}/accept/", 200, conduct=True, note="I have done two of these.")
    assert (accepted["state"], accepted["moves"]) == ("accepted", ["withdraw"])
    assert volunteer.send("post", f"{path}/accept/", 409)["code"] == "wrong_state"
    eventually(lambda: [text for text in manager.letters("carol@example.org") if "said yes" in text])

    [placement] = manager.get("/placements/")["results"]
    assert placement["person"] == offer["seen_by_campaign"]
    assert (placement["contact"], placement["moves"]) == ("", ["confirm", "refuse"])
    place = f"/placements/{placement['id']}"
    assert [one["text"] for one in manager.get(f"{place}/messages/")] == ["I have done two of these."]
    manager.send("post", f"{place}/messages/", 201, text="Lovely. Shall we begin?")
    confirmed = manager.send("post", f"{place}/confirm/", 200, version=placement["version"])
    assert (confirmed["state"], confirmed["contact"]) == ("active", "alice@example.org")
    assert manager.send("post", f"{place}/confirm/", 409)["code"] == "wrong_state"

    begun = volunteer.get(f"{path}/")
    assert (begun["state"], begun["kick_off"]["owner"]) == ("active", "carol@example.org")
    assert "Confidential." in begun["kick_off"]["scope"]
    volunteer.send("post", f"{path}/lists/", 200, stage="kickoff", code="employer")
    told = [text for text in volunteer.letters("alice@example.org") if "It begins" in text]
    assert told or eventually(lambda: [text for text in volunteer.letters("alice@example.org") if "It begins" in text])

    done = manager.send("post", f"{place}/finish/", 200)
    assert (done["state"], done["moves"]) == ("closing", ["complete"])
    lines = volunteer.send("post", f"{path}/lists/", 200, stage="closing", code="handed_back")
    assert [line["code"] for line in lines if line["done_at"]] == ["employer", "handed_back"]
    assert manager.send("post", f"{place}/complete/", 200)["state"] == "completed"
    assert volunteer.get(f"{path}/")["kick_off"] is None
    assert "begun" in {notice["kind"] for notice in volunteer.get("/me/notices/")["results"]}


def finished(run: dict[str, Any]) -> dict[str, Any] | None:
    return run if run["state"] in ("done", "failed") else None


def verified(email: str) -> bool:
    """The reviewer's address was verified when the organisation took them on."""
    user = User.objects.get(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return True
