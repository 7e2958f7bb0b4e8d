"""Agree to the code of conduct, in the API."""

from rest_framework import serializers

from core.api.serializers import StrictSerializer

# Help for developers, who show it to their users.
CONDUCT_AGREEMENT = (
    "I have read the code of conduct and will keep to it. True is needed while `conduct.accepted_at` of `GET /me` is "
    "null; left out or false is a 400 at this field then. Later it may be left out."
)


class ConductField(serializers.BooleanField):
    """Acceptance of the code of conduct; a user who has accepted it before leaves it out."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, help_text=CONDUCT_AGREEMENT)


class ConductInput(StrictSerializer):
    """Acceptance of the code of conduct, which is needed once."""

    accepts_code_of_conduct = ConductField()
