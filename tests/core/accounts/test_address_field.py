"""Every form that takes an address says what is wrong with it."""

from typing import Any

import pytest

from core.accounts.code_forms import LoginCodeRequestForm
from core.accounts.password_forms import LoginForm, PasswordResetForm
from core.accounts.sign_up_forms import AddEmailForm, SignupForm
from web.campaigns.member_list_pages import InvitationForm
from web.campaigns.plan_sign_in import PlanEmailForm

FORMS = [
    (LoginForm, "login"),
    *((form, "email") for form in (AddEmailForm, InvitationForm, LoginCodeRequestForm)),
    *((form, "email") for form in (PasswordResetForm, PlanEmailForm, SignupForm)),
]


@pytest.mark.parametrize(("form", "name"), FORMS)
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ana@exam ple.org", "There is a space"),
        ("ana@example,org", "There is a comma"),
        ("ana@example", "not complete"),
    ],
)
def test_an_address_error_says_what_to_correct(form: type[Any], name: str, typed: str, words: str) -> None:
    [error] = form(data={name: typed}).errors[name]

    assert words in error
