"""Read the policy that is in force."""

from matching.models import Policy


def get_active_policy() -> Policy:
    """Return the policy in force. There is always one, since the installation creates the first."""
    return Policy.objects.get(state=Policy.State.ACTIVE)
