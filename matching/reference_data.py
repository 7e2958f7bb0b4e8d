"""The reference data of matching: the first policy."""

from core.reference.sync import SyncResult, register_reference_data
from matching.models import Policy


def sync_first_policy() -> SyncResult:
    """Create an active policy with the model's defaults where there is no policy, so that the first run has one."""
    result = SyncResult("policy")
    if not Policy.objects.exists():
        Policy.objects.create(number=1, name="First rules", state=Policy.State.ACTIVE)
        result.created = 1
    return result


register_reference_data("policy", sync_first_policy)
