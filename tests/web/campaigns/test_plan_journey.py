"""What it costs to plan and publish: screens, sent forms, fields, and what has to be typed. A page that grows fails."""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage

from campaigns.models import Campaign, Request
from tests.cast import Cast
from tests.web.campaigns.plan_steps import OUTCOME, WHOSE, import_board
from tests.web.journeys import FormReader, Walk
from tests.web.volunteers.start_steps import read_code

SCREENS, POSTS, FIELDS, TYPED_FIELDS = 10, 9, 14, 10
ASKED_BEFORE_THE_PLAN = {"outcome", "wanted_on", "playbook"}


def test_to_plan_and_publish_stays_within_its_budget(cast: Cast, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    import_board(now)
    walk = Walk()
    walk.open("/")
    assert 'href="/plan/"' in walk.page
    outcome = walk.open("/plan/")
    wanted_on = str(now.date() + timedelta(days=100))
    closest = walk.send(outcome, {"outcome": OUTCOME, "wanted_on": wanted_on})
    project = walk.send(closest, {"playbook": "website"})
    assert {name for _page, name, _kind in walk.filled} == ASKED_BEFORE_THE_PLAN
    assert not {"email", "password", "name"} & set(FormReader(walk.page).fields)
    assert "This is the plan" in walk.page
    email = walk.send(project, {})
    code = walk.send(email, {"email": "dana@rivera.org", "first_name": "Dana"})
    race = walk.send(code, {"code": read_code(mailoutbox[-1]).replace(" ", "")})
    race = walk.send(race, {"words": "Oregon school board"})
    contest = walk.page.partition('name="contest" value="')[2].partition('"')[0]
    whose = walk.send(race, {"contest": contest})
    check = walk.send(whose, WHOSE)
    walk.send(check, {"accepts_code_of_conduct": "on"})

    assert "Published. This is what happens, and when" in walk.page
    assert len(walk.screens) == SCREENS
    assert walk.posts == POSTS
    assert len(walk.filled) == FIELDS
    assert walk.typed_fields == [
        *("outcome", "wanted_on", "email", "first_name", "code", "words"),
        *("candidate", "reference", "callback_phone", "safe_phone"),
    ]
    assert len(walk.typed_fields) == TYPED_FIELDS

    campaign = Campaign.objects.get(name="Dana Rivera for School Board")
    request = Request.objects.get(campaign=campaign)
    assert (request.state, request.title, request.playbook.code) == ("published", "Website", "website")  # type: ignore[union-attr]
    assert request.summary.startswith(OUTCOME)
    assert request.time_zone == "America/Los_Angeles"
    assert (campaign.filing.reference, campaign.filing.safe_phone) == ("SEEC 4711", "503 555 0177")
    contact = request.contact.user  # type: ignore[union-attr]
    assert (contact.email, contact.first_name) == ("dana@rivera.org", "Dana")
