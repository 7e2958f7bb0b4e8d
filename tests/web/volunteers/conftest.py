"""A browser without scripts in which Alice, who volunteers, is signed in."""

import pytest
from django.test import Client

from tests.cast import Cast, sign_in_browser


@pytest.fixture
def alices(cast: Cast) -> Client:
    client = Client()
    sign_in_browser(client, cast.alice)
    return client
