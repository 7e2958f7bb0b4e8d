"""The types of notices about an account's second factor and roles, as `core.Notice` stores them."""

from enum import StrEnum


class AccountNotice(StrEnum):
    """What happened to a second factor, or to a role. The type for reviewers ends in `review`."""

    FACTOR_RESET = "factor-reset"
    FACTOR_RESET_REVIEW = "factor-reset-review"
    FACTOR_RECOVERY = "factor-recovery"
    FACTOR_RECOVERY_REVIEW = "factor-recovery-review"
    REVIEWER_ROLES = "reviewer-roles"
    REVIEWER_ROLES_REVIEW = "reviewer-roles-review"
