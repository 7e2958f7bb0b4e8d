"""The admin site of reviewers."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
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

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the page of all users, where guesses at the old password are counted."""
        return redirect("account_change_password")

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Raise Http404: each list has a search of its own, and this one would record no contact that it shows."""
        raise Http404

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Complete only the fields that a form here completes. Raises PermissionDenied for others.

        Django completes each relation to a table that can be searched, so accounts by their address too.
        """
        asked = tuple(request.GET.get(name, "") for name in ("app_label", "model_name", "field_name"))
        if asked not in self._list_completed_fields():
            raise PermissionDenied
        response: HttpResponse = super().autocomplete_view(request)
        return response

    def _list_completed_fields(self) -> set[tuple[str, ...]]:
        forms = [*self._registry.values()]
        forms += [inline for form in forms for inline in form.inlines]
        return {
            (form.model._meta.app_label, str(form.model._meta.model_name), field)
            for form in forms
            for field in form.autocomplete_fields
        }
