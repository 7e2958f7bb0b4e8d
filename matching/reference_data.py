"""The reference data of matching: the first policy, and the texts of an emergency."""

from core.reference.shipped_texts import register_reference_texts
from core.reference.sync import SyncResult, register_reference_data
from core.reference_texts import ReferenceKind
from matching.lifecycle.actions.emergency import INCIDENT_PROJECT_TEXTS, INCIDENT_ROLE_TEXTS
from matching.models import Policy


def sync_first_policy() -> SyncResult:
    """Create an active policy with the model's defaults where there is no policy, so that the first run has one."""
    result = SyncResult("policy")
    if not Policy.objects.exists():
        Policy.objects.create(number=1, name="First rules", state=Policy.State.ACTIVE)
        result.created = 1
    return result


register_reference_data("policy", sync_first_policy)
register_reference_texts("incident", ReferenceKind.PLAYBOOK, INCIDENT_PROJECT_TEXTS)
register_reference_texts("incident_role", ReferenceKind.ROLE, INCIDENT_ROLE_TEXTS)
