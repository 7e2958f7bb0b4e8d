"""A mailed code sets a new password once, on the page and in the API."""

import hashlib
from collections.abc import Mapping
from typing import Any

from allauth.account.views import CompletePasswordResetView
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core.rate_counters import count_request

# A code lives as long again once it was typed.
CLAIM_SECONDS = 2 * 60 * settings.EMAIL_CODE_MINUTES


def claim_reset_code(state: Mapping[str, Any]) -> bool:
    """Take the code of a reset, whose state allauth keeps in the session; return False if it was taken before.

    The session does not tell: parallel requests have all read it before the first of them ends the reset.
    """
    code = hashlib.sha256(f"{state['email']}:{state['code']}".encode()).hexdigest()
    return count_request(f"reset-code_{code}", limit=1, seconds=CLAIM_SECONDS, at=timezone.now()).is_allowed


class SingleResetView(CompletePasswordResetView):  # type: ignore[misc]
    """The page that takes the new password after the code."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the password; a code that was used meanwhile leads to where a new one is sent, as one that is over."""
        if not claim_reset_code(self._process.state):
            return HttpResponseRedirect(reverse("account_reset_password"))
        response: HttpResponse = super().form_valid(form)
        return response
