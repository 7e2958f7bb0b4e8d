"""Every page of ours and of allauth's, for each kind of reader, and forms with errors."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core.models import User
from tests.access.endpoints import AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, sign_in_browser
from tests.pseudo_locale.conftest import FindOutside

READERS = ("anonymous", "volunteer", "manager", "reviewer")
FORM_ERRORS = {"email": "no address", "login": "no address", "password": "x", "password1": "x", "code": "1"}
ALLAUTH_PAGES = [
    *("account_login", "account_signup", "account_logout", "account_email", "account_change_password"),
    *("account_reset_password", "account_reset_password_done", "account_reauthenticate", "account_inactive"),
    *("account_email_verification_sent", "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"),
    *("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_list_webauthn"),
    *("mfa_add_webauthn", "mfa_signup_webauthn", "mfa_login_webauthn"),
]


@pytest.fixture
def scenario(cast: Cast, now: datetime) -> AccessScenario:
    scenario = build_scenario(cast, now)
    for user in filter(None, scenario.users.values()):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return scenario


def list_page_addresses(scenario: AccessScenario) -> list[str]:
    """Our own pages, those of allauth, and one that is not there."""
    routes = sorted({route for route, _method in list_endpoints()})
    ours = [path for path in (endpoint_path(scenario, route) for route in routes) if not path.startswith("/api/")]
    broken = ["/nothing/", "/join/nothing/", "/candidate/nothing/", "/mail/stop/nothing/", "/invitation/nothing/"]
    return [*ours, *broken, *(reverse(name) for name in ALLAUTH_PAGES)]


def read_pages(user: User | None, addresses: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Each page as it opens, and as it comes back with a form that was filled in wrongly; nothing stays changed."""
    for address in addresses:
        for method in ("get", "post"):
            with transaction.atomic():
                client = Client()
                if user is not None:
                    sign_in_browser(client, user)
                page = getattr(client, method)(address, *([FORM_ERRORS] if method == "post" else []), follow=True)
                transaction.set_rollback(True)
            yield f"{method} {address}", page


@pytest.mark.parametrize("reader", READERS)
def test_every_page_speaks_through_gettext(scenario: AccessScenario, find_outside: FindOutside, reader: str) -> None:
    seen, outside = 0, {}
    for title, page in read_pages(scenario.users[reader], list_page_addresses(scenario)):
        if page["Content-Type"].startswith("text/html"):
            seen += 1
            for text in find_outside(page.content.decode()):
                outside.setdefault(text, title)

    assert seen > 40
    assert outside == {}
