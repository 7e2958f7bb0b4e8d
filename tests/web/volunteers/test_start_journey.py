"""What a first visit costs: screens, sent forms, fields, and what has to be typed. A page that grows fails here."""

import re

from django.core.mail import EmailMessage

from tests.cast import Cast
from tests.web.journeys import TYPED_KINDS, Walk
from tests.web.volunteers.start_steps import EVENINGS, YOU, read_code
from volunteers.models import Volunteer

SCREENS, POSTS, FIELDS, TYPED_FIELDS, TYPED_CHARACTERS = 7, 6, 13, 3, 28


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
