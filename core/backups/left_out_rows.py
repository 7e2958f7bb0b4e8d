"""Tables whose rows are in no backup: they hold secrets that pass, and a restored site works without them."""

LEFT_OUT_ROWS = {
    "core_secretletter": "Letters with codes. A code that comes after a restore is too late.",
    "core_ratecounter": "Counts of the last minutes and hours, under addresses and networks.",
    "core_formkey": "Digests of forms that were sent within a day.",
    "core_idempotencykey": "Answers of the last day, with the contacts that they showed.",
    "django_session": "Sign-ins. A session that was ended after the backup must not be good again.",
    "core_personaltoken": "Sign-ins of programs. A token that was revoked after the backup must not be good again.",
}
"""The name of each table, and why. The tables themselves are restored, empty."""
