"""Letters that came back: nothing more leaves for the address until it is proved to work."""

import base64
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.errors import NotAllowed
from core.models import BouncedAddress, Notice
from core.notifications.bounces import (
    clear_bounce,
    clear_bounces_as_reviewer,
    find_bounce,
    find_status_code,
    is_about_address,
    mark_bounced,
)
from core.notifications.delivery import deliver_due_notices
from core.notifications.mail_events import list_mail_event_paths
from core.notifications.message_ids import build_message_id, is_own_message_id
from core.notifications.secret_letters import enqueue_secret_letter
from tests.cast import create_user
from tests.core.notifications.conftest import Tell
from tests.mail_codes import read_code

BOUNCED, COMPLAINED = BouncedAddress.Kind.BOUNCED, BouncedAddress.Kind.COMPLAINED
SECRET = "service:a long enough secret"
MAILGUN = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": "k"}


def mark(address: str, at: datetime, kind: BouncedAddress.Kind = BOUNCED) -> bool:
    return mark_bounced(address=address, kind=kind, code="5.1.1", at=at)


def list_marked() -> list[tuple[str, str, str]]:
    return list(BouncedAddress.objects.order_by("address").values_list("address", "kind", "code"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *[(code, True) for code in ("5.0.0", "5.1.1", "5.1.10", "5.2.1", "5.4.1", "5.4.310")],
        *[(code, False) for code in ("4.1.1", "2.0.0", "5.1.8", "5.2.2", "5.3.4", "5.6.0", "5.7.1", "", "5.1", "x")],
    ],
)
def test_only_some_codes_are_about_the_address(code: str, expected: bool) -> None:
    assert is_about_address(code) is expected


def test_a_code_has_plain_digits() -> None:
    assert find_status_code("550 5.1.1 No such mailbox") == "5.1.1"
    assert find_status_code("550 5.\N{FULLWIDTH DIGIT ONE}.\N{FULLWIDTH DIGIT ONE}") == ""


def test_an_address_is_marked_once_and_only_one_that_we_write_to(
    news_and_gossip: None, tell: Tell, now: datetime
) -> None:
    create_user("maya")
    tell("ines@example.org")
    addresses = ["Maya@example.org", "ines@example.org", "stranger@example.org", '"x"@example.org', ""]

    assert [mark(address, now) for address in addresses] == [True, True, False, False, False]
    assert mark("maya@example.org", now + timedelta(days=1), COMPLAINED) is False

    assert list_marked() == [("ines@example.org", "bounced", "5.1.1"), ("maya@example.org", "bounced", "5.1.1")]
    assert find_bounce("MAYA@example.org") == BouncedAddress.objects.get(bounced_at=now, address="maya@example.org")


def test_nothing_leaves_for_an_address_from_which_letters_come_back(
    news_and_gossip: None, tell: Tell, now: datetime
) -> None:
    maya, ines = create_user("maya"), create_user("ines")
    kept = [tell(maya), tell(maya, kind="gossip")]
    invited, sent = tell("new@example.org"), tell(ines)
    mark(maya.email, now)
    mark("new@example.org", now)
    enqueue_secret_letter(to=maya.email, subject="Code", text="123", at=now, lifetime=timedelta(minutes=15))

    assert deliver_due_notices(at=now) == 2

    assert [letter.to for letter in mail.outbox] == [[maya.email], [ines.email]]
    facts = ("sent_at", "muted_at", "failed_at")
    assert list(Notice.objects.filter(pk__in=[row.pk for row in kept]).values_list(*facts)) == 2 * [(None, now, None)]
    assert Notice.objects.values_list(*facts).get(pk=invited.pk) == (None, None, now)
    assert Notice.objects.values_list(*facts).get(pk=sent.pk) == (now, None, None)
    maya.refresh_from_db()
    assert maya.last_digest_at is None


def test_letters_leave_again_when_a_reviewer_says_that_the_address_works(
    news_and_gossip: None, tell: Tell, now: datetime
) -> None:
    maya = create_user("maya")
    mark(maya.email, now)
    bounces = list(BouncedAddress.objects.all())

    with pytest.raises(NotAllowed):
        clear_bounces_as_reviewer(actor=maya, bounces=bounces, at=now)
    reviewer = create_user("rita", reviewer=True)
    assert clear_bounces_as_reviewer(actor=reviewer, bounces=bounces, at=now) == 1

    tell(maya)
    assert (deliver_due_notices(at=now), clear_bounce(maya.email, at=now)) == (1, False)


def test_a_proof_from_before_the_letter_came_back_clears_nothing(db: None, now: datetime) -> None:
    create_user("maya")
    mark("maya@example.org", now)

    assert clear_bounce("maya@example.org", at=now - timedelta(seconds=1)) is False
    assert clear_bounce("maya@example.org", at=now) is True


def test_signing_in_by_a_mailed_code_proves_that_an_address_works(db: None) -> None:
    maya, client = create_user("maya"), Client()
    EmailAddress.objects.update_or_create(user=maya, email=maya.email, defaults={"verified": True, "primary": True})
    mark(maya.email, timezone.now())

    client.post("/accounts/login/", {"login": maya.email, "password": "correct horse battery"})
    assert (client.session["_auth_user_id"], len(list_marked())) == (str(maya.pk), 1)

    client = Client()
    client.post("/accounts/login/code/", {"email": maya.email})
    deliver_due_notices(at=timezone.now())
    client.post("/accounts/login/code/confirm/", {"code": re.findall(r"\d{3} \d{3}", str(mail.outbox[-1].body))[0]})
    assert (client.session["_auth_user_id"], list_marked()) == (str(maya.pk), [])


def test_confirming_an_address_by_its_code_proves_that_it_works(db: None) -> None:
    client, form = Client(), {"email": "maya@example.org", "password1": "correct horse battery"}
    client.post("/accounts/signup/", form)
    mark("maya@example.org", timezone.now())
    deliver_due_notices(at=timezone.now())

    client.post("/accounts/confirm-email/", {"code": read_code(mail.outbox[-1])})

    assert (EmailAddress.objects.get().verified, list_marked()) == (True, [])


def test_the_id_of_a_letter_proves_to_whom_we_wrote(
    news_and_gossip: None, tell: Tell, now: datetime, settings: Any
) -> None:
    notice = tell("maya@example.org")
    own = build_message_id(notice.public_id, to="maya@example.org")

    assert is_own_message_id(f" {own}\n", to="Maya@example.org")
    assert not is_own_message_id(own, to="ines@example.org")
    assert not is_own_message_id(own.replace(settings.MAIL_DOMAIN, "example.net"), to="maya@example.org")
    assert not is_own_message_id(f"<{notice.public_id}@{settings.MAIL_DOMAIN}>", to="maya@example.org")
    assert not is_own_message_id("", to="")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "newer", [settings.SECRET_KEY]
    assert is_own_message_id(own, to="maya@example.org")
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_own_message_id(own, to="maya@example.org")


def test_the_events_of_a_service_are_served_only_with_its_secret() -> None:
    assert list_mail_event_paths("", MAILGUN) == []
    assert list_mail_event_paths("mailgun", {}) == []
    assert list_mail_event_paths("mailgun", {"WEBHOOK_SECRET": ""}) == []
    assert [str(one.pattern) for one in list_mail_event_paths("postmark", MAILGUN)] == ["postmark/tracking/"]


@pytest.fixture
def postmark(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Post events as Postmark does, and return the status of the answer."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = "tests.core.notifications.mail_event_urls"
    client = Client(enforce_csrf_checks=True)

    def post(event: dict[str, Any] | str, secret: str = SECRET) -> int:
        body = event if isinstance(event, str) else json.dumps(event)
        login = base64.b64encode(secret.encode()).decode()
        url = "/mail/events/postmark/tracking/"
        answer = client.post(url, body, content_type="application/json", headers={"Authorization": f"Basic {login}"})
        return answer.status_code

    return post


def event(kind: str, words: str = "smtp;550 5.1.1 No such user", record: str = "Bounce") -> dict[str, Any]:
    address = "maya@example.org"
    bounce = {"RecordType": record, "Type": kind, "Email": address, "ID": 1, "MessageID": "m", "Details": words}
    return bounce | {"BouncedAt": "2026-11-30T10:00:00Z", "Description": words}


def test_a_service_tells_of_a_letter_that_came_back_without_a_session(postmark: Any) -> None:
    create_user("maya")

    assert (postmark(event("HardBounce"), secret="service:guessed"), list_marked()) == (400, [])
    assert (postmark(event("HardBounce")), postmark(event("HardBounce"))) == (200, 200)

    assert list_marked() == [("maya@example.org", "bounced", "5.1.1")]


def test_a_service_tells_of_a_letter_reported_as_spam(postmark: Any) -> None:
    create_user("maya")

    assert postmark(event("SpamComplaint", record="SpamComplaint")) == 200

    assert list_marked() == [("maya@example.org", "complained", "")]


@pytest.mark.parametrize(
    "passing",
    [
        event("SoftBounce"),
        event("HardBounce", "smtp;552 5.2.2 Mailbox full"),
        event("HardBounce", "smtp;550 5.7.1 Your server is on a list"),
        event("Transient"),
        event("Blocked"),
        event("SpamNotification"),
        event("HardBounce") | {"Email": "stranger@example.org"},
        event("HardBounce") | {"Email": None},
    ],
)
def test_a_service_tells_of_what_may_pass_and_nothing_is_marked(postmark: Any, passing: dict[str, Any]) -> None:
    create_user("maya")

    assert (postmark(passing), list_marked()) == (200, [])
