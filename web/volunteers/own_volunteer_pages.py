"""The base of the pages about the reader's own profile."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.api.current_user import get_current_user
from volunteers.models import Volunteer
from web.design.components import Link
from web.design.form_pages import FormPage


class OwnVolunteerPage(FormPage):
    """A page about the reader's own profile; who has none is led to the first step."""

    mfa_required: ClassVar[bool] = False
    volunteer: Volunteer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or lead to raising a hand."""
        volunteer = Volunteer.objects.filter(user=get_current_user(request)).first()
        if volunteer is None:
            return redirect("start")
        self.volunteer = volunteer
        return super().dispatch(request, *args, **kwargs)

    def build_back(self) -> Link:
        """Return the way to the first page."""
        return Link(reverse("volunteer-desk"), _("My page"))

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and whether the reader is away."""
        return {
            "back": self.build_back(),
            "is_paused": self.volunteer.state == Volunteer.State.PAUSED,
            "has_left": self.volunteer.state == Volunteer.State.LEFT,
        }
