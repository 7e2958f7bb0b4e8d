from typing import Any

import pytest
from django.test import Client

from core.models import User
from tests.cast import create_user


@pytest.fixture(autouse=True)
def _sample_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.design.sample_pages"


@pytest.fixture
def dave(db: None) -> User:
    return create_user("dave")


@pytest.fixture
def browser(dave: User) -> Client:
    """A browser in which Dave is signed in, and which checks for forgery as real ones do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(dave)
    return client
