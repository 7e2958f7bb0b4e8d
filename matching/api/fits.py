"""Which open roles of the board fit a person."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import AllowAny, OwnDataOnly
from core.api.serializers import (
    MAX_TIME_ZONE_LENGTH,
    ChoiceListField,
    StrictSerializer,
    WindowSerializer,
    bounded_list,
)
from core.api.throttles import (
    AnonReadThrottle,
    AnonWriteThrottle,
    DatabaseThrottle,
    UserReadThrottle,
    UserWriteThrottle,
)
from core.week_mask import MAX_WEEKLY_WINDOWS, WINDOW_PRESETS, Window
from matching.api.open_roles import OpenRoleSerializer, find_reader_interests, find_reader_zone
from matching.open_roles.explanations import explain_fits, find_best_change
from matching.open_roles.queries.fits import Fits, find_fits_of_stated, find_fits_of_volunteer
from matching.open_roles.queries.open_role_rows import list_fitting_roles
from matching.open_roles.stated_volunteers import resolve_stated_volunteer
from matching.vocabulary import list_rule_labels
from volunteers.models import Volunteer
from volunteers.profile_limits import MAX_LANGUAGES_PER_VOLUNTEER, MAX_SKILL_CLAIMS
from volunteers.profile_rules import no_profile_error

MAX_FITTING_ROLES = 50
"""Fitting roles in one answer; `fitting_count` counts them all."""


class FitsThrottle(DatabaseThrottle, UserRateThrottle):
    """Limit how often one account, or one IP address, may ask what fits: each answer tells a little of meetings."""

    scope = "fits"


class StatedClaimInput(StrictSerializer):
    """A skill at a level from 1 (learning) to 5 (could teach it)."""

    skill = serializers.SlugField(max_length=50, help_text="The skill, by its code.")
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
        choices=sorted(WINDOW_PRESETS), required=False, help_text="Instead of windows, or beside them."
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


class OpeningChangeSerializer(serializers.Serializer[Any]):
    """One change that the person could make."""

    reason = serializers.ChoiceField(choices=[*list_rule_labels()], help_text="The rule that stands in the way.")
    roles_opened = serializers.IntegerField(help_text="How many more roles would fit.")
    phrase = serializers.CharField(help_text="A part of a sentence, to stand after “What would open the most: ”.")


class FitsSerializer(serializers.Serializer[Any]):
    """The open roles of the board that fit, and what would open more."""

    fitting_count = serializers.IntegerField(help_text="How many roles fit.")
    asking_count = serializers.IntegerField(help_text="How many roles ask for a skill that the person has.")
    explanation = serializers.CharField(help_text="The same in words.")
    best_change = OpeningChangeSerializer(
        allow_null=True, help_text="The single change that would open the most roles; null where none would."
    )
    roles = OpenRoleSerializer(many=True, help_text=f"The best {MAX_FITTING_ROLES}, the best first.")


FITS_DESCRIPTION = (
    "The rules are those of the matcher, over the roles that the board shows. A role that fits is not an offer: others "
    "may fit it too. Of roles whose party, level or place is not shown, a person who limits themselves to some hears "
    "nothing. First come the roles whose skill the person would like to use, then those that use most of their hours, "
    "then those that start soonest."
)
FITS_EXAMPLE = OpenApiExample(
    "One role fits",
    value={
        "fitting_count": 1,
        "asking_count": 14,
        "explanation": "1 open place fits you today.",
        "best_change": {"reason": "meeting", "roles_opened": 6, "phrase": "being free when the people meet"},
        "roles": [
            {
                "id": "7f0c1b8e-5a3d-4a55-9e0b-0d6a4f1f3c21",
                "name": "Front end",
                "skill": "front-end",
                "skill_name": "Front end",
                "level": 3,
                "hours_per_week": 4,
                "tasks": "Build the pages, and make them work on phones.",
                "weeks": 6,
                "ends_in": "2026-04-01",
                "state": None,
                "region": "west",
                "party": "democratic",
                "office_level": "state",
                "meetings": [{"weekday": 1, "starts": "19:00", "ends": "20:00"}],
                "languages": [],
                "has_interest": False,
            }
        ],
    },
    response_only=True,
)
STATED_EXAMPLE = OpenApiExample(
    "Before there is a profile",
    value={
        "claims": [{"skill": "front-end", "level": 4}],
        "max_hours_per_week": 4,
        "presets": ["evenings"],
        "time_zone": "America/New_York",
    },
    request_only=True,
)


def render_fits(fits: Fits, *, time_zone: str | None, interests: set[UUID] | None) -> Response:
    """Return the answer; the zone and the interests as in `build_open_roles`."""
    return Response(
        FitsSerializer(
            {
                "fitting_count": int(fits.fitting.sum()),
                "asking_count": int(fits.asks_for_skills.sum()),
                "explanation": explain_fits(fits),
                "best_change": find_best_change(fits),
                "roles": list_fitting_roles(fits, limit=MAX_FITTING_ROLES, time_zone=time_zone, interests=interests),
            }
        ).data
    )


class FitsView(APIView):
    """What fits a person who may have no account yet. It stores nothing."""

    permission_classes = [AllowAny]
    throttle_classes = [UserWriteThrottle, AnonWriteThrottle, FitsThrottle]

    @extend_schema(
        operation_id="listFits",
        summary="List the open roles that fit what a person says",
        description=FITS_DESCRIPTION + " Nothing is stored.",
        tags=["open-roles"],
        request=FitsInput,
        responses=FitsSerializer,
        examples=[STATED_EXAMPLE, FITS_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Return what fits these answers."""
        sent, at = FitsInput(data=request.data), timezone.now()
        sent.require_valid(lambda: resolve_stated_volunteer(**sent.stated_fields(), today=at.date()))
        stated = resolve_stated_volunteer(**sent.stated_fields(), today=at.date())
        zone = find_reader_zone(request, stated.time_zone)
        return render_fits(find_fits_of_stated(stated, at=at), time_zone=zone, interests=find_reader_interests(request))


class MyFitsView(ETagMixin):
    """What fits the caller."""

    permission_classes = [OwnDataOnly]
    throttle_classes = [UserReadThrottle, AnonReadThrottle, FitsThrottle]

    @extend_schema(
        operation_id="listMyFits",
        summary="List the open roles that fit me",
        description=FITS_DESCRIPTION + " A 404 without `errors`: you have no profile yet, so raise your hand first.",
        tags=["me"],
        responses={200: FitsSerializer, 404: None},
        examples=[FITS_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Return what fits the caller's profile, beside what they do already."""
        volunteer = Volunteer.objects.filter(user=get_current_user(request)).first()
        if volunteer is None:
            raise no_profile_error()
        fits = find_fits_of_volunteer(volunteer, at=timezone.now())
        return render_fits(fits, time_zone=find_reader_zone(request), interests=find_reader_interests(request))
