"""Settings of accounts, sign-up, sign-in and second factors that no environment changes."""

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SIGNED_IN_ADDRESS_FINDER = "web.design.navigation.find_signed_in_address"  # core knows no pages
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Six digits can be read off a notification. EMAIL_CODE_GUESSES and EMAIL_CODE_RATE_LIMITS limit the guesses.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # an app elsewhere has no page of ours for a link to lead to
# How long a mailed code lives. Pages and letters name it, and guesses at a code are counted for as long.
EMAIL_CODE_MINUTES = 15
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = EMAIL_CODE_MINUTES * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = EMAIL_CODE_MINUTES * 60
EMAIL_CODE_GUESSES = 3  # at one code; parallel ones are counted in core/accounts/email_code_middleware.py
SIGN_UP_CODE_GUESSES = 5  # at the code of a first visit: core/accounts/code_sign_up.py
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = EMAIL_CODE_GUESSES
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = EMAIL_CODE_GUESSES
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A session alone must not take an account over: changes of how it is signed in to need a recent authentication.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds, for personal tokens and calendar feeds too
ACCOUNT_FORMS = {
    "login": "core.accounts.password_forms.LoginForm",
    "signup": "core.accounts.sign_up_forms.SignupForm",
    "add_email": "core.accounts.sign_up_forms.AddEmailForm",
    "change_password": "core.accounts.password_change.PasswordChangeForm",
    "reset_password": "core.accounts.password_forms.PasswordResetForm",
    "request_login_code": "core.accounts.code_forms.LoginCodeRequestForm",
    "confirm_login_code": "core.accounts.code_forms.LoginCodeForm",
    "confirm_email_verification_code": "core.accounts.code_forms.EmailCodeForm",
}
MFA_FORMS = {
    "activate_totp": "core.accounts.factor_forms.ActivateTOTPForm",
    "authenticate": "core.accounts.factor_forms.FactorForm",
    "reauthenticate": "core.accounts.factor_forms.FactorReauthenticationForm",
    "add_webauthn": "core.accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "core.accounts.passkey_forms.EditPasskeyForm",
    "login_webauthn": "core.accounts.passkey_forms.PasskeyLoginForm",
    "authenticate_webauthn": "core.accounts.passkey_forms.PasskeyForm",
    "reauthenticate_webauthn": "core.accounts.passkey_forms.PasskeyReauthenticationForm",
}
MFA_ADAPTER = "core.accounts.factor_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Handraiser"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",  # the last window is also the Retry-After of a locked address
    "login_failed_account": "5/300s/key",  # over all addresses of an account
    "own_password": "5/300s/user",  # by those who are signed in to it
    "signup": "20/m/ip",
    "confirm_email": "6/m/ip",  # by address alone it would let a stranger keep the owner from signing up
    # Letters of one network at all addresses, and of all networks at one. What one network may have sent to one address
    # is less: see EMAIL_CODE_RATE_LIMITS. Of all networks an hour, not a day: who has a few networks would else keep an
    # address from its owner for that long.
    "reset_password": "20/m/ip,20/h/key",
    "request_login_code": "20/m/ip,20/h/key",
}
# The limits of mailed codes that allauth does not have. core/accounts/code_limits.py reads them, and says each wait in
# words. The first three count what one network may have sent to one address, a reset being a new password by mail.
EMAIL_CODE_RATE_LIMITS = {
    "sign_in_letters": "5/h",
    "reset_letters": "5/15m",
    "letters": "10/d",  # of both kinds; half of what all networks may have sent in an hour
    "resend": "1/30s",  # the wait between two letters
    "sign_up": "1/10s",  # sign-ups with a password, of one address from all networks
    "guesses": f"10/{EMAIL_CODE_MINUTES}m",  # of one session, at all of its codes
}
HEADLESS_CLIENTS = ("app", "browser")
HEADLESS_ADAPTER = "core.accounts.headless_adapter.HeadlessAdapter"
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_SPECIFICATION_TEMPLATE_NAME = None  # that page loads scripts from other sites; ours shows the file
