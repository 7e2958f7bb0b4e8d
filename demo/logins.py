"""The three users of the demo that a visitor can sign in as."""

import secrets
from dataclasses import dataclass

from core.models import User

REVIEWER_EMAIL = "reviewer@demo.example"
MANAGER_EMAIL = "manager@demo.example"
VOLUNTEER_EMAIL = "volunteer@demo.example"
LOGIN_LABELS = {REVIEWER_EMAIL: "Reviewer", MANAGER_EMAIL: "Campaign manager", VOLUNTEER_EMAIL: "Volunteer"}


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """The label, address and password of a demo user."""

    label: str
    email: str
    password: str


def reset_demo_logins() -> list[DemoLogin]:
    """Give the three users new passwords, so that no password of the demo is known elsewhere.

    Raises User.DoesNotExist when the demo is not in this database.
    """
    return [_reset_password(email, label) for email, label in LOGIN_LABELS.items()]


def _reset_password(email: str, label: str) -> DemoLogin:
    password = secrets.token_urlsafe(12)
    user = User.objects.get(email=email)
    user.set_password(password)
    user.save(update_fields=["password"])
    return DemoLogin(label, email, password)
