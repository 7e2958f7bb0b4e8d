"""Who reads which page in `bench pages`: the logins of the demo, in the middle of its life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from core.models import User
from demo.logins import LONG_THREAD_EMAIL, MANAGER_EMAIL, VOLUNTEER_EMAIL, WAITING_EMAIL
from matching.models import Match
from matching.rules.states import MatchState

DRAFT = "draft=bench"
WEEK = {
    "max_hours_per_week": "4",
    "windows": [f"{day}-evening" for day in range(5)],
    "time_zone": "America/New_York",
}
SITE_PAGES = ("home", "about", "help", "conduct", "account_login", "account_signup", "start-under-18")
ACCOUNT_PAGES = ("account", "my-data-page", "account_email", "mfa_index")
OWN_PAGES = ("my-week", "my-pause", "my-time-off")
PROJECT_PAGES = ("project", "messages", "withdraw", "report")
PERSON_PAGES = ("campaign-person", *(f"campaign-person-{page}" for page in ("messages", "report", "done", "release")))


class ReadPage(NamedTuple):
    """A page, its reader's client, and its address."""

    name: str
    client: Client
    address: str


def list_pages() -> Iterator[ReadPage]:
    """Yield each page with what its reader has in the demo. Raises Match.DoesNotExist when the demo lacks it."""
    yield from _list_pages_of_visitor()
    yield from _list_pages_of_volunteer()
    yield from _list_pages_of_campaign()


def _list_pages_of_visitor() -> Iterator[ReadPage]:
    reader, visitor = Client(), Client()
    for name in SITE_PAGES:
        yield ReadPage(name, reader, reverse(name))
    skills, when, fits = (f"/start/{step}/?{DRAFT}" for step in ("skills", "when", "fits"))
    yield ReadPage("start-skills", visitor, skills)
    visitor.post(skills, {"card": ["front-end"], "level_front-end": "4", "wants_front-end": "on"})
    yield ReadPage("start-when", visitor, when)
    visitor.post(when, WEEK)
    yield ReadPage("start-fits", visitor, fits)
    yield ReadPage("open-roles", reader, reverse("open-roles"))


def _list_pages_of_volunteer() -> Iterator[ReadPage]:
    client, user = _sign_in(VOLUNTEER_EMAIL)
    for name in (*ACCOUNT_PAGES, "volunteer-desk", "volunteer-hours-still-right", *OWN_PAGES):
        yield ReadPage(name, client, reverse(name))
    yield ReadPage("open-roles, of a volunteer", client, reverse("open-roles"))
    matches = Match.objects.filter(volunteer__user=user)
    offered = matches.filter(state=MatchState.OFFERED).earliest("pk")
    for name in ("offer", "decline"):
        yield ReadPage(f"volunteer-{name}", client, reverse(f"volunteer-{name}", args=[offered.public_id]))
    active = matches.filter(state=MatchState.ACTIVE).earliest("pk")
    for name in PROJECT_PAGES:
        yield ReadPage(f"volunteer-{name}", client, reverse(f"volunteer-{name}", args=[active.public_id]))
    other, user = _sign_in(LONG_THREAD_EMAIL)
    closing = Match.objects.filter(volunteer__user=user, state=MatchState.CLOSING).earliest("pk")
    for name in ("handed-over", "messages"):
        address = reverse(f"volunteer-{name}", args=[closing.public_id])
        yield ReadPage(f"volunteer-{name}, 40 messages" if name == "messages" else f"volunteer-{name}", other, address)


def _list_pages_of_campaign() -> Iterator[ReadPage]:
    client, user = _sign_in(MANAGER_EMAIL)
    yield ReadPage("campaigns", client, reverse("campaigns"))
    waiting = User.objects.get(email=WAITING_EMAIL)
    of_campaign = Match.objects.filter(request__campaign__members__user=user, request__campaign__state="verified")
    accepted = of_campaign.filter(state=MatchState.ACCEPTED).order_by("-volunteer__user", "pk")
    accepted = accepted.filter(volunteer__user=waiting) or accepted
    by_page = {
        **dict.fromkeys(PERSON_PAGES, of_campaign.filter(state=MatchState.ACTIVE).earliest("pk")),
        "campaign-person-decline": accepted[0],
        "campaign-person-complete": of_campaign.filter(state=MatchState.CLOSING).earliest("pk"),
    }
    desk = by_page["campaign-person"].request.campaign.public_id
    yield ReadPage("campaign-desk", client, reverse("campaign-desk", args=[desk]))
    for name, match in by_page.items():
        yield ReadPage(name, client, reverse(name, args=[match.request.campaign.public_id, match.public_id]))


def _sign_in(email: str) -> tuple[Client, User]:
    """Return a browser in which this user is signed in with a second factor."""
    user, client = User.objects.get(email=email), Client()
    device, _ = Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "id": device.pk, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client, user
