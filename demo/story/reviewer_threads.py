"""What waits for the demo's reviewer beside proposals: a second factor to recover."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from core.accounts.factor_recovery import request_recovery
from demo.logins import SECOND_REVIEWER_EMAIL, TREASURER_EMAIL
from demo.story.setting import Setting
from demo.story.threads import Thread


def ask_for_recovery(setting: Setting) -> Thread:
    """A second reviewer called the treasurer back, who lost a phone. It waits for the demo's reviewer."""
    TOTP.activate(setting.find_user(TREASURER_EMAIL), generate_totp_secret())
    request_recovery(
        actor=setting.find_user(SECOND_REVIEWER_EMAIL),
        email=TREASURER_EMAIL,
        callback="Called at the office number in the filing. They told us the date on which they joined.",
        at=(yield setting.hours_ago(4)),
    )


REVIEWER_THREADS = (ask_for_recovery,)
