"""Where a user comes to by signing in."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from campaigns.models import Member
from tests.cast import Cast

PASSWORD = "correct horse battery"


def sign_in(cast: Cast, name: str, address: str = "/accounts/login/") -> str:
    user = getattr(cast, name)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    answer = Client().post(address, {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.parametrize(("name", "address"), [("alice", "/me/"), ("rita", "/admin/"), ("dave", "/")])
def test_a_user_comes_to_the_first_page_of_their_role(cast: Cast, name: str, address: str) -> None:
    assert sign_in(cast, name) == address


def test_campaign_staff_come_to_their_desk_and_who_volunteers_too_to_their_own_page(cast: Cast) -> None:
    assert sign_in(cast, "carol") == reverse("campaign-desk", args=[cast.campaign.public_id])
    Member.objects.filter(user=cast.carol).update(user=cast.alice)
    assert sign_in(cast, "alice") == "/me/"


def test_the_page_that_was_asked_for_comes_first(cast: Cast) -> None:
    assert sign_in(cast, "alice", "/accounts/login/?next=/help/") == "/help/"
