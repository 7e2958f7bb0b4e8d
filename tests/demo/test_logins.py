from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from demo.logins import (
    FURTHER_LOGIN_EMAILS,
    MANAGER_EMAIL,
    REVIEWER_EMAIL,
    VOLUNTEER_EMAIL,
    reset_demo_logins,
    reset_further_logins,
)
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _planted() -> None:
    seed_database(seed=7, today=date(2026, 11, 24), size=WorldSize(volunteers=5, campaigns=2, requests=3))


def test_each_of_the_three_gets_in_with_the_new_password() -> None:
    logins = reset_demo_logins()
    assert [login.email for login in logins] == [REVIEWER_EMAIL, MANAGER_EMAIL, VOLUNTEER_EMAIL]
    for login in logins:
        client = Client()
        client.post(reverse("account_login"), {"login": login.email, "password": login.password})
        assert client.session["_auth_user_id"] == str(User.objects.get(email=login.email).pk)


def test_new_passwords_end_the_old_ones() -> None:
    old = reset_demo_logins()
    reset_demo_logins()
    assert not any(User.objects.get(email=login.email).check_password(login.password) for login in old)


def test_all_further_users_share_one_new_password() -> None:
    reset_further_logins()
    password = reset_further_logins()
    users = User.objects.filter(email__in=FURTHER_LOGIN_EMAILS)
    assert len({user.password for user in users}) == 1
    assert (len(users), users[0].check_password(password)) == (10, True)
