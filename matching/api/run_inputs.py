"""What a reviewer sends to start a run, or to ask about it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from campaigns.models import Role
from campaigns.queries import roles_visible_to
from core.api.references import find_all_named, find_named
from core.api.serializers import StrictSerializer
from core.errors import NotFound
from core.field_errors import FieldErrors
from core.models import User
from matching.runs.actions.scheduling import check_run_scope
from volunteers.models import Volunteer
from volunteers.queries import has_profile

MAX_RUN_SCOPE = 500  # roles, or volunteers, that one run is limited to

TRIAL_EXAMPLE = OpenApiExample(
    "Everything, on trial", value={"dry_run": True, "include_unclaimed": True}, request_only=True
)
ROLE_RUN_EXAMPLE = OpenApiExample(
    "The free seats of a role", value={"roles": ["3c5f1f0a-6a61-4f0e-8a53-52b6f0c5f0f1"]}, request_only=True
)


class RunInput(StrictSerializer):
    """The scope of a run: everything, the free seats of some roles, or all empty seats with some volunteers."""

    roles = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=MAX_RUN_SCOPE
    )
    volunteers = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=MAX_RUN_SCOPE
    )
    dry_run = serializers.BooleanField(required=False, help_text="Sends no notice and writes no match.")
    include_unclaimed = serializers.BooleanField(required=False, help_text="In a dry run only.")

    def read(self, user: User) -> dict[str, Any]:
        """Return the arguments of `queue_run`. Raises Invalid and NotFound with everything that is wrong with them."""
        options, errors = dict(self.validated_data), FieldErrors()
        role_ids, volunteer_ids = options.pop("roles", None), options.pop("volunteers", None)
        roles: list[Role] | None = None
        volunteers: list[Volunteer] | None = None
        with errors.collect():
            check_run_scope(roles=role_ids, volunteers=volunteer_ids, **options)
        with errors.collect():
            roles = find_all_named(roles_visible_to(user), role_ids, field="roles")
        with errors.collect():
            volunteers = find_all_named(Volunteer.objects.all(), volunteer_ids, field="volunteers")
        errors.raise_if_any()
        return {"roles": roles, "volunteers": volunteers, **options}


class WhyNotInput(StrictSerializer):
    """The volunteer and the role."""

    volunteer = serializers.UUIDField()
    role = serializers.UUIDField()

    def find_pair(self, user: User) -> tuple[Volunteer, Role]:
        """Return the volunteer, who is not the user, and the role if the user may see it.

        Raises NotFound, naming each that is missing.
        """
        errors, named = FieldErrors(), self.validated_data
        roles = roles_visible_to(user).prefetch_related(None).select_related("request__campaign__candidate")
        message = _("There is no such volunteer. Look them up again and give their id.")
        with errors.collect():
            volunteer = find_named(Volunteer.objects.all(), named["volunteer"], field="volunteer", message=message)
            if has_profile(user, volunteer):
                raise NotFound(message, field="volunteer")
        with errors.collect():
            message = _("There is no such role. Look it up again and give its id.")
            role = find_named(roles, named["role"], field="role", message=message)
        errors.raise_if_any()
        return volunteer, role
