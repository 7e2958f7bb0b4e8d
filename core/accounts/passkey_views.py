"""The page that adds a passkey, and the lock that it shares with the API."""

from typing import Any

from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View

from core.accounts.mfa import mfa_not_required
from core.models import User


class OnePasskeyAtATimeMixin(View):
    """A view that adds passkeys one after the other, so that parallel ones cannot pass the bound together."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; to add a passkey it holds the lock of its user."""
        if request.method != "POST" or not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            return super().dispatch(request, *args, **kwargs)


@method_decorator(mfa_not_required, name="dispatch")
class AddPasskeyView(OnePasskeyAtATimeMixin, AddWebAuthnView):  # type: ignore[misc]
    """The page that adds a passkey, a bounded number."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context, with a passkey that signs in alone: that is what people know by this name."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context
