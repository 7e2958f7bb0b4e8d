"""The steps of a first visit, as a browser takes them."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

STEPS = ["start-skills", "start-when", "start-fits", "start-code", "start-you"]
EVENINGS = [f"{day}-evening" for day in range(5)]
WEEK = {"max_hours_per_week": "4", "windows": EVENINGS, "time_zone": "America/New_York"}
YOU = {"first_name": "Maya", "job_restricts": "no", "adult": "on"}


def draft_of(address: str) -> str:
    return re.search(r"draft=([\w-]+)", address)[1]  # type: ignore[index]


def say_skills(client: Client, *codes: str, level: str = "4", draft: str = "abc") -> Any:
    sent: dict[str, Any] = {"card": list(codes)}
    for code in codes:
        sent |= {f"level_{code}": level, f"wants_{code}": "on"}
    return client.post(f"/start/skills/?draft={draft}", sent)


def say_week(client: Client, *, draft: str = "abc", **changes: Any) -> Any:
    return client.post(f"/start/when/?draft={draft}", WEEK | changes)


def show_week(client: Client, **changes: Any) -> Any:
    """Send a week that is wrong, or asks for one more row, and return the page to which it leads."""
    return client.get(say_week(client, **changes)["Location"])


def say_address(client: Client, email: str = "maya@gmail.com", *, draft: str = "abc", **more: str) -> Any:
    return client.post(f"/start/fits/?draft={draft}", {"email": email, **more})


def read_code(letter: EmailMessage) -> str:
    found = re.fullmatch(r"(\d{3} \d{3}) (?:is your code|es tu código)", str(letter.subject))
    assert found is not None, letter.subject
    return found[1]


def type_code(client: Client, letter: EmailMessage, *, draft: str = "abc") -> Any:
    return client.post(f"/start/code/?draft={draft}", {"code": read_code(letter)})


def come_to_you(client: Client, mailoutbox: list[EmailMessage], email: str = "maya@gmail.com") -> None:
    say_skills(client, "front-end")
    say_week(client)
    say_address(client, email)
    type_code(client, mailoutbox[-1])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
