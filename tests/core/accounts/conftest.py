"""How somebody comes to a second factor, and a recovery of one that a second reviewer approves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client

from core.accounts.factor_recovery import approve_recovery, request_recovery
from core.models import FactorRecovery, User
from tests.cast import Cast, create_user, current_totp_code, ensure_totp
from tests.core.accounts.recoveries import CALLBACK, SECOND


@pytest.fixture
def remy(cast: Cast) -> User:
    """The second reviewer. Carol has lost her device, and has two addresses that she has proved."""
    for address in (cast.carol.email, SECOND):
        EmailAddress.objects.create(user=cast.carol, email=address, verified=True, primary=address == cast.carol.email)
    EmailAddress.objects.create(user=cast.carol, email="unproved@example.net", verified=False)
    ensure_totp(cast.carol)
    return create_user("remy", reviewer=True)


@pytest.fixture
def asked(cast: Cast, remy: User, now: datetime) -> FactorRecovery:
    return request_recovery(actor=cast.rita, email="Carol@example.org ", callback=CALLBACK, at=now)


@pytest.fixture
def approved(remy: User, asked: FactorRecovery, now: datetime) -> FactorRecovery:
    return approve_recovery(actor=remy, recovery=asked, at=now)


@pytest.fixture
def confirmed_addresses(cast: Cast) -> None:
    """Everybody has confirmed their address."""
    for user in User.objects.all():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """A block in which what waits for a commit does not: the tests' database never commits."""

    @contextmanager
    def block() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(transaction, "on_commit", lambda done, **_: done())
            yield

    return block


@pytest.fixture
def set_up(at_once: Callable[[], Any]) -> Callable[[Client], None]:
    """Sets up an authenticator app in a browser, by its pages, right after signing in."""

    def by_pages(client: Client) -> None:
        page = client.get("/accounts/2fa/totp/activate/")
        with at_once():
            done = client.post("/accounts/2fa/totp/activate/", {"code": current_totp_code(page.context["form"].secret)})
        assert done.status_code == 302

    return by_pages
