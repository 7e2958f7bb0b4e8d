"""Settings with which the compose file and the production settings are tried."""

import secrets

PUBLIC_EXAMPLE = {
    "ALLOWED_HOSTS": "handraiser.example",
    "SITE_URL": "https://handraiser.example",
    "EMAIL_URL": "smtp://mail.example:25",
    "MAIL_FROM": "hello@handraiser.example",
    "OPERATOR_NAME": "Example Civic Fund",
    "OPERATOR_ADDRESS": "1 Example Street, Portland, Oregon",
    "OPERATOR_EMAIL": "help@handraiser.example",
    "OPERATOR_PHONE": "+1 503 555 0100",
    "OPERATOR_HOURS": "Monday to Friday, 9:00 to 17:00 Pacific time",
    "OPERATOR_SERVES": "Campaigns of all parties in Oregon",
    "OPERATOR_DATA_LOCATION": "In one data centre in Oregon",
    "OPERATOR_REVIEWERS": "Rita Example and Sam Example",
}

# Enough to read the compose file, and no secrets.
PASSWORDS = ("POSTGRES_PASSWORD", "APPLICATION_PASSWORD", "VALKEY_PASSWORD")
COMPOSE_EXAMPLE = {**PUBLIC_EXAMPLE, "SECRET_KEY": "x" * 50, **dict.fromkeys(PASSWORDS, "x")}

# What the production settings are tried with: fresh secrets, and addresses that are never opened.
PRODUCTION = {
    **PUBLIC_EXAMPLE,
    "HANDRAISER_ENV": "production",
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": f"postgresql://handraiser:{secrets.token_hex(16)}@postgres:5432/handraiser",
    "REDIS_URL": "redis://valkey:6379/0",
    "CSRF_TRUSTED_ORIGINS": "",
}
