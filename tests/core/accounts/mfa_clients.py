"""Somebody who has given their password, in a browser and in an app."""

from django.test import Client

from core.models import User

PASSWORD = "correct horse battery"
AUTH = "/api/v1/auth/app/v1"
CAMPAIGNS = "/api/v1/campaigns"


def browser(user: User, *, password: str = PASSWORD) -> Client:
    """A browser in which somebody has given their password, and nothing more."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def app(user: User) -> tuple[Client, str]:
    """The same in an app, with the token of its session."""
    client = Client()
    said = {"email": user.email, "password": PASSWORD}
    answer = client.post(f"{AUTH}/auth/login", said, content_type="application/json").json()
    return client, answer["meta"]["session_token"]
