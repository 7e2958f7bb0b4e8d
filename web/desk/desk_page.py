"""The base of every page of the review desk.

A page stands in the frame of the admin: its menu, its zone of times, its language. It asks one query in
`build_context`, and calls one action in `perform`. The base lets only reviewers in, shows refusals of actions on top of
the page, and makes a double click one submission.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views import View

from core.api.current_user import get_current_user
from core.errors import HandraiserError, NotFound
from core.models import User
from web.design.form_keys import perform_once


class DeskPage(View):
    """A page under `/admin/desk/`, for reviewers with a second factor. A page with forms defines `perform`."""

    http_method_names = ["get", "head"]
    template_name: str
    title: str | Promise

    user: User
    at: datetime

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view behind the permission of the admin."""
        view = admin.site.admin_view(super().as_view(**initkwargs))
        view.view_class = cls  # type: ignore[attr-defined]
        return view

    def load(self, **kwargs: Any) -> None:
        """Find what the page is about, by the parts of its address. Raises NotFound or Http404."""

    def build_context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {}

    def perform(self) -> HttpResponse:
        """Call one action with what was sent, and return the redirect to the next page. Raises its errors."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request at the present moment."""
        self.user, self.at = get_current_user(request), timezone.now()
        request.current_app = admin.site.name
        try:
            self.load(**kwargs)
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page. It changes nothing."""
        return self.render_page()

    def render_page(self, **more: Any) -> HttpResponse:
        """Return the page in the frame of the admin."""
        context = admin.site.each_context(self.request) | {"title": self.title, "at": self.at}
        return render(self.request, self.template_name, context | self.build_context() | more)


class DeskFormPage(DeskPage):
    """A page whose forms are sent to its own address."""

    http_method_names = ["get", "head", "post"]
    performs_once: ClassVar[bool] = True
    """In one transaction, and not again for a double click. Without it the action has its own transactions."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Perform the form once. A refusal is said on top of the page to which it leads back."""
        try:
            return perform_once(request, self.perform, at=self.at) if self.performs_once else self.perform()
        except NotFound:
            raise
        except HandraiserError as error:
            messages.error(request, error.message)
            return self.refuse(error)

    def refuse(self, error: HandraiserError) -> HttpResponse:
        """Return what follows a refusal: the page as it is now."""
        return redirect(self.request.get_full_path())
