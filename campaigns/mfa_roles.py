"""Roles in campaigns that require a second factor."""

from campaigns.queries import is_manager_anywhere
from core.accounts.mfa import register_mfa_role

register_mfa_role("campaign manager", is_manager_anywhere)
