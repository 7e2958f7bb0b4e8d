"""The three people as whom a visitor can look at the demo."""

import secrets
from dataclasses import dataclass

from core.models import User

REVIEWER = "reviewer@demo.example"
MANAGER = "manager@demo.example"
VOLUNTEER = "volunteer@demo.example"
ROLES = {REVIEWER: "Reviewer", MANAGER: "Campaign manager", VOLUNTEER: "Volunteer"}


@dataclass(frozen=True, slots=True)
class Login:
    """Who it is, and how to sign in as them."""

    who: str
    email: str
    password: str


def fresh_logins() -> list[Login]:
    """New passwords for the three, in place of the last ones, so that no password of the demo is known anywhere else.

    User.DoesNotExist when the demo is not in this database.
    """
    return [_fresh(email, who) for email, who in ROLES.items()]


def _fresh(email: str, who: str) -> Login:
    password = secrets.token_urlsafe(12)
    user = User.objects.get(email=email)
    user.set_password(password)
    user.save(update_fields=["password"])
    return Login(who, email, password)
