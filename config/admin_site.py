"""The reviewer's place."""

from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite

from core.models import User


class ReviewSite(UnfoldAdminSite):  # type: ignore[misc]
    """Reviewers get in, nobody else. Signing in goes through the same door as everybody's, with the same limits."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person reviews."""
        return isinstance(request.user, User) and request.user.is_reviewer
