"""The user of a request."""

from django.http import HttpRequest
from rest_framework.request import Request

from core.models import User


def get_current_user(request: Request | HttpRequest) -> User:
    """Return the user of a request that has passed its permissions, and so is not anonymous."""
    user = request.user
    assert isinstance(user, User)
    return user
