from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import Cast
from tests.web.campaigns.people import open_browser
from tests.web.campaigns.plan_steps import come_to_race, import_board


@pytest.fixture
def carols(cast: Cast) -> Client:
    """The browser of Carol, who manages the campaign and answers its volunteers."""
    return open_browser(cast.carol)


@pytest.fixture
def danas(client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime) -> Client:
    """Dana's browser, with her plan, up to the race."""
    import_board(now)
    come_to_race(client, mailoutbox, now)
    return client
