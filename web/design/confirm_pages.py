"""The base of a page before something ends."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from web.design.components import Link
from web.design.form_pages import FormPage


class ConfirmPage(FormPage):
    """A page before something ends: what happens, when, and whether it can be undone; then one red button.

    `what_happens` are whole sentences, `undo` says how it can be undone, empty if it cannot. `keep_label` are the words
    of the way back, and `build_back` its address.
    """

    template_name = "design/confirm_page.html"
    what_happens: Sequence[str | Promise] = ()
    undo: str | Promise = ""
    keep_label: str | Promise = ""

    def build_back(self) -> Link:
        """Return the way back to the page from which the reader came."""
        raise NotImplementedError

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page with its button."""
        words = {"what_happens": self.what_happens, "undo": self.undo, "back": self.build_back()}
        keep = {"keep_label": self.keep_label or _("No, keep it as it is")}
        return super().render_page(status=status, **(words | keep | more))
