"""Each state of the pages on which a campaign plans a project, and how a browser comes to it."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from campaigns.models import PlaybookRole, PlaybookSupply, Request
from tests.cast import Cast, sign_in_browser
from tests.delivered_mail import DeliveredMail
from tests.web.campaigns.plan_steps import (
    come_to_race,
    import_board,
    say_closest,
    say_outcome,
    say_race,
    say_whose,
)

PLAN_STATES = (
    *("outcome", "example", "closest", "role", "project", "own-project", "again", "email", "code", "race", "found"),
    *("unknown-race", "typed-race", "campaign", "campaign-wrong", "choice", "own-publish", "publish", "published"),
)
SIGNED_IN_STATES = PLAN_STATES[PLAN_STATES.index("race") :]
"""Those that Dana opens, whose address was proved; the choice of a campaign is Carol's."""

_PAGES = {
    "example": "outcome",
    "own-project": "project",
    "found": "race",
    "unknown-race": "race",
    "typed-race": "race-typed",
    "campaign-wrong": "campaign",
}


def come_to(state: str, client: Client, cast: Cast, now: datetime) -> tuple[Any, str]:
    """Return the answer of a page in this state, and its address."""
    address = f"{reverse(f'plan-{_PAGES.get(state, state)}')}?draft=abc" if state not in _STORED else ""
    if state == "again":
        say_outcome(client, now)
        address = reverse("plan")
    elif state == "example":
        address += "&example=1"
    elif state in ("closest", "role"):
        say_outcome(client, now)
    elif state == "own-project":
        say_outcome(client, now, days=30)
        role = {"skill": "front-end", "hours_per_week": "3", "seat_count": "2", "weeks": "8"}
        client.post("/plan/role/?draft=abc", role)
    elif state in ("project", "email", "code"):
        _count_supply(now)
        say_outcome(client, now)
        say_closest(client)
        if state == "code":
            client.post("/plan/email/?draft=abc", {"email": "dana@rivera.org"})
    elif state in ("choice", "own-publish"):
        sign_in_browser(client, cast.carol)
        say_outcome(client, now)
        say_closest(client)
        if state == "own-publish":
            client.post("/plan/choice/?draft=abc", {"campaign": str(cast.campaign.public_id)})
            address = reverse(
                "campaign-publish", args=[cast.campaign.public_id, Request.objects.latest("pk").public_id]
            )
    elif state != "outcome":
        return _come_to_signed_in(state, client, now, address)
    return client.get(address), address


_STORED = ("own-publish", "publish", "published", "again")


def _come_to_signed_in(state: str, client: Client, now: datetime, address: str) -> tuple[Any, str]:
    import_board(now)
    come_to_race(client, DeliveredMail(), now)
    if state in ("found", "unknown-race"):
        words = "oregon school" if state == "found" else "dog catcher"
        client.post(address, {"words": words})
    elif state not in ("race", "typed-race"):
        say_race(client)
    if state == "campaign-wrong":
        return say_whose(client, callback_phone="call me", reference=""), address
    if state in _STORED:
        _count_supply(now)
        say_whose(client)
        stored = Request.objects.latest("pk")
        ids = [stored.campaign.public_id, stored.public_id]
        address = reverse("campaign-publish", args=ids)
        if state == "published":
            client.post(address, {"accepts_code_of_conduct": "on"})
            address = reverse("campaign-published", args=ids)
    return client.get(address), address


def _count_supply(now: datetime) -> None:
    bands = ("25+", "under 5", "5-9", "10-24")
    PlaybookSupply.objects.bulk_create(
        PlaybookSupply(role=role, people_fitting=bands[number % 4], counted_at=now)
        for number, role in enumerate(PlaybookRole.objects.order_by("pk"))
    )
