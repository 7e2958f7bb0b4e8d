"""Which open roles of the board fit a person."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import AllowAny, OwnDataOnly
from core.api.throttles import (
    AnonReadThrottle,
    AnonWriteThrottle,
    DatabaseThrottle,
    UserReadThrottle,
    UserWriteThrottle,
)
from matching.api.fits_examples import FITS_EXAMPLE, STATED_EXAMPLE
from matching.api.fits_inputs import FitsInput
from matching.api.open_roles import OpenRoleSerializer, find_reader_interests, find_reader_zone
from matching.open_roles.explanations import explain_fits, find_best_change
from matching.open_roles.queries.fits import Fits, find_fits_of_stated, find_fits_of_volunteer
from matching.open_roles.queries.open_role_rows import list_fitting_roles
from matching.open_roles.stated_volunteers import resolve_stated_volunteer
from matching.vocabulary import list_rule_labels
from volunteers.models import Volunteer
from volunteers.profile_rules import no_profile_error

MAX_FITTING_ROLES = 50
"""Fitting roles in one answer; `fitting_count` counts them all."""


class FitsThrottle(DatabaseThrottle, UserRateThrottle):
    """Limit how often one account, or one IP address, may ask what fits: each answer tells a little of meetings."""

    scope = "fits"


class OpeningChangeSerializer(serializers.Serializer[Any]):
    """One change that the person could make."""

    reason = serializers.ChoiceField(choices=[*list_rule_labels()], help_text="The rule that stands in the way.")
    roles_opened = serializers.IntegerField(help_text="How many more roles would fit.")
    explanation = serializers.CharField(help_text="The same as a sentence, to be shown.")


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
