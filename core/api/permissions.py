"""Who may come to a door at all; what they may see and do there is for queries and actions."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core.models import User


class IsReviewer(BasePermission):
    """Reviewers only."""

    message = "Only reviewers may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller reviews."""
        return isinstance(request.user, User) and request.user.is_reviewer
