"""What a person says of themselves, to learn which open roles fit."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import MAX_TIME_ZONE_LENGTH, ChoiceListField, StrictSerializer, WindowSerializer, bounded_list
from core.week_mask import MAX_WEEKLY_WINDOWS, WINDOW_PRESETS, Window
from volunteers.api.profile_serializers import PRESETS_HELP
from volunteers.profile_limits import MAX_LANGUAGES_PER_VOLUNTEER, MAX_SKILL_CLAIMS


class StatedClaimInput(StrictSerializer):
    """A skill at a level from 1 to 5."""

    skill = serializers.SlugField(max_length=50)
    level = serializers.IntegerField(min_value=1, max_value=5)
    wants_to_use = serializers.BooleanField(
        required=False, help_text="Whether the person would like to use the skill. Left out: true."
    )


class FitsInput(StrictSerializer):
    """What a person says of themselves, as in a profile; nothing of it is stored."""

    claims = bounded_list(StatedClaimInput, MAX_SKILL_CLAIMS)
    max_hours_per_week = serializers.IntegerField(min_value=1, max_value=60, help_text="Most hours a week.")
    windows = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    presets = ChoiceListField(
        choices=sorted(WINDOW_PRESETS), required=False, help_text=f"Instead of windows, or beside them. {PRESETS_HELP}"
    )
    time_zone = serializers.CharField(max_length=MAX_TIME_ZONE_LENGTH)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=10),
        required=False,
        max_length=MAX_LANGUAGES_PER_VOLUNTEER,
        help_text="Codes of the languages that the person speaks. Left out: English. Empty: none, so only roles that "
        "ask for no language fit.",
    )

    def stated_fields(self) -> dict[str, Any]:
        """Return what was said, for `resolve_stated_volunteer`. The windows of presets follow those sent."""
        fields = dict(self.validated_data)
        windows = [Window(**window) for window in fields.pop("windows", [])]
        for preset in sorted(fields.pop("presets", ())):
            windows += [window for window in WINDOW_PRESETS[preset] if window not in windows]
        claims = [(item["skill"], item["level"], item.get("wants_to_use", True)) for item in fields.pop("claims")]
        return fields | {"windows": windows, "claims": claims}
