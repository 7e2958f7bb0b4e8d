"""A volunteer's profile as it is sent to the API."""

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework import serializers

from core.api.serializers import MAX_CODE_LENGTH, StrictSerializer
from core.field_errors import FieldErrors
from core.week_mask import WINDOW_PRESETS, Window
from volunteers.api.profile_serializers import ProfileSerializer
from volunteers.models import Volunteer
from volunteers.profile_limits import MAX_JURISDICTIONS_PER_VOLUNTEER, MAX_PARTIES_PER_VOLUNTEER
from volunteers.stated_profile import Profile

MAX_ASSUMED_FIELDS = 20


class ProfileInput(StrictSerializer, ProfileSerializer):
    """A profile as it is sent. A profile that was read can be sent back: what cannot be changed is ignored."""

    id = serializers.UUIDField(required=False)
    state = serializers.ChoiceField(choices=Volunteer.State.choices, required=False)
    assumed = serializers.ListField(
        child=serializers.CharField(max_length=MAX_CODE_LENGTH), required=False, max_length=MAX_ASSUMED_FIELDS
    )
    parties = serializers.ListField(  # type: ignore[assignment]
        child=serializers.SlugField(max_length=80), required=False, max_length=MAX_PARTIES_PER_VOLUNTEER
    )
    jurisdictions = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(max_length=20), required=False, max_length=MAX_JURISDICTIONS_PER_VOLUNTEER
    )

    def profile(self) -> tuple[Profile, int | None]:
        """Return the profile, and the version that it was based on. The windows of presets follow those sent."""
        fields = dict(self.validated_data)
        version = fields.pop("version", None)
        for name in ("id", "state", "assumed"):
            fields.pop(name, None)
        windows = self._sent_windows()
        for preset in sorted(fields.pop("presets", ())):
            windows += [window for window in WINDOW_PRESETS[preset] if window not in windows]
        fields["windows"] = windows
        fields["claims"] = [
            (item["skill"]["code"], item["level"], item.get("wants_to_use", True)) for item in fields["claims"]
        ]
        fields["time_off"] = [(item["starts_on"], item["ends_on"]) for item in fields.get("time_off", [])]
        return Profile(**fields), version

    @contextmanager
    def blaming_presets(self) -> Iterator[None]:
        """Let an Invalid that is raised inside name the presets where it names a window that they brought."""
        sent, every = len(self._sent_windows()), len(self.profile()[0].windows)
        errors = FieldErrors()
        with errors.collect(blame={f"windows.{index}": "presets" for index in range(sent, every)}):
            yield
        errors.raise_if_any()

    def _sent_windows(self) -> list[Window]:
        return [Window(**window) for window in self.validated_data.get("windows", [])]
