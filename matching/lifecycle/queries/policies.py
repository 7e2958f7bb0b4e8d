"""Read the policy that is in force."""

from matching.models import Policy


def get_active_policy() -> Policy:
    """The rules in force. There always is one: the first comes with the installation."""
    return Policy.objects.get(state=Policy.State.ACTIVE)
