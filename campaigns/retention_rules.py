"""How many days campaigns keeps invitations, candidate links and stops, filings, kept plans and briefs."""

from campaigns.actions import retention
from core.privacy.retention_registry import RetentionRule, register_retention_rules

register_retention_rules(
    RetentionRule(kind="member_invitations", days=30, delete_expired=retention.delete_old_invitations),
    RetentionRule(kind="candidate_links", days=90, delete_expired=retention.delete_old_candidate_links),
    RetentionRule(kind="candidate_stops", days=90, delete_expired=retention.delete_old_candidate_stops),
    RetentionRule(kind="filings", days=90, delete_expired=retention.delete_old_filings),
    RetentionRule(kind="kept_plans", days=30, delete_expired=retention.delete_old_kept_plans),
    RetentionRule(kind="briefs", days=90, delete_expired=retention.clear_old_briefs),
)
