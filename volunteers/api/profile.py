"""API of the caller's own profile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import etags
from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import (
    MAX_CODE_LENGTH,
    ChoiceListField,
    DayField,
    StrictSerializer,
    TrueField,
    VersionField,
    WindowSerializer,
    bounded_list,
)
from core.enums import OfficeLevel, OptionalAnswer
from core.errors import NotFound
from core.field_errors import FieldErrors
from core.week_mask import MAX_WEEKLY_WINDOWS, WINDOW_PRESETS, Window
from volunteers import queries
from volunteers.actions.profile import resolve_profile, save_profile
from volunteers.models import SkillClaim, TimeOff, Volunteer
from volunteers.profile_rules import (
    HOURS_OUT_OF_RANGE,
    MAX_HOURS_PER_WEEK,
    MAX_JURISDICTIONS_PER_VOLUNTEER,
    MAX_LANGUAGES_PER_VOLUNTEER,
    MAX_PARTIES_PER_VOLUNTEER,
    MAX_PROJECTS,
    MAX_SKILL_CLAIMS,
    MAX_TIME_OFF_PERIODS,
    PROJECTS_OUT_OF_RANGE,
    Profile,
)


class SkillClaimSerializer(StrictSerializer, serializers.ModelSerializer[SkillClaim]):
    """A skill at a level from 1 (learning) to 5 (could teach it); `wants_to_use`: would like to use it."""

    skill = serializers.SlugField(source="skill.code", max_length=MAX_CODE_LENGTH)
    level = serializers.IntegerField(min_value=1, max_value=5)

    class Meta:
        model = SkillClaim
        fields = ["skill", "level", "wants_to_use"]


class TimeOffSerializer(StrictSerializer, serializers.ModelSerializer[TimeOff]):
    """Days off; the first and the last day are included."""

    starts_on = DayField()
    ends_on = DayField()

    class Meta:
        model = TimeOff
        fields = ["starts_on", "ends_on"]


MAX_ASSUMED_FIELDS = 20


def _between(least: int, most: int, message: Promise) -> dict[str, Any]:
    """Return the arguments of a number's field, with one message for both ends."""
    return {"min_value": least, "max_value": most, "error_messages": dict.fromkeys(("min_value", "max_value"), message)}


class ProfileSerializer(serializers.ModelSerializer[Volunteer]):
    """A volunteer's profile. Skills, parties and jurisdictions are given by their codes."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    claims = bounded_list(SkillClaimSerializer, MAX_SKILL_CLAIMS)
    windows = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    presets = ChoiceListField(
        choices=sorted(WINDOW_PRESETS),
        required=False,
        write_only=True,
        help_text="Instead of windows, or beside them. They become windows at once, so a profile that is read has "
        "none.",
    )
    time_off = bounded_list(TimeOffSerializer, MAX_TIME_OFF_PERIODS, required=False)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, max_length=MAX_LANGUAGES_PER_VOLUNTEER
    )
    levels = serializers.ListField(
        child=serializers.ChoiceField(choices=OfficeLevel.choices), required=False, max_length=len(OfficeLevel)
    )
    parties = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    jurisdictions = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    may_make_decisions = serializers.ChoiceField(choices=OptionalAnswer.choices, required=False)
    job_restricts = serializers.ChoiceField(choices=OptionalAnswer.choices, required=False)
    adult = TrueField()
    version = VersionField(help_text="The one that you changed; a stale one is refused.")

    class Meta:
        model = Volunteer
        fields = [
            *[
                "id",
                "version",
                "state",
                "first_name",
                "last_name",
                "contact",
                "adult",
                "max_hours_per_week",
                "max_projects",
            ],
            *[
                "time_zone",
                "languages",
                "wants_to_lead",
                "may_make_decisions",
                "job_restricts",
                "levels",
                "restrict_to_levels",
                "parties",
            ],
            *[
                "restrict_to_parties",
                "jurisdictions",
                "restrict_to_jurisdictions",
                "claims",
                "windows",
                "presets",
                "time_off",
                "assumed",
            ],
        ]
        read_only_fields = ["state", "assumed"]
        extra_kwargs = {
            "first_name": {"required": True, "allow_blank": False},
            # The rules say the same; here the document of the API says it, too.
            "max_hours_per_week": _between(1, MAX_HOURS_PER_WEEK, HOURS_OUT_OF_RANGE),
            "max_projects": _between(1, MAX_PROJECTS, PROJECTS_OUT_OF_RANGE),
        }


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


@extend_schema_view(
    get=extend_schema(
        operation_id="getMyProfile",
        summary="Get my profile",
        tags=["me"],
        responses={200: ProfileSerializer, 404: None},
    ),
    put=extend_schema(
        operation_id="replaceMyProfile",
        summary="Replace my profile",
        description="Creates the profile or replaces it whole: each field says what leaving it out means. A profile "
        "that was read can be changed and sent back. Send back `version` to hear of changes made elsewhere.",
        tags=["me"],
        request=ProfileInput,
        responses=ProfileSerializer,
    ),
)
class MyProfileView(etags.ETagMixin, generics.GenericAPIView[Volunteer]):
    """The caller's own profile."""

    permission_classes = [OwnDataOnly]
    serializer_class = ProfileSerializer

    def get(self, request: Request) -> Response:
        """Return the profile, or 404 when there is none yet."""
        return Response(ProfileSerializer(self._own_profile(request)).data)

    def put(self, request: Request) -> Response:
        """Create or replace the profile."""
        payload = ProfileInput(data=etags.read_versioned_data(request))
        payload.require_valid(lambda: self._judge(payload))
        profile, version = payload.profile()
        with payload.blaming_presets():
            save_profile(actor=get_current_user(request), profile=profile, at=timezone.now(), version=version)
        return Response(ProfileSerializer(self._own_profile(request)).data)

    def _judge(self, payload: ProfileInput) -> None:
        with payload.blaming_presets():
            resolve_profile(payload.profile()[0], today=timezone.now().date())

    def _own_profile(self, request: Request) -> Volunteer:
        volunteer = queries.with_profile(Volunteer.objects.filter(user=get_current_user(request))).first()
        if volunteer is None:
            raise NotFound(_("You have not raised your hand yet. Send your profile with PUT."))
        return volunteer
