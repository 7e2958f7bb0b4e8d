"""How many days matching stores messages, notes, reports, ended interests, duties and claims.

The days of `erased_in_runs` are no storage period. They say how far back the task looks for erased volunteers whom a
run has stored since.
"""

from core.privacy.retention_registry import RetentionRule, register_retention_rules
from matching.privacy import retention

register_retention_rules(
    RetentionRule(kind="messages", days=365, delete_expired=retention.delete_old_messages),
    RetentionRule(kind="notes", days=365, delete_expired=retention.clear_old_notes),
    RetentionRule(kind="reports", days=365, delete_expired=retention.clear_old_problem_reports),
    RetentionRule(kind="interests", days=180, delete_expired=retention.delete_old_interests),
    RetentionRule(kind="duty_shifts", days=90, delete_expired=retention.delete_old_duty_shifts),
    RetentionRule(kind="incident_watches", days=90, delete_expired=retention.delete_old_incident_watches),
    RetentionRule(kind="review_claims", days=1, delete_expired=retention.delete_lapsed_review_claims),
    RetentionRule(kind="erased_in_runs", days=7, delete_expired=retention.unlink_erased_from_arrays),
)
