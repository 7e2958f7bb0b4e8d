"""Agree to the code of conduct, in the API."""

from rest_framework import serializers

from core.api.serializers import StrictSerializer

CONDUCT_AGREEMENT = "I have read the code of conduct and will keep to it."


class ConductField(serializers.BooleanField):
    """Accepting the code of conduct; who has done so before leaves it out."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, help_text=CONDUCT_AGREEMENT)


class ConductInput(StrictSerializer):
    """The code of conduct is agreed to once."""

    conduct = ConductField()
