"""Queries about volunteers."""

from django.db.models import Prefetch, QuerySet

from core.models import User
from volunteers.models import SkillClaim, Volunteer


def visible_to(user: User) -> QuerySet[Volunteer]:
    """Return the volunteers that a user sees: a reviewer all, any other user only themselves."""
    return Volunteer.objects.all() if user.is_reviewer else Volunteer.objects.filter(user=user)


def with_profile(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """Return the same volunteers with everything that a profile shows."""
    claims = SkillClaim.objects.select_related("skill").order_by("skill__name")
    return volunteers.prefetch_related(Prefetch("claims", claims), "windows", "time_off", "parties", "jurisdictions")
