"""The steps of a plan, as a browser takes them."""

import re
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from campaigns.models import Request
from tests.ballots import import_ballot
from tests.web.volunteers.start_steps import read_code

OUTCOME = "People who look for Dana find her, and can donate."
BOARD = {"jurisdiction": "US-OR", "office": "School Board", "level": "local", "district": "Salem"}
WHOSE = {
    "candidate": "Dana Rivera",
    "party": "none",
    "reference": "SEEC 4711",
    "callback_phone": "503 555 0142",
    "safe_phone": "503 555 0177",
}


def import_board(now: datetime, **changes: object) -> None:
    import_ballot(now, BOARD | changes)


def send(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Send a form; where it is wrong, return the page that says so, to which a redirect leads."""
    answer = client.post(address, typed)
    return client.get(answer["Location"]) if answer.status_code == HTTPStatus.SEE_OTHER else answer


def say_outcome(client: Client, now: datetime, *, draft: str = "abc", days: int = 100, **changes: Any) -> Any:
    sent = {"outcome": OUTCOME, "wanted_on": str(now.date() + timedelta(days=days))} | changes
    return send(client, f"/plan/outcome/?draft={draft}", sent)


def say_closest(client: Client, playbook: str = "website", *, draft: str = "abc") -> Any:
    return send(client, f"/plan/closest/?draft={draft}", {"playbook": playbook})


def come_to_race(client: Client, mailoutbox: list[EmailMessage], now: datetime, *, draft: str = "abc") -> None:
    say_outcome(client, now, draft=draft)
    say_closest(client, draft=draft)
    client.post(f"/plan/email/?draft={draft}", {"email": "dana@rivera.org"})
    client.post(f"/plan/code/?draft={draft}", {"code": read_code(mailoutbox[-1])})


def say_race(client: Client, words: str = "oregon school board", *, draft: str = "abc") -> Any:
    """Look for a race, and take the first that is found."""
    address = f"/plan/race/?draft={draft}"
    client.post(address, {"words": words})
    page = client.get(address)
    choices = page.context["page_form"].fields["contest"].choices
    return client.post(address, {"words": words, "contest": choices[0][0]})


def say_whose(client: Client, *, draft: str = "abc", **changes: str) -> Any:
    return send(client, f"/plan/campaign/?draft={draft}", WHOSE | changes)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def path_of(answer: Any) -> str:
    return str(urlsplit(answer["Location"]).path)


def find_plan() -> Request:
    return Request.objects.latest("pk")


def address_of(page: str, request: Request) -> str:
    return reverse(page, args=[request.campaign.public_id, request.public_id])
