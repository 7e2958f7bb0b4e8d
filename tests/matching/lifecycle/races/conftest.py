"""A database in which everything is committed, so that connections see each other, and left as it was found."""

from collections.abc import Iterator

import pytest
from celery import Celery
from pytest_django import DjangoDbBlocker

from config import celery_app
from tests.committed_database import use_committed_database
from tests.conftest import NOW
from tests.matching.lifecycle.races.scenario import RaceScenario, set_up_scenario


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of the transaction in which other tests live.

    Not pytest-django's own transactional one: that writes the reference data again after each test.
    """
    with use_committed_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _own_broker() -> Iterator[None]:
    """Keep published tasks in this process, so that they wake no worker."""
    with Celery("races", broker="memory://localhost", set_as_current=False) as broker:
        broker.set_current()
        try:
            yield
        finally:
            celery_app.set_current()


@pytest.fixture
def stage(db: None) -> RaceScenario:
    """Three campaigns, two of them in one contest, with requests of every kind, and eight volunteers."""
    return set_up_scenario(NOW)
