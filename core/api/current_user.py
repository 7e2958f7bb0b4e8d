"""Who is asking."""

from django.http import HttpRequest
from rest_framework.request import Request

from core.models import User


def get_current_user(request: Request | HttpRequest) -> User:
    """The user behind a request that permissions have let through; anonymous ones never come so far."""
    user = request.user
    assert isinstance(user, User)
    return user
