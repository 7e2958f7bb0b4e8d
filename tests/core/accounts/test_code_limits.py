"""The limits of sign-in and of mailed codes are settings, and every sentence that names a wait follows them."""

from typing import Any

import pytest
from allauth.account import app_settings
from django.conf import settings as project_settings
from django.core.cache import cache
from django.test import Client

from core.accounts.auth_document import build_auth_document
from core.accounts.code_limits import CodeLimit, explain_early_resend, find_code_limit
from core.waits import describe_wait
from tests.docs.pages import ROOT

NUMBER_WORDS = {3: "three", 5: "five", 10: "ten"}
SENTENCES = {
    "docs/explanation/security.md": (
        "Each session has {guesses} guesses",
        "A network has {sign_in_letters} codes an hour sent to one address, and {letters} letters with codes a day.",
        "A reset of the password has {reset_letters} in a quarter of an hour.",
        "one code in half a minute and {sign_in_letters} in an hour for each network",
        "A mailed code allows {guesses} guesses, parallel ones too.",
        "All guesses of one session are counted too, {session_guesses} in the time",
        "The letters count with the {sign_in_letters} of an hour, and half a minute lies between two of them.",
    ),
    "docs/how-to/write-a-frontend.md": (
        "a new code can be sent half a minute after the last letter. It has a life and {guesses} guesses of its own",
        "An address gets {sign_in_letters} codes an hour from one network",
    ),
}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "a second"),
        (30, "30 seconds"),
        (60, "a minute"),
        (900, "15 minutes"),
        (3600, "an hour"),
        (172_800, "2 days"),
    ],
)
def test_a_wait_is_said_in_its_largest_unit(seconds: int, words: str) -> None:
    assert describe_wait(seconds) == words


def test_a_limit_is_read_from_the_settings(settings: Any) -> None:
    settings.EMAIL_CODE_RATE_LIMITS = {"resend": "2/45s"}

    assert find_code_limit("resend") == CodeLimit(2, 45)
    assert "after 45 seconds" in explain_early_resend()


@pytest.mark.django_db
def test_the_refusal_of_a_letter_names_the_wait_of_its_limit(settings: Any) -> None:
    cache.clear()
    settings.EMAIL_CODE_RATE_LIMITS = project_settings.EMAIL_CODE_RATE_LIMITS | {
        "sign_in_letters": "1/7m",
        "reset_letters": "1/8m",
    }
    codes, resets = (
        [Client().post(f"/accounts/{path}/", {"email": "stranger@example.org"}) for _ in range(2)]
        for path in ("login/code", "password/reset")
    )

    text = codes[-1].content.decode()
    assert "Too many codes were sent to this address. Wait 7 minutes, or use another address." in text
    assert resets[-1].headers["Retry-After"] == "480"


def test_the_description_of_the_api_names_the_limits(settings: Any) -> None:
    settings.EMAIL_CODE_RATE_LIMITS = project_settings.EMAIL_CODE_RATE_LIMITS | {
        "resend": "1/45s",
        "sign_in_letters": "4/2h",
    }

    text = " ".join(build_auth_document()["info"]["description"].split())

    assert "45 seconds after the last one" in text
    assert "gets 4 of them in 2 hours from one network" in text


def test_all_mailed_codes_have_as_many_guesses() -> None:
    guesses = {
        app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
        app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
        app_settings.PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS,
    }

    assert guesses == {project_settings.EMAIL_CODE_GUESSES}


@pytest.mark.parametrize("page", SENTENCES)
def test_a_page_that_says_the_limits_in_words_has_those_of_the_settings(page: str) -> None:
    limits = {name: find_code_limit(name) for name in project_settings.EMAIL_CODE_RATE_LIMITS}
    words = {name: NUMBER_WORDS.get(limit.amount, str(limit.amount)) for name, limit in limits.items()}
    words |= {"guesses": NUMBER_WORDS[project_settings.EMAIL_CODE_GUESSES], "session_guesses": words["guesses"]}
    text = " ".join((ROOT / page).read_text().split())

    assert [said for said in SENTENCES[page] if said.format(**words) not in text] == []
    assert {name: limit.seconds for name, limit in limits.items() if name != "guesses"} == {
        "sign_in_letters": 3600,
        "reset_letters": 900,
        "letters": 86_400,
        "resend": 30,
        "sign_up": 10,
    }, "The pages say these times in words."
