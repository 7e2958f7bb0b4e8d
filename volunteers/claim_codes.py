"""Codes that are sent to the address of an imported profile. They are made under the secret key, and not stored."""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from volunteers.models import Invitation
from volunteers.models.invitation import MAX_CLAIM_CODE_FAILURES

CLAIM_CODE_LIFETIME = timedelta(minutes=30)
CLAIM_CODE_DIGITS = 8


def derive_claim_code(invitation: Invitation) -> str:
    """Return the latest code of an invitation, which holds for one account. The invitation has sent a code."""
    assert invitation.code_sent_at is not None
    said = f"{invitation.public_id}:{invitation.code_account_id}:{invitation.code_sent_at.isoformat()}"
    digest = salted_hmac("volunteers.claim-code", said, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**CLAIM_CODE_DIGITS:0{CLAIM_CODE_DIGITS}d}"


def is_claim_code_open(invitation: Invitation, *, at: datetime) -> bool:
    """Return whether the latest code is young enough, and was not answered wrongly too often."""
    if invitation.code_sent_at is None or invitation.code_account_id is None:
        return False
    is_young = at < invitation.code_sent_at + CLAIM_CODE_LIFETIME
    return is_young and invitation.code_failures < MAX_CLAIM_CODE_FAILURES


def is_claim_code_right(invitation: Invitation, code: str) -> bool:
    """Return whether `code` is the latest code; spaces in it do not count."""
    return constant_time_compare(derive_claim_code(invitation), "".join(code.split()))
