"""Accounts of the demo's people. No account can sign in until `demo_report` gives some of them a password."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.models import User
from demo.logins import FURTHER_LOGIN_EMAILS, REVIEWER_EMAIL, SECOND_REVIEWER_EMAIL, TREASURER_EMAIL
from demo.seed.world import World

STORY_ACCOUNT_AGE_DAYS = 90
"""Older than anything that the story tells."""


def build_account(
    world: World, email: str, joined_at: datetime, *, language: str = "en", reviewer: bool = False
) -> User:
    """Return an account without a usable password."""
    return User(
        public_id=world.rng.public_id(),
        email=email,
        password=make_password(None),
        language=language,
        is_staff=reviewer,
        joined_at=joined_at,
    )


def build_reviewer_account(world: World) -> User:
    """Return the reviewer's account, the oldest of all."""
    return build_account(world, REVIEWER_EMAIL, world.days_ago(400), reviewer=True)


def build_story_accounts(world: World) -> list[User]:
    """Return the accounts of the people that the story adds to the three main users."""
    return [
        build_account(world, email, world.days_ago(STORY_ACCOUNT_AGE_DAYS), reviewer=email == SECOND_REVIEWER_EMAIL)
        for email in (*FURTHER_LOGIN_EMAILS, TREASURER_EMAIL)
    ]


def build_verified_address(user: User) -> EmailAddress:
    """Return the verified address that lets the user sign in without confirming it first."""
    return EmailAddress(user=user, email=user.email, verified=True, primary=True)
