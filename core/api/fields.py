"""Serializer parts that several apps use."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.vocabulary import Weekday


class WindowSerializer(serializers.Serializer[object]):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")


class Exact(serializers.Serializer[object]):
    """Takes nothing but its fields: what would be left out without a word is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError for what is none of its fields."""
        if isinstance(data, dict) and (others := sorted(set(data) - set(self.fields))):
            told = _("This cannot be given here. Leave it out.")
            raise serializers.ValidationError({name: [told] for name in others})
        return super().to_internal_value(data)


AGREED = "I have read the code of conduct and will keep to it."


class ConductField(serializers.BooleanField):
    """Accepting the code of conduct; who has done so before leaves it out."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, help_text=AGREED)


class ConductInput(serializers.Serializer[object]):
    """The code of conduct is agreed to once."""

    conduct = ConductField()


class VersionInput(serializers.Serializer[object]):
    """The version that was looked at; a stale one is refused."""

    version = serializers.IntegerField(required=False, min_value=1)
