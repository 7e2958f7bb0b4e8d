"""Find a request of a campaign for its members. Who is none finds nothing, and an emergency has no such page."""

from uuid import UUID

from django.http import Http404

from campaigns.member_queries import list_memberships
from campaigns.models import Member, Request, Role
from campaigns.request_queries import find_member_request
from core.models import User


def find_membership(user: User, campaign_id: UUID) -> Member:
    """Return what the user is to the campaign. Raises Http404."""
    member = list_memberships(user).filter(campaign__public_id=campaign_id).first()
    if member is None:
        raise Http404
    return member


def find_request_of_member(member: Member, request_id: UUID) -> Request:
    """Return a request of the member's campaign, with what it shows. Raises Http404."""
    stored = find_member_request(member, request_id)
    if stored is None:
        raise Http404
    return stored


def find_role(stored: Request, role_id: UUID) -> Role:
    """Return a role of a request whose roles are read. Raises Http404."""
    role = next((role for role in stored.roles.all() if role.public_id == role_id), None)
    if role is None:
        raise Http404
    return role
