"""An address has one bound at every entry."""

from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.urls import get_resolver

from core.accounts.adapter import AccountAdapter
from core.accounts.code_forms import LoginCodeRequestForm, LoginCodeRequestInput
from core.accounts.sign_up_forms import SignupForm, SignupInput
from core.email_addresses import MAX_EMAIL_LENGTH, normalize_address
from core.errors import Invalid
from core.imports.fields import read_email

OUR_PACKAGES = ("core", "web", "campaigns", "matching", "volunteers", "ledger", "config")
DOMAIN = ".".join(["d" * 60] * 4)


def build_address(length: int) -> str:
    return f"{'m' * (length - len(DOMAIN) - 5)}@{DOMAIN}.org"


def list_forms(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for each in base.__subclasses__():
        yield each
        yield from list_forms(each)


def test_the_longest_address_is_stored_and_one_character_more_is_refused() -> None:
    assert len(normalize_address(build_address(MAX_EMAIL_LENGTH))) == MAX_EMAIL_LENGTH
    for length in (MAX_EMAIL_LENGTH + 1, 320, 321, 2_000):
        with pytest.raises(Invalid, match=f"has {length} characters, and may have 254"):
            normalize_address(build_address(length))


def test_a_domain_counts_as_it_is_stored() -> None:
    # Each é takes more letters there, so that a domain of 240 letters is too long to exist.
    with pytest.raises(Invalid, match="cannot exist"):
        normalize_address("m@" + ".".join(["é" * 40] * 6) + ".org")


@pytest.mark.parametrize("length", [MAX_EMAIL_LENGTH + 1, 320, 321, 2_000])
def test_an_import_says_how_long_an_address_may_be(length: int) -> None:
    with pytest.raises(Invalid, match="may have 254"):
        read_email(build_address(length), date(2026, 3, 2))


@pytest.mark.parametrize("form", [SignupForm, SignupInput, LoginCodeRequestForm, LoginCodeRequestInput])
def test_a_sign_up_and_a_code_refuse_a_longer_address(form: type[forms.Form]) -> None:
    filled = form({"email": build_address(MAX_EMAIL_LENGTH + 1), "password1": "", "password": ""})
    field = filled.fields["email"]

    with pytest.raises(forms.ValidationError, match="254"):
        field.clean(build_address(MAX_EMAIL_LENGTH + 1))
    assert field.clean(build_address(MAX_EMAIL_LENGTH)) == build_address(MAX_EMAIL_LENGTH)


def test_a_further_address_of_an_account_is_bounded_too() -> None:
    with pytest.raises(forms.ValidationError, match="may have 254"):
        AccountAdapter().clean_email(build_address(MAX_EMAIL_LENGTH + 1))


def test_no_form_takes_a_longer_address() -> None:
    assert get_resolver().url_patterns  # every view, and with it every form, is imported
    longer = {
        f"{form.__module__}.{form.__name__}.{name}": field.max_length
        for form in list_forms()
        if form.__module__.partition(".")[0] in OUR_PACKAGES
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.EmailField) and (field.max_length or 0) != MAX_EMAIL_LENGTH
    }
    assert longer == {}
