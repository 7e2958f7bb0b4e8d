"""The calls that docs/how-to/write-a-frontend.md names: its examples with curl, and the tables of its journeys."""

import json
import re
import shlex
from typing import Any, NamedTuple

from tests.docs.pages import FENCE, ROOT

FRONTEND_PAGE = ROOT / "docs" / "how-to" / "write-a-frontend.md"
TABLE_CALL = re.compile(r"^\| `([A-Z]+ /\S+)` \|", re.MULTILINE)


class CurlCall(NamedTuple):
    """A call as curl makes it: `GET /me/matches/{id}`, its query, its headers and its body."""

    call: str
    query: str
    headers: dict[str, str]
    body: Any


def list_journey_calls(title: str) -> list[str]:
    """Return the calls in the table under a heading."""
    section = FRONTEND_PAGE.read_text().partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return TABLE_CALL.findall(section)


def list_curl_calls() -> list[CurlCall]:
    """Return the calls of the examples, in order."""
    blocks = [code for _indent, language, code in FENCE.findall(FRONTEND_PAGE.read_text()) if language == "sh"]
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [_read_curl(shlex.split(line)) for line in lines if line.startswith("curl ")]


def _read_curl(words: list[str]) -> CurlCall:
    options: dict[str, list[str]] = {"-X": [], "-H": [], "-d": []}
    addresses, rest = [], iter(words[1:])
    for word in rest:
        options[word].append(next(rest)) if word in options else addresses.append(word)
    [address] = addresses
    path, _, query = re.sub(r"\$[A-Z]+", "{id}", address.removeprefix("$API")).partition("?")
    method = options["-X"][0] if options["-X"] else "POST" if options["-d"] else "GET"
    headers = dict(header.split(": ", 1) for header in options["-H"])
    return CurlCall(f"{method} {path}", query, headers, json.loads(options["-d"][0]) if options["-d"] else None)
