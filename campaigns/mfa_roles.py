"""Roles in campaigns that require a second factor."""

from campaigns.queries import is_member_of_verified_campaign
from core.accounts.mfa import register_mfa_role

register_mfa_role("campaign member", is_member_of_verified_campaign)
