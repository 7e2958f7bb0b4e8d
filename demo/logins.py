"""The three people as whom a visitor can look at the demo."""

import secrets
from dataclasses import dataclass

from core.models import User

REVIEWER_EMAIL = "reviewer@demo.example"
MANAGER_EMAIL = "manager@demo.example"
VOLUNTEER_EMAIL = "volunteer@demo.example"
LOGIN_LABELS = {REVIEWER_EMAIL: "Reviewer", MANAGER_EMAIL: "Campaign manager", VOLUNTEER_EMAIL: "Volunteer"}


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Who it is, and how to sign in as them."""

    label: str
    email: str
    password: str


def reset_demo_logins() -> list[DemoLogin]:
    """New passwords for the three, in place of the last ones, so that no password of the demo is known anywhere else.

    User.DoesNotExist when the demo is not in this database.
    """
    return [_reset_password(email, who) for email, who in LOGIN_LABELS.items()]


def _reset_password(email: str, who: str) -> DemoLogin:
    password = secrets.token_urlsafe(12)
    user = User.objects.get(email=email)
    user.set_password(password)
    user.save(update_fields=["password"])
    return DemoLogin(who, email, password)
