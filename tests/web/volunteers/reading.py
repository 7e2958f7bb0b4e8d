"""What tests read of a page."""

import re
from html import unescape
from typing import Any

TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", re.DOTALL)


def read_text(page: Any) -> str:
    """The words of a page in one line, as a person reads them."""
    return " ".join(unescape(TAGS.sub(" ", page.content.decode())).split())


def read_heading(page: Any) -> str:
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)
    assert heading
    return " ".join(unescape(TAGS.sub(" ", heading[1])).split())


def read_title(page: Any) -> str:
    title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    assert title
    return " ".join(unescape(title[1]).split())


def list_addresses(page: Any) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]+)"', page.content.decode())


def list_buttons(page: Any) -> list[str]:
    """The words of all buttons, and of links that look like one."""
    found = re.findall(
        r'<(?:a|button)[^>]*class="button[^"]*"[^>]*>(.*?)</(?:a|button)>', page.content.decode(), re.DOTALL
    )
    return [" ".join(unescape(TAGS.sub(" ", words)).split()) for words in found]


def count_primary_buttons(page: Any) -> int:
    return len(re.findall(r'class="button(?: half)?"', page.content.decode()))


def read_main(page: Any) -> str:
    """The words of the page itself, without header and footer."""
    body = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(TAGS.sub(" ", f"<main{body}")).split())
