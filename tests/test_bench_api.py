"""`./run bench api` still reads every GET of the API: a path without a row for it would end the bench."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from benchmarks.api import measure_api
from tests.committed_database import use_committed_database


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with use_committed_database(django_db_blocker):
        yield


@pytest.mark.slow
def test_the_bench_reads_every_path(db: None) -> None:
    *paths, summary = measure_api(1, round_count=2)

    assert summary["paths"] == sum(not path["apart"] for path in paths)
    assert all(path["statements"] for path in paths)
