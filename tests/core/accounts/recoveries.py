"""What is known of a recovery of a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from rest_framework.test import APIClient

from core.models import FactorRecovery, Notice, User

CALLBACK = "Called the number in her file; she knew her last project."
SECOND = "carol@example.net"
Api = Callable[[User | None], APIClient]
API = "/api/v1/factor-recoveries"


def has_factor(user: User) -> bool:
    there: bool = Authenticator.objects.filter(user=user).exists()
    return there


def state_of(recovery: FactorRecovery) -> str:
    recovery.refresh_from_db()
    return recovery.state


def who_was_told(kind: str, state: str) -> set[str]:
    notices = Notice.objects.filter(kind=kind, subjects__state=state).select_related("recipient")
    return {notice.recipient.email if notice.recipient else notice.address for notice in notices}
