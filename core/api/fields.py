"""Serializer parts that several apps use."""

from rest_framework import serializers

from core.vocabulary import Weekday


class WindowSerializer(serializers.Serializer[object]):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")


class VersionInput(serializers.Serializer[object]):
    """The version that was looked at; a stale one is refused."""

    version = serializers.IntegerField(required=False, min_value=1)
