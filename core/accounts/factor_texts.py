"""The words of the pages of the second factor: passkey, code from an app, recovery code."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FACTOR_ERROR_MESSAGES = {
    "add_email_blocked": gettext_lazy("Remove your second factor first. Then you can add an address."),
    "cannot_delete_authenticator": gettext_lazy("This one has to stay. Add another one first, then remove it."),
    "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an app first. Then you can make recovery codes."),
    "incorrect_code": gettext_lazy("That code or passkey isn’t right. Try once more, or use another way."),
    "unverified_email": gettext_lazy("Confirm your email address first. Then you can add a second factor."),
}
"""What allauth refuses, by its codes."""
WAYS_TO_CONFIRM = {
    "reauthenticate": gettext_lazy("Use your password"),
    "sign-in-again": gettext_lazy("Use a code by email"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use your passkey"),
}
"""The links to the ways of showing once more that it is you, by allauth's names of them."""


def describe_code_field(factor_types: set[str]) -> tuple[str, str]:
    """Return the label of the field for a code and the hint below it, by what the account has."""
    if "totp" not in factor_types:
        return _("Recovery code"), _("One of the codes that you have on paper. Each works once.")
    if "recovery_codes" not in factor_types:
        return _("Code from your app"), _("The six digits that it shows now.")
    return _("Code from your app"), _("The six digits that it shows now. A recovery code works here too, once.")


def explain_wrong_factor_code(factor_types: set[str]) -> str:
    """Return what may be wrong with a code of the second factor, and which one to take."""
    if "totp" not in factor_types:
        return _(
            "That is none of your unused recovery codes. Look at your list once more. "
            "The code from our letter doesn’t work here."
        )
    if "recovery_codes" not in factor_types:
        return _(
            "That code isn’t right. Take the one that your app shows now. The code from our letter doesn’t work here."
        )
    return _(
        "That code isn’t right. Take the one that your app shows now, or an unused recovery code. "
        "The code from our letter doesn’t work here."
    )
