"""What a first visit costs: screens, sent forms, fields, and what has to be typed. A page that grows fails here."""

import re
from html.parser import HTMLParser
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import Cast
from tests.web.volunteers.start_steps import EVENINGS, YOU, read_code
from volunteers.models import Volunteer

SCREENS, POSTS, FIELDS, TYPED_FIELDS, TYPED_CHARACTERS = 7, 6, 13, 3, 28
TYPED_KINDS = {"text", "email", "number", "time", "date", "password", "tel", "search"}


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


def test_a_first_visit_stays_within_its_budget(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    walk = Walk()
    walk.open("/")
    skills = walk.open("/start/")
    chips = {"skill": ["front-end", "copywriting", "graphic-design"]}
    walk.page += '<input name="skill" type="checkbox">'  # the board of the tests asks for one skill only
    walk.send(skills, chips, button="add")
    levels = {f"level_{code}": "3" for code in chips["skill"]}
    wants = {f"wants_{code}": "on" for code in chips["skill"]}
    when = walk.send(skills, levels | wants)
    fits = walk.send(when, {"max_hours_per_week": "4", "windows": EVENINGS, "time_zone": "America/New_York"})
    assert "fits you today" in walk.page
    code = walk.send(fits, {"email": "maya@gmail.com"})
    you = walk.send(code, {"code": read_code(mailoutbox[-1]).replace(" ", "")})
    walk.send(you, YOU)

    assert Volunteer.objects.filter(first_name="Maya").exists()
    # The time zone is guessed by the browser, and chips are taps on what is shown.
    asked = [(page, name, kind) for page, name, kind in walk.filled if name not in ("skill", "time_zone")]
    typed = [name for _page, name, kind in asked if kind in TYPED_KINDS]
    assert len(walk.screens) == SCREENS
    assert walk.posts == POSTS
    assert len(asked) == FIELDS
    assert typed == ["email", "code", "first_name"]
    assert len(typed) == TYPED_FIELDS
    assert walk.typed <= TYPED_CHARACTERS


def test_the_walk_works_without_a_script_and_with_a_zone_of_ones_own(cast: Cast) -> None:
    walk = Walk()
    skills = walk.open("/start/")
    when = skills.replace("skills", "when")
    answer = walk.client.post(skills, {"card": "front-end", "level_front-end": "3"})
    assert answer["Location"] == when
    page = walk.client.get(when).content.decode()

    assert "<script" not in re.sub(r'<script type="module" src="[^"]+"></script>', "", page)
    assert '<optgroup label="Nepal">' in page
    assert 'value="Asia/Kathmandu"' in page or 'value="Asia/Katmandu"' in page
