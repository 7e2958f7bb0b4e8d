"""How many days core keeps notices, contact accesses, sessions, tokens, recoveries, addresses, sign-ups and words.

The days of contact accesses stand beside their model, for the database holds them too.
"""

from core.models.contact_access import CONTACT_ACCESS_RETENTION_DAYS
from core.privacy import account_retention
from core.privacy.retention_registry import RetentionRule, register_retention_rules
from core.reference.unknown_words import delete_old_words

register_retention_rules(
    # Notices also say what a user need not be asked again.
    RetentionRule(kind="notices", days=180, min_days=120, delete_expired=account_retention.delete_old_notices),
    RetentionRule(
        kind="contact_access",
        days=CONTACT_ACCESS_RETENTION_DAYS,
        min_days=CONTACT_ACCESS_RETENTION_DAYS,
        delete_expired=account_retention.delete_old_contact_accesses,
    ),
    RetentionRule(kind="sessions", days=0, delete_expired=account_retention.delete_expired_sessions),
    RetentionRule(kind="tokens", days=30, delete_expired=account_retention.delete_expired_tokens),
    RetentionRule(kind="factor_recoveries", days=365, delete_expired=account_retention.delete_ended_recoveries),
    RetentionRule(kind="bounced_addresses", days=365, delete_expired=account_retention.delete_old_bounces),
    RetentionRule(kind="removed_addresses", days=30, delete_expired=account_retention.delete_old_removed_addresses),
    RetentionRule(kind="unknown_skill_words", days=365, delete_expired=delete_old_words),
    RetentionRule(kind="unproved_sign_ups", days=30, delete_expired=account_retention.delete_unverified_accounts),
)
