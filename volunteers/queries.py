"""Reading volunteers' rows."""

from django.db.models import Prefetch, QuerySet

from core.models import User
from volunteers.models import SkillClaim, Volunteer


def visible_to(user: User) -> QuerySet[Volunteer]:
    """Reviewers see everybody, anybody else themselves alone."""
    return Volunteer.objects.all() if user.is_reviewer else Volunteer.objects.filter(user=user)


def with_profile(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """The same people with everything that a profile shows."""
    claims = SkillClaim.objects.select_related("skill").order_by("skill__name")
    return volunteers.prefetch_related(Prefetch("claims", claims), "windows", "time_off", "parties", "jurisdictions")
