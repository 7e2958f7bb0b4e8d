"""What the log of a day holds: each record of a request has an id, and none has a person, an address or a secret."""

import io
import json
import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from celery.app.trace import build_tracer
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from gunicorn.glogging import Logger  # type: ignore[import-untyped]
from rest_framework.test import APIClient

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.invitations import invite_member
from campaigns.link_tokens import derive_link_token
from campaigns.models import MemberInvitation
from campaigns.notice_types import CampaignNotice
from config.log_settings import build_log_settings
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.mail import build_unsubscribe_path
from matching.models import Match
from tests.cast import Cast, authenticate_client, sign_in_browser
from tests.core.imports.test_file_import import HEADER, MAPPING
from tests.run_execution import execute_full_run
from tests.web.volunteers.start_steps import come_to_you, say_address, say_skills, say_week

PHONE = "+1 555 867 5309"
NAMES = ("Alice", "Bob", "Carol", "Dave", "Rita", "Maya", "Quentin", "Kim", "Doe for Senate", "Wilhelmina")
PARTS_OF_ADDRESSES = ("alice@", "bob@", "carol@", "dave@", "rita@", "maya@", "kim@", "quentin@", "@example", "@gmail")
TYPED = f"Alice Quentin alice@example.org {PHONE} swordfish"
TYPED_WORDS = ("swordfish", "battery staple", "have done two of these", "Shall we begin", "555 867", "5558675309")


class DayLog:
    """The lines of the application's log and of the access log, as production writes them."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.access: list[dict[str, Any]] = []
        text = Path("docker/Dockerfile").read_text()
        self.access_format = text.split('"--access-logformat", "')[1].split('"]')[0].replace('\\"', '"')

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    @property
    def text(self) -> str:
        return self.stream.getvalue() + "\n".join(map(str, self.access))

    def watch(self, client: Any) -> Any:
        """Have the requests of a client written to the access log, as gunicorn does."""
        inner = client.request

        def request(**sent: Any) -> Any:
            start = len(self.records)
            answer = inner(**sent)
            ids = {record.get("request_id") for record in self.records[start:]}
            assert ids <= {answer["X-Request-Id"]}, self.records[start:]
            environ = answer.wsgi_request.META
            names = {"m": environ["REQUEST_METHOD"], "h": environ["REMOTE_ADDR"], "t": "[now]", "B": 1, "L": "0.1"}
            names |= {"s": answer.status_code, "r": f"GET {environ['PATH_INFO']}", "U": environ["PATH_INFO"]}
            atoms = names | {f"{{{key.lower()}}}e": value for key, value in environ.items()}
            atoms["{x-request-id}o"] = answer["X-Request-Id"]
            self.access.append(json.loads(self.access_format % Logger.atoms_wrapper_class(atoms)))
            return answer

        client.request, client.raise_request_exception = request, False
        return client


@pytest.fixture
def day_log() -> Iterator[DayLog]:
    log = DayLog()
    line: Any = build_log_settings("INFO", as_json=True)["formatters"]["line"]
    handler = logging.StreamHandler(log.stream)
    handler.setFormatter(line["()"](processor=line["processor"], foreign_pre_chain=line["foreign_pre_chain"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield log
    root.removeHandler(handler)
    root.setLevel(level)


class RefusingBackend(EmailBackend):
    """A mail server that names whom it refuses; `RefusingBackend.is_away` makes it one that does not answer."""

    is_away = False

    def send_messages(self, messages: Any) -> int:
        if self.is_away:
            raise ConnectionRefusedError(111, f"refused {messages[0].to}")
        for message in messages:
            if not message.to[0].startswith("alice"):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, f"no mailbox for {TYPED}".encode())})
        return super().send_messages(messages)


def test_the_log_of_a_day_names_no_person_and_opens_no_link(
    cast: Cast,
    now: datetime,
    day_log: DayLog,
    mailoutbox: list[EmailMessage],
    tmp_path: Path,
    monkeypatch: Any,
    settings: Any,
) -> None:
    def browser(user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            sign_in_browser(client, user)
        watched: Client = day_log.watch(client)
        return watched

    def api(user: User) -> APIClient:
        client = APIClient()
        authenticate_client(client, user)
        watched: APIClient = day_log.watch(client)
        return watched

    secrets: list[str] = []

    # Maya signs up by a code; a code is wrong, and so is a password.
    maya = browser()
    come_to_you(maya, mailoutbox)
    secrets += [mailoutbox[-1].subject[:7], mailoutbox[-1].subject[:7].replace(" ", "")]
    stranger = browser()
    say_skills(stranger, "front-end")
    say_week(stranger)
    say_address(stranger, "quentin@gmail.com")
    assert stranger.post("/start/code/?draft=abc", {"code": "000 000"}).status_code == 303
    assert (
        stranger.post("/accounts/login/", {"login": "alice@example.org", "password": "battery staple"}).status_code
        < 500
    )
    assert stranger.get("/accounts/login/?next=/open-roles/%3Fq=Alice").status_code == 200

    # Links with a secret, opened by a stranger, by the wrong person, and with the wrong letters.
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.net", at=now)
    candidate = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    invite_member(actor=cast.carol, campaign=cast.campaign, email="quentin@gmail.com", position="staff", at=now)
    join = derive_link_token(CampaignNotice.MEMBER_INVITATION, MemberInvitation.objects.get().public_id)
    execute_full_run(now)
    proposal = Match.objects.get()
    approved = api(cast.rita).post(f"/api/v1/matches/{proposal.public_id}/approve", {"version": proposal.version})
    assert approved.status_code == 200, approved.json()
    stop = build_unsubscribe_path(list(Notice.objects.filter(recipient=cast.alice)[:1]))
    feed = api(cast.alice).post("/api/v1/me/calendar-feed").json()["address"]
    calendar = feed.partition("/calendar/")[2]
    for path in (
        f"/candidate/{candidate}/",
        f"/candidate/{candidate}/no/",
        f"/join/{join}/",
        stop,
        f"/calendar/{calendar}",
        f"/invitation/{candidate}/",
        f"/recovery/stop/{candidate}/",
        f"/candidatex/{candidate}",
        f"/calendar/{calendar.upper()}",
        "/people/Alice Quentin/alice@example.org",
        f"/open-roles/?next=/join/{join}/",
    ):
        for client in (browser(), browser(cast.dave)):
            assert client.get(path).status_code < 500
            if candidate not in path:  # the candidate's yes and no are theirs alone
                client.post(path)
    secrets += [
        candidate,
        join,
        stop.split("/")[-2],
        calendar,
        calendar.removesuffix(".ics"),
        candidate[:20],
        join[:20],
    ]

    # Alice says yes, Carol writes, and Alice reports her.
    [offer] = api(cast.alice).get("/api/v1/me/matches").json()["results"]
    mine = f"/api/v1/me/matches/{offer['id']}"
    yes = {"accepts_code_of_conduct": True, "note": "I have done two of these. Call me: " + PHONE}
    assert api(cast.alice).post(f"{mine}/accept", yes).status_code == 200
    assert api(cast.alice).post(f"{mine}/accept", yes).status_code == 409
    placement = f"/api/v1/placements/{offer['id']}"
    assert api(cast.carol).post(f"{placement}/messages", {"text": "Shall we begin, Alice?"}).status_code == 201
    assert api(cast.bob).post(f"{placement}/messages", {"text": "Shall we begin, Alice?"}).status_code == 404
    api(cast.alice).post(f"{mine}/report", {"text": "Carol swordfish"})

    # Rita searches in the admin, and filters as she may not; a form is refused, and one breaks.
    rita = browser(cast.rita)
    for query in ("q=Alice", "q=alice@example.org", "password__startswith=Alice", "email__exact=alice@example.org"):
        assert rita.get(f"/admin/core/user/?{query}").status_code < 500
    assert rita.get("/admin/core/user/Alice@example.org/change/").status_code < 500
    assert rita.post("/admin/core/user/?q=Alice", {"action": "Alice"}).status_code < 500
    assert api(cast.rita).get("/api/v1/campaigns?name=Alice").status_code == 400
    csrf = Client(enforce_csrf_checks=True)
    day_log.watch(csrf)
    assert (
        csrf.post(
            "/accounts/login/", {"login": "alice@example.org"}, headers={"Referer": "https://a/?q=Alice"}
        ).status_code
        == 403
    )
    assert browser().get("/", headers={"Host": "Alice.example.org"}).status_code == 400

    # A page breaks with what a person typed, and with a row that the database refuses.
    def break_on_words(*_given: Any) -> Any:
        raise ValueError(TYPED)

    def break_on_rows(*_given: Any) -> Any:
        with transaction.atomic():
            User.objects.create(email=cast.alice.email, password=TYPED)

    for broken in (break_on_words, break_on_rows):
        with monkeypatch.context() as patch:
            patch.setattr("campaigns.queries.visible_to", broken)
            assert api(cast.carol).get("/api/v1/campaigns?search=Alice").status_code == 500

    # A task breaks in a worker.
    @current_app.task(name="tests.broken")
    def broken_task(name: str) -> None:
        break_on_words(name)

    build_tracer("tests.broken", broken_task, app=current_app)("id-of-the-task", ["Alice"], {}, {})

    # An import with a bad row.
    (tmp_path / "people.csv").write_text(HEADER + "3,Wilhelmina,wilhelmina@example.org,4,Nowhere,Code\n")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    call_command(
        "import",
        "volunteers",
        str(tmp_path / "people.csv"),
        "--mapping",
        str(tmp_path / "mapping.toml"),
        stdout=io.StringIO(),
    )

    # Letters leave, some are refused, and then the server is away.
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    Notice.objects.update(due_at=now)
    for is_away, moment in ((False, now + timedelta(hours=30)), (True, now + timedelta(hours=60))):
        monkeypatch.setattr(RefusingBackend, "is_away", is_away)
        Notice.objects.filter(sent_at=None).update(due_at=moment, attempts=0, failed_at=None)
        deliver_due_notices(at=moment)
    assert any("550" in line or "SMTPRecipientsRefused" in line for line in day_log.text.splitlines())
    assert any("transport away" in line for line in day_log.text.splitlines())

    found = [
        (word, line[:1500])
        for line in day_log.text.splitlines()
        for word in (*NAMES, *PARTS_OF_ADDRESSES, *TYPED_WORDS, *secrets)
        if word in line
    ]
    assert found == []
    assert [line for line in day_log.access if not line["request_id"] or not line["address"]] == []
