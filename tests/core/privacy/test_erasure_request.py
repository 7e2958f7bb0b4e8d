"""How an erasure is asked for: in the API, on the page, and by a reviewer for somebody else."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.account.signals import email_removed
from allauth.core.context import request_context
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework.test import APIClient

from core.accounts.removed_addresses import remember_removed_address
from core.errors import Invalid, NotAllowed
from core.models import BouncedAddress, SecretLetter, User
from core.notifications.bounces import mark_bounced
from core.notifications.secret_letters import deliver_due_secret_letters
from core.privacy.erasure import (
    data_subject_of,
    erase_on_written_request,
    erase_own_account,
)
from core.privacy.erasure_handlers import DataSubject
from core.privacy.retention import apply_retention_rules
from tests.cast import Cast, create_user, sign_in_browser
from tests.core.privacy.erasure_traces import everywhere
from tests.core.privacy.full_records import FullRecords
from volunteers.models import Volunteer

pytestmark = pytest.mark.usefixtures("journal_file")

Api = Callable[[User | None], APIClient]
ERASURE = "/api/v1/me/erasure"
PASSWORD = "correct horse battery"


def test_it_is_asked_again_who_it_is_and_whether_it_is_understood(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="understood"):
        erase_own_account(actor=cast.alice, understands_consequences=False, is_confirmed=True, at=now)
    with pytest.raises(Invalid, match="password once more"):
        erase_own_account(actor=cast.alice, understands_consequences=True, is_confirmed=False, at=now)

    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_it_is_said_first_what_goes_and_what_stays(api: Api, life: FullRecords) -> None:
    told = api(life.alice).get(ERASURE).json()

    assert told["blockers"] == []
    assert "Your profile: name, contact, skills, times, wishes, what we checked in a call with you." in told["erased"]
    assert any("until 31 December 2029" in sentence for sentence in told["retained"])


def test_the_endpoint_erases_and_signs_out(cast: Cast) -> None:
    cache.clear()
    client = Client()
    client.force_login(cast.alice)

    missing = client.post(ERASURE, {"understands_consequences": True}, content_type="application/json")
    wrong = client.post(ERASURE, {"understands_consequences": True, "password": "x"}, content_type="application/json")
    done = client.post(
        ERASURE, {"understands_consequences": True, "password": PASSWORD}, content_type="application/json"
    )

    assert (wrong.status_code, wrong.json()["errors"]) == (
        400,
        {"password": ["This is not your password. Give it once more."]},
    )
    assert missing.json()["errors"] == {"password": ["Give your password once more."]}
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
    assert (wrong.status_code, "This is not your password" in wrong.content.decode()) == (400, True)
    assert (unread.status_code, "say that you have understood" in unread.content.decode()) == (400, True)
    assert "Everything of yours is erased." in done.content.decode()
    assert "Sign in" in done.content.decode()
    assert not User.objects.filter(pk=cast.alice.pk).exists()


def test_who_has_no_password_signs_in_by_code_once_more(cast: Cast) -> None:
    cache.clear()
    cast.alice.set_unusable_password()
    cast.alice.save()
    client = Client()
    sign_in_browser(client, cast.alice, is_long_ago=True)

    page = client.get("/my-data/").content.decode()
    refused = client.post("/my-data/", {"understands_consequences": "on"})
    by_api = client.post(ERASURE, {"understands_consequences": True, "password": "x"}, content_type="application/json")

    assert ("Your password, once more" in page, "Erase everything of mine" in page) == (False, False)
    assert "It takes two steps. First sign in once more" in page
    assert 'href="/account/sign-in-again/?next=/my-data/"' in page
    assert (by_api.status_code, by_api.json()["code"]) == (403, "sign_in_again")
    assert refused["Location"].startswith("/accounts/reauthenticate/?next=")
    led = client.get(refused["Location"])
    assert led["Location"].startswith("/account/sign-in-again/?next=")
    assert "You have no password here" in client.get(led["Location"]).content.decode()
    code = client.post("/account/sign-in-again/?next=/my-data/")
    assert code["Location"] == "/accounts/login/code/?next=%2Fmy-data%2F"
    assert "_auth_user_id" not in client.session
    assert f'value="{cast.alice.email}"' in client.get(code["Location"]).content.decode()
    assert cast.alice.email not in client.get(code["Location"]).content.decode()  # who sits there next reads no address
    sign_in_browser(client, cast.alice)
    client.post("/my-data/", {"understands_consequences": "on"})
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


def test_an_account_without_a_password_confirms_by_a_new_sign_in(cast: Cast) -> None:
    cache.clear()
    cast.dave.set_unusable_password()
    cast.dave.save()
    client = Client()
    sign_in_browser(client, cast.dave)
    said = {"understands_consequences": True}
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=False):
        late = client.post(ERASURE, said, content_type="application/json")

    assert (late.status_code, late.json()["code"]) == (403, "sign_in_again")
    assert "with a code by email" in late.json()["detail"]
    assert client.post(ERASURE, said, content_type="application/json").status_code == 204


def test_a_sign_in_alone_is_no_confirmation(cast: Cast) -> None:
    cache.clear()
    client = Client()
    sign_in_browser(client, cast.rita)
    create_user("quinn", reviewer=True)

    assert client.post(ERASURE, {"understands_consequences": True}, content_type="application/json").status_code == 403
    assert User.objects.filter(pk=cast.rita.pk).exists()


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


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_last_letter_says_so_to_the_proved_address_and_leaves_no_trace(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], language: str
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(language=language)
    alice = User.objects.get(pk=cast.alice.pk)
    EmailAddress.objects.get_or_create(user=alice, email=alice.email, primary=True, verified=True)
    erase_own_account(actor=alice, understands_consequences=True, is_confirmed=True, at=now)
    assert everywhere("alice@example.org") == []

    def send(mail: EmailMessage) -> None:
        mail.send()

    deliver_due_secret_letters(send, at=now)

    [letter] = mailoutbox
    assert letter.to == ["alice@example.org"]
    assert letter.subject == {"en": "Your account is erased", "es": "Tu cuenta está borrada"}[language]
    assert settings.OPERATOR["email"] in letter.body
    assert not SecretLetter.objects.exists()


def test_a_last_letter_reaches_the_owner_after_the_address_was_replaced(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    """A stolen session adds an address of its own, makes it the first, removes the owner's, and erases."""
    alice = cast.alice
    EmailAddress.objects.get_or_create(user=alice, email=alice.email, primary=True, verified=True)
    for email, verified in (("thief@example.net", True), ("second@example.org", True), ("claimed@example.org", False)):
        EmailAddress.objects.create(user=alice, email=email, verified=verified)
    for email in (alice.email, "claimed@example.org"):
        removed = EmailAddress.objects.get(user=alice, email=email)
        with request_context(request := RequestFactory().get("/")):
            removed.remove()
            email_removed.send(EmailAddress, request=request, user=alice, email_address=removed)
    remember_removed_address(alice, "long.ago@example.org", at=now - timedelta(days=31))
    apply_retention_rules(at=now)
    alice.refresh_from_db()

    erase_own_account(actor=alice, understands_consequences=True, is_confirmed=True, at=now)

    def send(mail: EmailMessage) -> None:
        mail.send()

    deliver_due_secret_letters(send, at=timezone.now())

    told = {
        mail.subject: sorted(other.to[0] for other in mailoutbox if other.subject == mail.subject)
        for mail in mailoutbox
    }
    assert told == {
        "An address was removed from your account": ["alice@example.org"],
        "Your account is erased": ["alice@example.org", "second@example.org", "thief@example.net"],
    }
    assert everywhere("alice@example.org") == []


def test_no_last_letter_goes_where_no_letter_arrives_or_to_an_address_that_was_not_proved(
    cast: Cast, now: datetime
) -> None:
    EmailAddress.objects.get_or_create(user=cast.alice, email=cast.alice.email, primary=True, verified=True)
    mark_bounced(address=cast.alice.email, kind=BouncedAddress.Kind.BOUNCED, code="5.1.1", at=now)
    EmailAddress.objects.filter(user=cast.bob).delete()
    for user in (cast.alice, cast.bob):
        erase_own_account(actor=user, understands_consequences=True, is_confirmed=True, at=now)

    assert not SecretLetter.objects.exists()
