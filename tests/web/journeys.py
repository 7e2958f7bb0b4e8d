"""A walk through pages as a browser takes it, which counts screens, sent forms, and fields."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

TYPED_KINDS = {"textarea", "text", "email", "number", "time", "date", "password", "tel", "search"}


class FormReader(HTMLParser):
    """Reads the names of the fields of a page, each with its kind, and its primary buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.primary = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("button", "a") and values.get("class") == "button":
            self.primary += 1
        kind = values.get("type", tag)
        if tag in ("input", "select", "textarea") and kind != "hidden":
            self.fields[values.get("name", "")] = kind


class Walk:
    """One visit, counted."""

    def __init__(self) -> None:
        self.client = Client()
        self.screens: set[str] = set()
        self.posts = 0
        self.filled: list[tuple[str, str, str]] = []
        self.page = ""
        self.typed = 0

    def open(self, address: str) -> str:
        answer = self.client.get(address, follow=True)
        shown = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self._arrive(shown, answer)
        return shown

    def send(self, address: str, fields: dict[str, Any], *, button: str = "") -> str:
        form = FormReader(self.page)
        hidden = dict(re.findall(r'type="hidden" name="(card)" value="([^"]*)"', self.page))
        for name, value in fields.items():
            assert name in form.fields, name
            self.filled.append((address.partition("?")[0], name, form.fields[name]))
            if form.fields[name] in TYPED_KINDS:
                self.typed += len(value)
        self.posts += 1
        cards = {"card": re.findall(r'name="card" value="([^"]*)"', self.page)} if hidden else {}
        chosen = {name: "on" for name in re.findall(r'name="(wants_[\w-]+)"[^>]*checked', self.page)}
        answer = self.client.post(address, chosen | cards | fields | ({button: "1"} if button else {}), follow=True)
        shown = answer.redirect_chain[-1][0]
        self._arrive(shown, answer)
        return str(shown)

    def _arrive(self, address: str, answer: Any) -> None:
        assert answer.status_code == 200
        self.screens.add(address.partition("?")[0])
        self.page = answer.content.decode()
        assert FormReader(self.page).primary <= (2 if address == "/" else 1), address

    @property
    def typed_fields(self) -> list[str]:
        return [name for _page, name, kind in self.filled if kind in TYPED_KINDS]
