"""How allauth, which signs people up and in, does it here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from core.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's own ways, but for mail: an account says nothing about politics, so neither does its mail."""

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, on one line, without the site's name before it."""
        return " ".join(subject.split())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Reviewers go to their proposals, everybody else home."""
        user: Any = request.user
        return "/admin/" if isinstance(user, User) and user.is_reviewer else "/"
