"""Who sees others because of a role has signed in with a second factor, whichever endpoint they take."""

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client

from campaigns.models import Member
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import TOTP_SECRET, Cast, current_totp_code, ensure_totp
from tests.core.accounts.mfa_clients import AUTH, CAMPAIGNS, PASSWORD, app, browser
from tests.core.accounts.passkey_device import Device
from tests.mail_codes import read_code

pytestmark = pytest.mark.usefixtures("confirmed_addresses")


def test_a_password_alone_shows_a_manager_nothing_of_others(cast: Cast) -> None:
    answer = browser(cast.carol).get(CAMPAIGNS)

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    told = answer.json()
    set_up = {
        "method": "GET",
        "path": "/api/v1/auth/browser/v1/account/authenticators/totp",
        "operation_id": "getAuthenticatorApp",
    }
    assert (told["code"], told["where"]) == ("second_factor_needed", {"page": "/accounts/2fa/", "api": set_up})
    assert told["detail"].endswith("Set one up.")


SetUp = Callable[[Client], None]


def test_who_sets_it_up_is_led_back_to_the_page_that_asked_for_it(cast: Cast, set_up: SetUp) -> None:
    client, wanted = browser(cast.carol), f"/campaigns/{cast.campaign.public_id}/"
    link = f'href="{wanted}">Go on to the page you wanted<'
    sent_on = client.get(wanted, follow=True)
    assert sent_on.redirect_chain == [("/accounts/2fa/", 302)]
    assert link not in sent_on.content.decode()  # not yet

    set_up(client)

    assert link in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert client.get(wanted).status_code == 200
    assert link not in client.get("/accounts/2fa/").content.decode()


def test_who_sets_it_up_sees_others_at_once(cast: Cast, set_up: SetUp) -> None:
    client = browser(cast.rita)

    set_up(client)

    assert [client.get(path).status_code for path in ("/admin/matching/proposal/", "/api/v1/matches")] == [200, 200]


def test_the_first_one_ends_every_other_session(cast: Cast, set_up: SetUp) -> None:
    elsewhere, client = browser(cast.carol), browser(cast.carol)
    phone, token = app(cast.carol)

    set_up(client)

    assert client.get(CAMPAIGNS).status_code == 200
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert phone.get("/api/v1/me", headers={"X-Session-Token": token}).status_code == 401


def test_signing_in_asks_for_it_and_takes_no_code_twice(cast: Cast) -> None:
    ensure_totp(cast.carol)
    client, other = browser(cast.carol), browser(cast.carol)
    assert client.get("/api/v1/me").status_code == 401

    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/api/v1/me").status_code == 401
    assert client.post("/accounts/2fa/authenticate/", {"code": current_totp_code()}).status_code == 302
    assert client.get(CAMPAIGNS).status_code == 200

    other.post("/accounts/2fa/authenticate/", {"code": current_totp_code()})
    assert other.get("/api/v1/me").status_code == 401


def test_a_printed_code_stands_in_for_a_lost_device_once(cast: Cast) -> None:
    ensure_totp(cast.carol)
    printed = RecoveryCodes.activate(cast.carol).get_unused_codes()[0]

    first, second = browser(cast.carol), browser(cast.carol)
    for client in (first, second):
        client.post("/accounts/2fa/authenticate/", {"code": printed})

    assert [first.get(CAMPAIGNS).status_code, second.get(CAMPAIGNS).status_code] == [200, 401]


def test_somebody_who_becomes_a_manager_while_signed_in_has_to_set_it_up(cast: Cast, now: datetime) -> None:
    client = browser(cast.dave)
    assert client.get(CAMPAIGNS).status_code == 200

    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)

    assert client.get(CAMPAIGNS).status_code == 403


def test_who_takes_their_last_one_away_sees_nothing_of_others_from_then_on(cast: Cast, set_up: SetUp) -> None:
    client = browser(cast.rita)
    set_up(client)

    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert client.get("/api/v1/matches").json()["code"] == "second_factor_needed"
    assert client.get("/admin/").status_code == 302


def test_who_signed_in_with_one_that_is_gone_proves_themselves_with_another(cast: Cast) -> None:
    printed = RecoveryCodes.activate(cast.carol)
    ensure_totp(cast.carol)
    client = browser(cast.carol)
    client.post("/accounts/2fa/authenticate/", {"code": printed.get_unused_codes()[0]})
    printed.instance.delete()
    assert client.get(CAMPAIGNS).json()["detail"].startswith("Your role here asks for your second factor.")

    client.post("/accounts/2fa/reauthenticate/", {"code": current_totp_code()})

    assert client.get(CAMPAIGNS).status_code == 200


def test_a_new_password_by_mail_does_not_go_round_it(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    ensure_totp(cast.rita)
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.rita.email})
    form = client.post("/accounts/password/reset/confirm/", {"code": read_code(mailoutbox[-1])}, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another good one", "password2": "another good one"})

    assert client.get("/api/v1/me").status_code == 401
    assert browser(cast.rita, password="another good one").get("/admin/").status_code == 302
    cast.rita.refresh_from_db()
    assert cast.rita.check_password("another good one")


def test_the_app_does_not_go_round_it_either(cast: Cast) -> None:
    client, token = app(cast.carol)
    sent = {"X-Session-Token": token}
    problem = client.get(CAMPAIGNS, headers=sent).json()
    assert problem["code"] == "second_factor_needed"
    assert problem["where"]["api"] == {
        "method": "GET",
        "path": f"{AUTH}/account/authenticators/totp",
        "operation_id": "getAuthenticatorApp",
    }

    ensure_totp(cast.carol)
    problem = client.get(CAMPAIGNS, headers=sent).json()
    assert problem["where"] == {
        "page": "/accounts/2fa/reauthenticate/",
        "api": {"method": "POST", "path": f"{AUTH}/auth/2fa/reauthenticate", "operation_id": "proveByFactor"},
    }
    client, token = app(cast.carol)
    sent = {"X-Session-Token": token}
    assert client.get("/api/v1/me", headers=sent).status_code == 401
    client.post(
        f"{AUTH}/auth/2fa/authenticate", {"code": current_totp_code()}, content_type="application/json", headers=sent
    )
    assert client.get(CAMPAIGNS, headers=sent).status_code == 401  # that token was for signing in


def test_the_token_after_the_code_is_good_for_all_of_it(cast: Cast) -> None:
    ensure_totp(cast.carol)
    client, token = app(cast.carol)
    said = {"code": current_totp_code()}
    answer = client.post(
        f"{AUTH}/auth/2fa/authenticate", said, content_type="application/json", headers={"X-Session-Token": token}
    ).json()

    sent = {"X-Session-Token": answer["meta"]["session_token"]}
    assert client.get(CAMPAIGNS, headers=sent).status_code == 200


def test_setting_it_up_in_the_app_keeps_the_apps_session(cast: Cast, at_once: Callable[[], Any]) -> None:
    client, token = app(cast.carol)
    sent = {"X-Session-Token": token}
    said = {"password": PASSWORD}
    client.post(f"{AUTH}/auth/reauthenticate", said, content_type="application/json", headers=sent)
    secret = client.get(f"{AUTH}/account/authenticators/totp", headers=sent).json()["meta"]["secret"]
    with at_once():
        done = client.post(
            f"{AUTH}/account/authenticators/totp",
            {"code": current_totp_code(secret)},
            content_type="application/json",
            headers=sent,
        )

    assert done.status_code == 200
    assert client.get(CAMPAIGNS, headers=sent).status_code == 200


def test_the_secret_of_an_authenticator_app_is_not_in_the_database(cast: Cast) -> None:
    assert TOTP_SECRET not in str(ensure_totp(cast.carol).data)


def test_a_lost_device_is_taken_away_by_command_with_every_session_and_the_person_hears_of_it(
    cast: Cast, set_up: SetUp
) -> None:
    client = browser(cast.rita)
    set_up(client)
    out = StringIO()

    call_command("reset_second_factor", cast.rita.email.upper(), stdout=out)

    assert out.getvalue().startswith("rita@example.org has no second factor now")
    assert client.get("/api/v1/me").status_code == 401
    assert not Authenticator.objects.exists()
    [notice] = Notice.objects.filter(kind="factor-reset")
    assert not Notice.objects.filter(kind="factor-reset-review").exists()  # there is no other reviewer
    assert (notice.recipient, notice.is_immediate) == (cast.rita, True)
    letter = render_notices([notice], language="en", at=notice.created_at)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    assert letter.subject == "Your second factor was taken away"
    assert browser(cast.rita).get("/api/v1/matches").json()["code"] == "second_factor_needed"


def test_the_command_says_when_nobody_has_the_address(db: None) -> None:
    with pytest.raises(CommandError, match="No account has this address"):
        call_command("reset_second_factor", "nobody@example.org")


def test_the_code_that_sets_it_up_does_not_sign_in(cast: Cast) -> None:
    client = browser(cast.carol)
    client.get("/accounts/2fa/totp/activate/")
    code = current_totp_code(client.session[SECRET_SESSION_KEY])
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302

    client = browser(cast.carol)
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/api/v1/me").status_code == 401


def test_the_code_that_sets_it_up_in_the_api_proves_nothing_after_it(cast: Cast, at_once: Callable[[], Any]) -> None:
    client, token = app(cast.carol)
    sent = {"X-Session-Token": token}
    secret = client.get(f"{AUTH}/account/authenticators/totp", headers=sent).json()["meta"]["secret"]
    said = {"code": current_totp_code(secret)}
    with at_once():
        places = [f"{AUTH}/account/authenticators/totp", f"{AUTH}/auth/2fa/reauthenticate"]
        answers = [client.post(place, said, content_type="application/json", headers=sent) for place in places]

    assert [answer.status_code for answer in answers] == [200, 400]


WRONG_CODE = {"code": "000000"}
WRONG_PASSKEY = {"credential": json.dumps(Device().answer({"publicKey": {"challenge": "eA"}}))}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("authenticate", WRONG_CODE),
        ("authenticate", WRONG_PASSKEY),
        ("reauthenticate", WRONG_CODE),
    ],
)
def test_after_too_many_wrong_ones_no_new_password_is_advised(cast: Cast, place: str, said: dict[str, str]) -> None:
    cache.clear()
    ensure_totp(cast.carol)
    client = browser(cast.carol)
    if place != "authenticate":
        client.post("/accounts/2fa/authenticate/", {"code": current_totp_code()})

    answers = [client.post(f"/accounts/2fa/{place}/", said) for _ in range(6)]

    told = answers[-1].content.decode()
    assert "Too many wrong codes or keys. Wait 5 minutes, then try again." in told
    assert "choose a new password" not in told
