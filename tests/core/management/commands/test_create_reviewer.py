from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client

from core.models import User
from tests.cast import create_user


def run_command(email: str) -> str:
    out = StringIO()
    call_command("create_reviewer", email, stdout=out)
    return out.getvalue()


def test_the_first_reviewer_signs_in_with_a_code_by_mail(db: None, mailoutbox: list[EmailMessage]) -> None:
    told = run_command("Rita@Example.org")

    assert "http://localhost:8000/accounts/login/code/" in told
    rita = User.objects.get(email="rita@example.org")
    assert (rita.is_reviewer, rita.is_superuser, rita.has_usable_password()) == (True, True, False)
    client = Client()
    client.post("/accounts/login/code/", {"email": "rita@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:7]})
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_running_it_again_changes_nothing(db: None) -> None:
    run_command("rita@example.org")
    before = (User.objects.values().get(), EmailAddress.objects.values().get())

    run_command("rita@example.org")

    assert (User.objects.values().get(), EmailAddress.objects.values().get()) == before


def test_an_account_that_is_there_keeps_its_password_and_its_first_address(db: None) -> None:
    dave = create_user("dave")
    EmailAddress.objects.create(user=dave, email="other@example.org", verified=True, primary=True)

    run_command(dave.email)

    dave.refresh_from_db()
    assert dave.is_reviewer
    assert dave.check_password("correct horse battery")
    assert EmailAddress.objects.get(primary=True).email == "other@example.org"


def test_what_is_no_address_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        run_command("rita")
