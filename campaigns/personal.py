"""What is held about somebody as a member of a campaign, as its candidate, or as who verified it."""

from django.db.models import Q, QuerySet

from campaigns.actions import erasure, retention
from campaigns.models import Campaign, CandidateKey, Member, MemberInvitation, Request
from core.keeping import Kept
from core.models import Look, User
from core.people import Eraser, Held

_events = Member.pgh_event_model  # type: ignore[attr-defined]


def _looks_at(user: User) -> QuerySet[Look]:
    """At open invitations to their address, and at links to it as a candidate's."""
    invited = MemberInvitation.objects.filter(email=user.email).values("public_id")
    written = CandidateKey.objects.filter(email=user.email).values("public_id")
    return Look.objects.filter(Q(subject_row__in=invited) | Q(subject_row__in=written))


HELD = (
    Held(
        "memberships",
        Member,
        lambda user: Member.objects.filter(user=user),
        ("public_id", "version", "campaign__name", "position", "since"),
    ),
    Held(
        "history_of_memberships",
        _events,
        lambda user: _events.objects.filter(user_id=user.pk),
        ("pgh_label", "pgh_created_at", "campaign__name", "position", "since"),
    ),
    Held(
        "invitations_to_campaigns",
        MemberInvitation,
        lambda user: MemberInvitation.objects.filter(email=user.email),
        ("public_id", "email", "campaign__name", "position", "invited_at", "expires_at"),
    ),
    Held(
        "invitations_sent",
        MemberInvitation,
        lambda user: MemberInvitation.objects.filter(invited_by=user),
        ("public_id", "position", "invited_at", "expires_at", "used_at", "revoked_at"),
    ),
    Held(
        "candidate_links",
        CandidateKey,
        lambda user: CandidateKey.objects.filter(email=user.email),
        ("public_id", "email", "campaign__name", "made_at", "consented_at"),
    ),
    Held(
        "who_looked_at_invitations",
        Look,
        _looks_at,
        ("capacity", "door", "at"),
    ),
    Held(
        "candidate_links_sent",
        CandidateKey,
        lambda user: CandidateKey.objects.filter(made_by=user),
        ("campaign__name", "made_at"),
    ),
    Held(
        "requests_answered",
        Request,
        lambda user: Request.objects.filter(contact__user=user),
        ("public_id", "title", "channel"),
    ),
    Held(
        "campaigns_verified",
        Campaign,
        lambda user: Campaign.objects.filter(verified_by=user),
        ("name", "verified_at"),
    ),
)

ERASER = Eraser(says=erasure.says, leaves=erasure.leaves, erases=erasure.erases, addresses=erasure.addresses)

KEPT = (
    Kept(kind="member_invitations", days=30, forgets=retention.invitations),
    Kept(kind="candidate_links", days=90, forgets=retention.candidate_links),
    Kept(kind="briefs", days=90, forgets=retention.briefs),
)
