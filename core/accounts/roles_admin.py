"""The button of the admin by which an administrator gives and takes the roles of reviewers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from core.accounts.admin_reauthentication import recent_sign_in_required
from core.accounts.reviewer_roles import list_roles, set_reviewer_roles
from core.api.current_user import get_current_user
from core.enums import ReviewerRole
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import User


class RolesForm(forms.Form):
    """The roles that an account shall have."""

    roles = forms.MultipleChoiceField(
        choices=ReviewerRole.choices,
        required=False,
        label=gettext_lazy("Roles"),
        help_text=gettext_lazy("Each further role needs that of a reviewer. Without any it is an ordinary account."),
        widget=forms.CheckboxSelectMultiple,
    )


class RolesMixin:
    """Add a button to the page of an account that changes its roles. Only administrators have it."""

    admin_site: Any
    opts: Any

    def has_change_roles_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Return whether the user is an administrator."""
        return get_current_user(request).is_administrator

    @action(description=gettext_lazy("Roles…"), url_path="roles", permissions=["change_roles"])  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def change_roles(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask which roles the account shall have, then give and take them."""
        person, back = get_object_or_404(User, pk=object_id), reverse("admin:core_user_change", args=[object_id])
        # An empty form takes all roles away.
        sent = request.POST if request.method == "POST" else None
        form = RolesForm(sent, initial={"roles": list_roles(person)})
        if form.is_valid():
            try:
                set_reviewer_roles(
                    actor=get_current_user(request), email=person.email, at=timezone.now(), **form.cleaned_data
                )
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("The roles are as you ticked them. The person was told."))
                return HttpResponseRedirect(back)
        texts = {
            "title": _("Roles of %(person)s") % {"person": person},
            "summary": _(
                "A reviewer works through proposals and sees volunteers. A policy editor also changes the rules by "
                "which we match. An administrator gives and takes these roles, and sees all tables. Give each person "
                "the least that their work needs."
            ),
            "button": _("Save the roles"),
            "back": back,
        }
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts}
        return render(request, "admin/action_form.html", context | texts)
