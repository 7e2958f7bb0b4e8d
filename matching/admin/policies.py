"""The admin pages of policies."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin_base import ReferenceAdmin
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.models import Policy
from matching.runs.actions.policies import activate_policy


@admin.register(Policy)
class PolicyAdmin(ReferenceAdmin):
    """The versions of the policy; only drafts can be edited, since runs may have used the others."""

    list_display = ("number", "name", "state", "activated_at")
    list_filter = ("state",)
    actions = ("activate_selected",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the policy is a draft."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == Policy.State.DRAFT)

    @admin.action(description=gettext_lazy("Put this policy into force"))
    def activate_selected(self, request: HttpRequest, policies: QuerySet[Policy]) -> None:
        """Activate the selected policy from the next run on; a second one shows why it cannot be in force too."""
        for policy in policies[:2]:
            try:
                activate_policy(actor=get_current_user(request), policy=policy, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, f"{policy}: {error.message}")
            else:
                messages.success(request, _("%(name)s is in force from the next run on.") % {"name": policy})
