"""The users of the demo that a visitor can sign in as: three main ones, and further ones for other states."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from core.models import User

REVIEWER_EMAIL = "reviewer@demo.example"
MANAGER_EMAIL = "manager@demo.example"
VOLUNTEER_EMAIL = "volunteer@demo.example"
LOGIN_LABELS = {REVIEWER_EMAIL: "Reviewer", MANAGER_EMAIL: "Campaign manager", VOLUNTEER_EMAIL: "Volunteer"}

NEWCOMER_EMAIL = "newcomer@demo.example"
PAUSED_EMAIL = "paused@demo.example"
EXPIRED_EMAIL = "expired@demo.example"
CALLED_OFF_EMAIL = "called-off@demo.example"
WAITING_EMAIL = "waiting@demo.example"
KATHMANDU_EMAIL = "kathmandu@demo.example"
LONG_NAME_EMAIL = "long-name@demo.example"
LONG_THREAD_EMAIL = "long-thread@demo.example"
STAFF_EMAIL = "staff@demo.example"
SECOND_REVIEWER_EMAIL = "second-reviewer@demo.example"
FURTHER_LOGIN_EMAILS = (
    *(NEWCOMER_EMAIL, PAUSED_EMAIL, EXPIRED_EMAIL, CALLED_OFF_EMAIL, WAITING_EMAIL, KATHMANDU_EMAIL),
    *(LONG_NAME_EMAIL, LONG_THREAD_EMAIL, STAFF_EMAIL, SECOND_REVIEWER_EMAIL),
)
"""docs/how-to/look-around-the-demo.md says what each of them has."""
TREASURER_EMAIL = "treasurer@demo.example"
"""Has lost the second factor, without which no visitor could sign in. So this is no login."""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """The label, address and password of a demo user."""

    label: str
    email: str
    password: str


def reset_demo_logins() -> list[DemoLogin]:
    """Give the three main users new passwords, so that no password of the demo is known elsewhere.

    Raises User.DoesNotExist when the demo is not in this database.
    """
    return [_reset_password(email, label) for email, label in LOGIN_LABELS.items()]


def reset_further_logins() -> str:
    """Give all further users the same new password, and return it."""
    password = secrets.token_urlsafe(12)
    # Hashed once for all of them: a hash takes a noticeable part of a second.
    User.objects.filter(email__in=FURTHER_LOGIN_EMAILS).update(password=make_password(password))
    return password


def _reset_password(email: str, label: str) -> DemoLogin:
    password = secrets.token_urlsafe(12)
    user = User.objects.get(email=email)
    user.set_password(password)
    user.save(update_fields=["password"])
    return DemoLogin(label, email, password)
