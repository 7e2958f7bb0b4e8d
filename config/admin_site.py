"""The reviewer's place."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

from config.login_middleware import find_missing_mfa
from core.models import User


class ReviewerAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    """Reviewers get in, nobody else. Signing in goes through the same door as everybody's, with the same limits."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person reviews, and has signed in as a reviewer must."""
        user = request.user
        return isinstance(user, User) and user.is_reviewer and find_missing_mfa(request, user) is None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sends everybody to the one door; who is signed in and does not review has no business here."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))
