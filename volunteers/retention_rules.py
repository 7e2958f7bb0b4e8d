"""How many days volunteers keeps profiles without a user, profiles of volunteers who left, and invitations."""

from core.privacy.retention_registry import RetentionRule, register_retention_rules
from volunteers.actions import retention

register_retention_rules(
    RetentionRule(kind="unclaimed", days=180, delete_expired=retention.forget_unclaimed_profiles),
    RetentionRule(kind="left", days=365, delete_expired=retention.forget_left_profiles),
    RetentionRule(kind="invitations", days=30, delete_expired=retention.delete_old_invitations),
)
