"""The rules we use, and what people have ruled about pairs."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import ReferenceAdmin
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.models import Policy
from matching.runs.actions.policies import activate_policy


@admin.register(Policy)
class PolicyAdmin(ReferenceAdmin):
    """Drafts are edited; a policy that a run may have used is not."""

    list_display = ("number", "name", "state", "activated_at")
    list_filter = ("state",)
    actions = ("activate_selected",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == Policy.State.DRAFT)

    @admin.action(description=gettext_lazy("Make these the rules we use"))
    def activate_selected(self, request: HttpRequest, policies: QuerySet[Policy]) -> None:
        """From the next run on."""
        for policy in policies[:2]:
            try:
                activate_policy(actor=get_current_user(request), policy=policy, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, f"{policy}: {error.message}")
            else:
                messages.success(request, _("%(name)s is in force from the next run on.") % {"name": policy})
