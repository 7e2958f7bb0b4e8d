"""The personal data of campaigns: members, invitations, candidates' links and stops, safe phones, who verified them."""

from django.db.models import Q, QuerySet

from campaigns.actions import erasure
from campaigns.models import (
    Campaign,
    CandidateAddress,
    CandidateLink,
    CandidateStop,
    Filing,
    KeptPlan,
    Member,
    MemberInvitation,
    Request,
)
from core.email_addresses import has_own_address
from core.models import ContactAccess, User
from core.privacy.erasure_handlers import ErasureHandler, register_erasure_handler
from core.privacy.export_sections import ExportSection, register_export_sections

_MemberEvent = Member.pgh_event_model  # type: ignore[attr-defined]


def _contact_accesses_of(user: User) -> QuerySet[ContactAccess]:
    """Return the accesses to a user's address in invitations and in candidate links."""
    invited = MemberInvitation.objects.filter(has_own_address(user, "email")).values("public_id")
    written = CandidateLink.objects.filter(has_own_address(user, "email")).values("public_id")
    return ContactAccess.objects.filter(Q(subject_public_id__in=invited) | Q(subject_public_id__in=written))


def _stops_by(user: User) -> QuerySet[CandidateStop]:
    """Return the stops of the campaigns whose candidate the user is."""
    addresses = CandidateAddress.objects.filter(has_own_address(user, "email") | Q(account=user))
    return CandidateStop.objects.filter(campaign__in=addresses.values("campaign"))


register_export_sections(
    ExportSection(
        "memberships",
        Member,
        lambda user: Member.objects.filter(user=user),
        ("public_id", "version", "campaign__name", "position", "since"),
    ),
    ExportSection(
        "history_of_memberships",
        _MemberEvent,
        lambda user: _MemberEvent.objects.filter(user_id=user.pk),
        ("pgh_label", "pgh_created_at", "campaign__name", "position", "since"),
    ),
    ExportSection(
        "invitations_to_campaigns",
        MemberInvitation,
        lambda user: MemberInvitation.objects.filter(has_own_address(user, "email")),
        ("public_id", "email", "campaign__name", "position", "invited_at", "expires_at"),
    ),
    ExportSection(
        "invitations_sent",
        MemberInvitation,
        lambda user: MemberInvitation.objects.filter(invited_by=user),
        ("public_id", "position", "invited_at", "expires_at", "used_at", "revoked_at"),
    ),
    ExportSection(
        "candidate_links",
        CandidateLink,
        lambda user: CandidateLink.objects.filter(has_own_address(user, "email")),
        ("public_id", "email", "campaign__name", "created_at", "consented_at"),
    ),
    ExportSection(
        "candidate_addresses",
        CandidateAddress,
        lambda user: CandidateAddress.objects.filter(has_own_address(user, "email") | Q(account=user)),
        ("email", "campaign__name", "created_at"),
    ),
    ExportSection(
        "candidate_stops",
        CandidateStop,
        _stops_by,
        ("public_id", "campaign__name", "stopped_at", "reason", "answer_due_at", "handled_at", "outcome"),
    ),
    ExportSection(
        "candidate_stops_closed",
        CandidateStop,
        lambda user: CandidateStop.objects.filter(handled_by=user),
        ("public_id", "campaign__name", "handled_at", "outcome"),
    ),
    ExportSection(
        "who_looked_at_invitations",
        ContactAccess,
        _contact_accesses_of,
        ("viewer_kind", "access_point", "at"),
    ),
    ExportSection(
        "candidate_links_sent",
        CandidateLink,
        lambda user: CandidateLink.objects.filter(created_by=user),
        ("campaign__name", "created_at"),
    ),
    ExportSection(
        "safe_phones",
        Filing,
        lambda user: Filing.objects.filter(safe_phone_of=user),
        ("campaign__name", "safe_phone", "stated_at"),
    ),
    ExportSection(
        "kept_plans",
        KeptPlan,
        lambda user: KeptPlan.objects.filter(user=user),
        ("content", "kept_at"),
    ),
    ExportSection(
        "requests_answered",
        Request,
        lambda user: Request.objects.filter(contact__user=user, emergency=False),
        ("public_id", "title", "channel"),
    ),
    # Without the channel: it is the phone that the campaign chose because its accounts are not safe, and an export
    # asks for nothing but a session.
    ExportSection(
        "emergencies_reported",
        Request,
        lambda user: Request.objects.filter(contact__user=user, emergency=True),
        ("public_id", "title"),
    ),
    ExportSection(
        "campaigns_verified",
        Campaign,
        lambda user: Campaign.objects.filter(verified_by=user),
        ("name", "verified_at"),
    ),
)

register_erasure_handler(
    ErasureHandler(
        app="campaigns",
        preview=erasure.preview_erasure,
        terminate=erasure.end_memberships,
        erase=erasure.erase_invitation_addresses,
        subject_ids=erasure.list_subject_ids,
        known_addresses=erasure.list_held_addresses,
    )
)
