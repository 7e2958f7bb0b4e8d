"""How long a mailed code lives: one setting, and every text that names it follows."""

from typing import Any

import pytest
from allauth.account import app_settings
from django.conf import settings
from django.forms import Form
from django.template.loader import render_to_string
from django.test import override_settings

from core.accounts.adapter import AccountAdapter
from core.accounts.wrong_code import explain_wrong_code
from tests.docs.pages import ROOT

TEXTS_WITH_LIFETIME = (
    "account/base_confirm_code.html",
    "account/email/login_code_message.txt",
    "account/email/password_reset_code_message.txt",
    "account/email/sign_up_code_message.txt",
    "design/visit_code.html",
    "visitors/help.html",
)
HOMES = ("campaigns", "config", "core", "matching", "volunteers", "web")


def test_all_mailed_codes_live_equally_long() -> None:
    timeouts = {
        app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        app_settings.LOGIN_BY_CODE_TIMEOUT,
        app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }

    assert timeouts == {settings.EMAIL_CODE_MINUTES * 60}


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 minute"), (20, "20 minutes")])
@pytest.mark.parametrize("template", TEXTS_WITH_LIFETIME)
def test_a_text_names_the_lifetime_of_the_setting(template: str, minutes: int, words: str) -> None:
    page: dict[str, Any] = {"heading": "Code", "step": 4, "step_count": 4, "page_form": Form(), "login_url": "/"}
    sent = {"code": "123456", "email": "alice@example.org", "address": "alice@example.org", "verify_form": Form()}

    with override_settings(EMAIL_CODE_MINUTES=minutes):
        text = render_to_string(template, page | sent)

    assert f"for {words}" in text
    assert "15 minutes" not in text


@override_settings(EMAIL_CODE_MINUTES=20)
def test_the_refusal_of_a_code_names_the_lifetime_of_the_setting() -> None:
    assert "older than 20 minutes" in explain_wrong_code()
    assert str(AccountAdapter.error_messages["incorrect_code"]) == explain_wrong_code()


def test_no_text_spells_the_lifetime_out() -> None:
    spelled = [
        str(path.relative_to(ROOT))
        for home in HOMES
        for path in (ROOT / home).rglob("*")
        if path.suffix in (".py", ".html", ".txt") and f"{settings.EMAIL_CODE_MINUTES} minutes" in path.read_text()
    ]

    assert spelled == []
