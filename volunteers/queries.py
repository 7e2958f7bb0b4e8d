"""Queries about volunteers."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from core.email_addresses import has_own_address, has_proven_address_in, list_own_addresses
from core.models import Party, Skill, User
from core.reference.queries import list_jurisdiction_choices
from core.text_folding import fold_text
from volunteers.models import LevelQuestion, SkillClaim, TimeOff, Volunteer


def visible_to(user: User) -> QuerySet[Volunteer]:
    """Return the volunteers that a user sees: a reviewer all, any other user only themselves."""
    return Volunteer.objects.all() if user.is_reviewer else Volunteer.objects.filter(user=user)


def is_profile_of(user: User) -> Q:
    """Return the condition of a user's own profile, and of unclaimed profiles that were imported with their address."""
    return Q(user=user) | (Q(user=None) & has_own_address(user, "email"))


def has_profile(user: User, volunteer: Volunteer) -> bool:
    """Return whether a profile is the user's own, or an unclaimed one that was imported with their address."""
    if volunteer.user_id is not None or not volunteer.email:
        return volunteer.user_id == user.pk
    return volunteer.email in list_own_addresses(user)


def list_imported_profiles(user: User) -> QuerySet[Volunteer]:
    """Return the unclaimed profiles that were imported with an address that the user has proved."""
    return Volunteer.objects.filter(has_proven_address_in(user, "email"), user=None).exclude(email="")


def with_profile(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """Return the same volunteers with everything that a profile shows."""
    claims = SkillClaim.objects.select_related("skill").order_by("skill__name")
    return volunteers.prefetch_related(Prefetch("claims", claims), "windows", "time_off", "parties", "jurisdictions")


def hands_awaiting_answer() -> QuerySet[Volunteer]:
    """Return the volunteers who raised their hand and were promised an answer that they have not got yet."""
    return Volunteer.objects.filter(answer_due_at__isnull=False, user__is_active=True)


def hands_past_their_date(at: datetime) -> QuerySet[Volunteer]:
    """Return the volunteers whose promised answer is late."""
    return hands_awaiting_answer().filter(answer_due_at__lte=at)


def list_wish_choices() -> dict[str, list[tuple[str, str]]]:
    """Return the parties and the jurisdictions that a volunteer may wish for, each as code and name, by name."""
    return {
        "parties": list(Party.objects.order_by("name").values_list("code", "name")),
        "jurisdictions": list_jurisdiction_choices(),
    }


def open_level_questions(user: User) -> QuerySet[LevelQuestion]:
    """Return the questions about a user's levels that they have not answered, the oldest first."""
    open_questions = LevelQuestion.objects.filter(volunteer__user=user, answered_at=None)
    return open_questions.select_related("skill").order_by("asked_at", "pk")


def find_level_question(user: User, public_id: UUID) -> LevelQuestion | None:
    """Return a question about a user's own level, answered or not."""
    own_questions = LevelQuestion.objects.filter(volunteer__user=user, public_id=public_id)
    return own_questions.select_related("skill", "volunteer").first()


def find_skill_level(user: User, skill: Skill) -> int | None:
    """Return the level at which a user says to know a skill; None where they do not claim it."""
    claims = SkillClaim.objects.filter(volunteer__user=user, skill=skill)
    return claims.values_list("level", flat=True).first()


def list_skill_claims(volunteer: Volunteer) -> list[SkillClaim]:
    """Return a volunteer's skills by name, retired ones too."""
    claims = volunteer.claims.select_related("skill")
    return sorted(claims, key=lambda claim: fold_text(claim.skill.shown_name))


def list_vetted_areas(volunteer: Volunteer, *, on: date) -> set[str]:
    """Return the areas for which the volunteer has a vetting mark on a day."""
    return set(volunteer.vettings.filter(valid_until__gte=on).values_list("area", flat=True))


def find_next_time_off(volunteer: Volunteer, *, on: date) -> TimeOff | None:
    """Return the time off that goes on or comes next on a day; None without one."""
    return volunteer.time_off.filter(ends_on__gte=on).order_by("starts_on").first()
