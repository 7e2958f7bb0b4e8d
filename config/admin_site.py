"""The admin site of reviewers."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

from config.login_middleware import find_missing_mfa
from core.models import User


class ReviewerAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    """An admin site for reviewers only. They sign in on the same page as all users, with the same rate limits."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user is a reviewer, and has signed in with the second factor that their role needs."""
        user = request.user
        return isinstance(user, User) and user.is_reviewer and find_missing_mfa(request, user) is None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the sign-in page. Raises PermissionDenied for a user who is signed in and no reviewer."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))
