"""Accounts of the demo's people. No account can sign in until `demo_report` gives three of them a password."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.models import User
from demo.logins import REVIEWER_EMAIL
from demo.seed.world import World


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


def build_verified_address(user: User) -> EmailAddress:
    """Return the verified address that lets the user sign in without confirming it first."""
    return EmailAddress(user=user, email=user.email, verified=True, primary=True)
