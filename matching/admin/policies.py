"""The admin pages of policies."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin_base import ReferenceAdmin
from core.admin_seen_versions import SeenVersionsMixin, read_seen_version
from core.api.current_user import get_current_user
from core.errors import HandraiserError, Invalid
from matching.models import Policy
from matching.runs.actions.policies import (
    POLICY_FIELDS,
    activate_policy,
    check_policy_value,
    digest_policy,
    lock_next_policy_number,
)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """The values of a draft, within the same limits as in the API."""

    def clean(self) -> dict[str, Any]:
        """Return the values; each that is out of range is an error of its field."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for field in [name for name in POLICY_FIELDS if values.get(name) is not None]:
            try:
                check_policy_value(field, values[field])
            except Invalid as error:
                self.add_error(field, error.message)
        return values


@admin.register(Policy)
class PolicyAdmin(SeenVersionsMixin, ReferenceAdmin):
    """The versions of the policy; only drafts can be edited, since runs may have used the others."""

    form = PolicyForm
    fields = ("number", "name", *POLICY_FIELDS)
    readonly_fields = ("number",)
    list_display = ("number", "name", "state", "activated_at")
    list_filter = ("state",)
    actions = ("activate_selected",)

    def get_version(self, policy: Policy) -> str:
        """Return a digest of the values: another reviewer may edit a draft."""
        return digest_policy(policy)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a policy editor."""
        return get_current_user(request).may_edit_policy

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a policy editor, and the policy is a draft."""
        return self.has_add_permission(request) and (obj is None or obj.state == Policy.State.DRAFT)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        """Save the draft; a new one gets the next number."""
        if not change:
            obj.number = lock_next_policy_number()
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Put this policy into force"))
    def activate_selected(self, request: HttpRequest, policies: QuerySet[Policy]) -> None:
        """Activate the selected policy from the next run on; a second one shows why it cannot be in force too."""
        for policy in policies[:2]:
            try:
                digest = read_seen_version(request, policy.pk)
                activate_policy(actor=get_current_user(request), policy=policy, at=timezone.now(), digest=digest)
            except Invalid as error:
                for field_error in error.errors:
                    messages.error(
                        request, f"{policy}, {label_for_field(field_error.path, Policy)}: {field_error.message}"
                    )
            except HandraiserError as error:
                messages.error(request, f"{policy}: {error.message}")
            else:
                messages.success(request, _("%(name)s is in force from the next run on.") % {"name": policy})
