"""Change what a volunteer can do: the skills of their profile."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from core.field_errors import FieldErrors
from core.models import Skill, User
from core.reference.codes import find_by_codes
from volunteers.actions.weeks import lock_own_volunteer
from volunteers.models import SkillClaim, Volunteer
from volunteers.signals import volunteer_updated
from volunteers.skill_claim_rules import check_skills


@transaction.atomic
def replace_skills(
    *, actor: User, claims: Sequence[tuple[str, int, bool]], at: datetime, version: int | None = None
) -> Volunteer:
    """Replace the user's skills, each a code, a level and a wish; `version` is the one that they saw.

    All else of the profile stays, and so do vetting marks, open questions about levels, and matches. Raises Invalid
    (with the paths of a profile), NotFound (no profile), WrongState (they have left), Stale.
    """
    errors = FieldErrors()
    with errors.collect():
        check_skills(claims)
    paths = {f"claims.{index}.skill": code for index, (code, *_rest) in enumerate(claims)}
    skills = find_by_codes("skill", Skill.objects.all(), paths, errors)
    errors.raise_if_any()
    volunteer = lock_own_volunteer(actor, at=at, version=version)
    volunteer.claims.exclude(skill__in=skills.values()).delete()
    SkillClaim.objects.bulk_create(
        (
            SkillClaim(volunteer=volunteer, skill=skills[code], level=level, wants_to_use=wanted)
            for code, level, wanted in claims
        ),
        update_conflicts=True,
        unique_fields=["volunteer", "skill"],
        update_fields=["level", "wants_to_use"],
    )
    volunteer.assumed = [name for name in volunteer.assumed if name != "skills"]
    volunteer.version += 1
    volunteer.save()
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
