"""Serializer parts that several apps use."""

from rest_framework import serializers

from core.vocabulary import Weekday


class WindowSerializer(serializers.Serializer[object]):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")


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
