"""The switch for single keys in the queue: a reader who speaks to their machine, or slips, can turn them off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from web.desk.desk_page import DeskFormPage

_KEYS_OFF = "desk_keys_are_off"


def are_keys_on(request: HttpRequest) -> bool:
    """Return whether single keys act, as the reader chose in this session."""
    return not request.session.get(_KEYS_OFF, False)


class KeysPage(DeskFormPage):
    """Turn single keys off or on, and go back to where the reader was."""

    http_method_names = ["post"]

    def perform(self) -> HttpResponse:
        """Keep the choice in the session."""
        is_off = self.request.POST.get("keys") == "off"
        self.request.session[_KEYS_OFF] = is_off
        messages.success(self.request, _("Keys are off.") if is_off else _("Keys are on."))
        back = self.request.POST.get("back", "")
        is_ours = back.startswith("/admin/desk/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if is_ours else "admin:index")
