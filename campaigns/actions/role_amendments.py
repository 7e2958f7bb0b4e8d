"""Amend a role of a request after it was drafted. docs/flow.md says what follows for its people."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import (
    list_given_values,
    lock_request_to_amend,
    refuse_emergency_amendment,
    save_amended_request,
)
from campaigns.actions.drafts import find_skills
from campaigns.actions.request_checks import check_change_count, is_role_name_taken
from campaigns.change_rules import ROLE_ELIGIBILITY_FIELDS, ROLE_TERM_FIELDS, ROLE_TEXT_FIELDS, RoleChange
from campaigns.draft_rules import RoleDraft, check_role
from campaigns.models import Request, Role
from core.field_errors import FieldErrors
from core.models import Skill, User
from core.reference.codes import index_paths


@transaction.atomic
def amend_role(*, actor: User, role: Role, change: RoleChange, at: datetime, version: int | None = None) -> Request:
    """Change the fields of a role that `change` gives; `version` is the version of its request.

    A new text of its tasks is only announced. New hours, leading or deciding are put again to everyone who was asked or
    has said yes. A volunteer who no longer meets the role's requirements is released. Raises as `amend_request`.
    """
    request = lock_request_to_amend(actor, role.request, version)
    role = request.roles.select_related("skill").prefetch_related("nice_to_have_skills").get(pk=role.pk)
    role.request = request
    changes, skills = apply_role_change(role, change)
    if not changes:
        return request
    check_change_count(request, at=at)
    agreed, sought = (any(name in changes for name in names) for names in (ROLE_TERM_FIELDS, ROLE_ELIGIBILITY_FIELDS))
    texts_changed = any(name in changes for name in ROLE_TEXT_FIELDS)
    role.save()
    if "nice_to_have_skills" in changes:
        role.nice_to_have_skills.set(skills.values())
    save_amended_request(
        request, [role], words=texts_changed, sought=sought or "nice_to_have_skills" in changes, agreed=agreed, at=at
    )
    return request


def apply_role_change(role: Role, change: RoleChange) -> tuple[dict[str, Any], dict[str, Skill]]:
    """Set the fields that `change` gives, except skills, and check the role, which is not saved.

    Return the values that were not there already, and the new skills by code. Raises as `apply_request_change`.
    """
    changes = list_role_changes(role, change)
    if not changes:
        return changes, {}
    refuse_emergency_amendment(
        role.request,
        [name for name in ("name", *ROLE_TEXT_FIELDS, *ROLE_TERM_FIELDS, *ROLE_ELIGIBILITY_FIELDS) if name in changes],
    )
    errors, skills = FieldErrors(), dict[str, Skill]()
    seats = role.seats.filter(closed_at=None).count()
    for name, value in changes.items():
        if name != "nice_to_have_skills":
            setattr(role, name, list(dict.fromkeys(value)) if name == "languages" else value)
    if "name" in changes and is_role_name_taken(role.request, role.name, by_other_than=role):
        errors.add("name", _("Another role has this name. Give each a name of its own."))
    with errors.collect():
        draft_values = {name: getattr(role, name) for name in ("name", "hours_per_week", "level", "min_to_start")}
        languages = role.languages if "languages" in changes else ()
        check_role(RoleDraft(skill=role.skill.code, seat_count=seats, languages=languages, **draft_values))
    if "nice_to_have_skills" in changes:
        with errors.collect():
            skills = find_skills(index_paths("nice_to_have_skills", change.nice_to_have_skills or ()))
    errors.raise_if_any(given=changes)
    return changes, skills


def list_role_changes(role: Role, change: RoleChange) -> dict[str, Any]:
    """Return the values that `change` gives and that the role does not have already."""
    provided = list_given_values(change)
    if provided.get("languages") and set(provided["languages"]) == set(role.languages):
        del provided["languages"]  # the order means nothing, and would ask for a run
    return {name: value for name, value in provided.items() if value != _current_role_value(role, name)}


def _current_role_value(role: Role, name: str) -> object:
    if name == "nice_to_have_skills":
        return sorted(skill.code for skill in role.nice_to_have_skills.all())
    return getattr(role, name)
