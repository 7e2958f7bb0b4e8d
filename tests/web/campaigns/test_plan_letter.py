"""The letter that says until when we make sure who a campaign is."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from campaigns.models import Request
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast
from tests.web.campaigns.plan_steps import come_to_race, import_board, say_race, say_whose


def test_the_letter_names_the_campaigns_zone_and_leads_to_what_was_published(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    import_board(now)
    come_to_race(client, mailoutbox, now)
    say_race(client)
    say_whose(client)
    plan = Request.objects.latest("pk")
    ids = [plan.campaign.public_id, plan.public_id]
    notice = Notice.objects.filter(kind="verification-started").latest("pk")

    before = render_notices([notice], language="en", at=now)[notice.pk]
    assert isinstance(before, RenderedNotice)
    assert "Pacific time" in before.text
    assert "you can check and publish it now" in before.text
    client.post(reverse("campaign-publish", args=ids), {"accepts_code_of_conduct": "on"})
    published = Notice.objects.get(kind="plan-published")
    rendered = render_notices([notice, published], language="en", at=now)
    after = rendered[published.pk]
    assert (rendered[notice.pk], published.is_immediate) == (None, True)
    assert isinstance(after, RenderedNotice)
    assert "thank you: your plan is published." in after.text
    assert "UTC" not in after.text
    assert reverse("campaign-published", args=ids) in str(after)
