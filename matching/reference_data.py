"""What matching ships: the first policy."""

from collections.abc import Iterator

from core.reference.sync import SyncResult
from matching.models import Policy


def sync_reference_data() -> Iterator[SyncResult]:
    """The model's defaults, in force, so that the first run has rules. Where there is any policy, people decide."""
    result = SyncResult("policy")
    if not Policy.objects.exists():
        Policy.objects.create(number=1, name="First rules", state=Policy.State.ACTIVE)
        result.created = 1
    yield result
