from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from core.accounts.work_email import is_likely_work_email
from core.models import User
from tests.cast import Cast

Api = Callable[[User | None], APIClient]


def test_who_signs_in_with_what_looks_like_a_work_address_is_warned(api: Api, cast: Cast) -> None:
    [warning] = api(cast.alice).get("/api/v1/me").json()["warnings"]
    assert warning.startswith("This looks like an address at work or school")

    User.objects.filter(pk=cast.alice.pk).update(email="alice@gmail.com")

    assert api(User.objects.get(pk=cast.alice.pk)).get("/api/v1/me").json()["warnings"] == []


@pytest.mark.parametrize(
    "email",
    ["a@gmail.com", "A@GMAIL.COM", "a@yahoo.co.uk", "a@hotmail.fr", "a@outlook.com", "a@gmx.net", "a@proton.me"],
)
def test_the_usual_providers_are_private(email: str) -> None:
    assert not is_likely_work_email(email)


@pytest.mark.parametrize(
    "email", ["a@bigbank.com", "a@mail.house.gov", "a@uni.edu", "a@gmail.com.bigbank.com", "a@outlook.bigbank.com"]
)
def test_everything_else_looks_like_work(email: str) -> None:
    assert is_likely_work_email(email)


def test_the_language_in_which_one_is_written_to_is_ones_own_to_choose(api: Api, cast: Cast) -> None:
    answer = api(cast.alice).patch("/api/v1/me", {"language": "es"})

    assert (answer.status_code, answer.json()["language"], answer.json()["email"]) == (200, "es", "alice@example.org")
    cast.alice.refresh_from_db()
    assert (cast.alice.language, cast.alice.email) == ("es", "alice@example.org")
    assert api(cast.alice).patch("/api/v1/me", {"language": "klingon"}).status_code == 400
    address = api(cast.alice).patch("/api/v1/me", {"language": "en", "email": "mallory@example.org"})
    assert (address.status_code, list(address.json()["errors"])) == (400, ["email"])
