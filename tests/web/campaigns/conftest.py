import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.campaigns.people import open_browser


@pytest.fixture
def carols(cast: Cast) -> Client:
    """The browser of Carol, who manages the campaign and answers its volunteers."""
    return open_browser(cast.carol)
