"""List the reviewers and the administrators."""

from django.db.models import QuerySet

from core.models import User


def list_reviewers() -> QuerySet[User]:
    """Return all active reviewers."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("pk")


def list_administrators() -> QuerySet[User]:
    """Return all active administrators, who decide which users are reviewers."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
