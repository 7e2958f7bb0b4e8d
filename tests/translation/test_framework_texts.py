"""What Django and allauth say on our pages is translated by our catalogue, which says “tú”."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from django.contrib.auth.password_validation import get_default_password_validators
from django.contrib.messages import get_messages
from django.core import validators
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.forms import fields, models
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from core.models import User
from tests.cast import Cast

FORMAL = re.compile(
    r"\b(usted|su|sus|le|introduzca|ingrese|asegúrese|compruebe|escoja|seleccione|elija|corrija|envíe|vuelva|espere|"
    r"inténtelo|escriba|utilice|marque la casilla|ha (?!sido)|verifique|contáctenos)\b",
    re.IGNORECASE,
)
SHOWN_MESSAGES = (
    "account/messages/cannot_delete_primary_email.txt",
    "account/messages/email_confirmation_failed.txt",
    "account/messages/email_confirmation_sent.txt",
    "account/messages/email_confirmed.txt",
    "account/messages/email_deleted.txt",
    "account/messages/password_changed.txt",
    "account/messages/password_set.txt",
    "account/messages/primary_email_set.txt",
    "account/messages/unverified_primary_email.txt",
    "mfa/messages/recovery_codes_generated.txt",
    "mfa/messages/totp_activated.txt",
    "mfa/messages/totp_deactivated.txt",
    "mfa/messages/webauthn_added.txt",
    "mfa/messages/webauthn_removed.txt",
)
"""What allauth puts on top of a page. Phones are closed here."""


def list_texts() -> Iterator[str]:
    """Return all that these libraries may say in a form, in the active language."""
    for _name, form_field in [
        *inspect.getmembers(fields, inspect.isclass),
        *inspect.getmembers(models, inspect.isclass),
    ]:
        yield from map(str, getattr(form_field, "default_error_messages", {}).values())
    for _name, validator in inspect.getmembers(validators, inspect.isclass):
        if validator is validators.DecimalValidator:
            continue  # no form of ours takes a decimal
        several = getattr(validator, "messages", None)
        for message in (getattr(validator, "message", None), *(several.values() if isinstance(several, dict) else ())):
            yield _read(message)
    yield from list_password_texts()
    for adapter in (get_adapter(), get_factor_adapter()):
        yield from map(str, adapter.error_messages.values())
    yield str(ReauthenticateForm.base_fields["password"].help_text)
    for template in SHOWN_MESSAGES:
        yield render_to_string(template, {"email": "a@example.org"})


def _read(message: Any) -> str:
    try:
        return str(message % {"limit_value": 3, "show_value": 4, "max": 3})
    except (TypeError, KeyError):
        return str(message or "")


def list_password_texts() -> Iterator[str]:
    user = User(email="correcthorse@example.org")
    for validator in get_default_password_validators():
        yield str(validator.get_help_text())
        for password in ("1", "12345678901", "password1234", "correcthorse"):
            try:
                validator.validate(password, user)
            except ValidationError as error:
                yield from error.messages


def test_nothing_that_a_library_says_on_a_page_is_formal() -> None:
    with override("es"):
        texts = list(list_texts())

    assert len(texts) > 80
    assert [text for text in texts if FORMAL.search(text)] == []


def test_the_pages_of_a_new_password_say_tu() -> None:
    with override("es"):
        texts = list(list_password_texts())

    assert "Tu contraseña no puede tener solo números." in texts
    assert len([text for text in texts if text.startswith("Tu contraseña")]) == 4


@pytest.mark.django_db
def test_a_code_that_was_sent_is_said_once(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = Client()

    page = client.post("/accounts/login/code/", {"email": cast.alice.email}, follow=True)

    assert page.redirect_chain
    assert [str(message) for message in get_messages(page.wsgi_request)] == []
    assert page.content.decode().count(cast.alice.email) >= 1
