"""The personal data of volunteers: profiles, skills, availability, vetting, invitations.

A volunteer is not given the name of the reviewer who vetted them, nor a reviewer the names of those they vetted.
"""

from django.db.models import QuerySet

from core.models import ContactAccess, User
from core.privacy.erasure_handlers import ErasureHandler, register_erasure_handler
from core.privacy.export_sections import ExportSection, register_export_sections
from volunteers.actions import erasure
from volunteers.models import AvailabilityWindow, Invitation, LevelQuestion, SkillClaim, TimeOff, Vetting, Volunteer
from volunteers.queries import is_profile_of


def _profiles_of_user(user: User) -> QuerySet[Volunteer]:
    """Return a user's own profile, and unclaimed profiles that were imported with their address."""
    return Volunteer.objects.filter(is_profile_of(user))


register_export_sections(
    ExportSection(
        "profile",
        Volunteer,
        _profiles_of_user,
        (
            *("public_id", "version", "source", "source_key", "assumed", "first_name", "last_name", "email", "contact"),
            *(
                "adult",
                "max_hours_per_week",
                "max_projects",
                "time_zone",
                "languages",
                "wants_to_lead",
                "may_make_decisions",
                "job_restricts",
            ),
            *(
                "levels",
                "restrict_to_levels",
                "restrict_to_parties",
                "restrict_to_jurisdictions",
                "state",
                "waiting_since",
                "claimed_at",
                "on_call",
            ),
            *("rest_until", "availability_confirmed_at", "left_at", "answer_due_at"),
        ),
    ),
    ExportSection(
        "parties",
        Volunteer.parties.through,
        lambda user: Volunteer.parties.through._default_manager.filter(volunteer__in=_profiles_of_user(user)),
        ("party__code",),
    ),
    ExportSection(
        "jurisdictions",
        Volunteer.jurisdictions.through,
        lambda user: Volunteer.jurisdictions.through._default_manager.filter(volunteer__in=_profiles_of_user(user)),
        ("jurisdiction__code",),
    ),
    ExportSection(
        "skills",
        SkillClaim,
        lambda user: SkillClaim.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("skill__code", "level", "wants_to_use"),
    ),
    ExportSection(
        "availability",
        AvailabilityWindow,
        lambda user: AvailabilityWindow.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("weekday", "starts", "ends"),
    ),
    ExportSection(
        "time_off",
        TimeOff,
        lambda user: TimeOff.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("starts_on", "ends_on"),
    ),
    ExportSection(
        "vetting_marks",
        Vetting,
        lambda user: Vetting.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("public_id", "area", "method", "created_at", "valid_until"),
    ),
    ExportSection(
        "questions_about_levels",
        LevelQuestion,
        lambda user: LevelQuestion.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("public_id", "skill__code", "asked_at", "answered_at"),
    ),
    ExportSection(
        "invitations_to_volunteer",
        Invitation,
        lambda user: Invitation.objects.filter(volunteer__in=_profiles_of_user(user)),
        ("public_id", "invited_at", "expires_at", "used_at"),
    ),
    ExportSection(
        "claim_codes_asked_for",
        Invitation,
        lambda user: Invitation.objects.filter(code_account=user),
        ("code_sent_at",),
    ),
    ExportSection(
        "who_looked_at_profile",
        ContactAccess,
        lambda user: ContactAccess.objects.filter(subject_public_id__in=_profiles_of_user(user).values("public_id")),
        ("viewer_kind", "access_point", "at"),
    ),
    ExportSection(
        "vetting_marks_given",
        Vetting,
        lambda user: Vetting.objects.filter(reviewer=user),
        ("area", "method", "created_at", "valid_until"),
    ),
    ExportSection(
        "volunteers_invited",
        Invitation,
        lambda user: Invitation.objects.filter(invited_by=user),
        ("invited_at", "expires_at", "used_at"),
    ),
)

register_erasure_handler(
    ErasureHandler(
        app="volunteers",
        preview=erasure.preview_erasure,
        erase=erasure.erase_profiles,
        logged_ids=erasure.list_profile_ids,
        subject_ids=erasure.list_subject_ids,
        search_terms=erasure.list_search_terms,
        known_addresses=erasure.list_held_addresses,
    )
)
