"""A user of the API whose calls are counted, and who knows only what earlier answers have said."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.flow.api_user import ApiUser

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CODED_KEYS = frozenset(
    {"skill", "time_zone", "jurisdiction", "party", "office", "district", "level", "playbook", "stage", "item_code"}
)
"""Keys of bodies whose values are looked up, not typed."""


class JourneyUser(ApiUser):
    """A frontend's user. `calls` names each call as `GET /me/matches/{id}`; a 304 is not counted.

    A call with an id or a code that no earlier answer held is an error.
    """

    def __init__(self, address: str, mail: Path) -> None:
        super().__init__(address, mail)
        self.calls: list[str] = []
        self.known_values: set[Any] = set()

    def send_raw(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        """Send a call, count it, and learn from its answer."""
        sent_values = [*UUID.findall(path), *_list_looked_up_values(body or {})]
        guesses = [value for value in sent_values if value not in self.known_values]
        assert guesses == [], f"{method} {path}: no answer has said {guesses}"
        answer = super().send_raw(method, path, body, **headers)
        if answer.status_code == 304:
            return answer
        self.calls.append(f"{method.upper()} {UUID.sub('{id}', path.partition('?')[0])}")
        if "json" in answer.headers.get("Content-Type", ""):
            self.known_values.update(value for _key, value in _walk(answer.json()))
        return answer

    def read_address(self, address: str) -> str:
        """Read an address that an answer gave, as another program would: without the session."""
        assert address in self.known_values
        answer = requests.get(address, timeout=30)
        assert answer.status_code == 200, answer.text
        folder, file_name = urlsplit(address).path.split("/")[1:]
        self.calls.append(f"GET /{folder}/{{secret}}{PurePosixPath(file_name).suffix}")
        return answer.text


def _list_looked_up_values(body: dict[str, Any]) -> Iterator[str]:
    """Yield the ids and codes of a body."""
    for key, value in _walk(body):
        if isinstance(value, str) and value and (key in CODED_KEYS or UUID.fullmatch(value)):
            yield value


def _walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each value in a body that is neither list nor object, with the key that it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, key)
    else:
        yield key, value
