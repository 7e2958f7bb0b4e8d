"""Fixtures for every test: a cast of people, a campaign with a request, and clients that are signed in."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection, connections
from django.db.models.signals import post_migrate
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from core.database_rights import grant_application_rights
from core.models import User
from matching.models import Policy
from matching.rules import supply_estimate
from tests.cast import Cast, assemble_cast, authenticate_client, sign_in_browser
from tests.delivered_mail import DeliveredMail
from tests.migrated_database import prepare_migrated_database
from tests.recorded_rows import RecordedRows

# How fast the machine draws examples is no matter of the code.
settings.register_profile("handraiser", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("handraiser")

# Requests count for the rate limits on a second connection. It is rolled back after each test, like the first.
TransactionTestCase.databases = frozenset({"default", "counters"})  # type: ignore[assignment]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
REQUEST_ID = "0123456789abcdef0123456789abcdef"
TESTS = Path(__file__).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="Folder for pictures of all pages, which tests/web takes.")
    parser.addoption("--thorough", action="store_true", help="Try everything in full numbers: very long.")


# They start servers of their own, compile kernels, or start many processes.
NOT_QUICK_PATHS = {
    TESTS / "local",
    TESTS / "test_checks.py",
    TESTS / "test_take_pictures.py",
    TESTS / "matching" / "engine",
    TESTS / "matching" / "test_solve_command.py",
    TESTS / "config" / "test_settings.py",
}
NOT_QUICK_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "chromium"}
NOT_QUICK_MARKERS = ("slow", "browser", "django_db")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is imported by now out of each search for garbage, which takes a tenth of the time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests for the inner loop, which `./run test --quick` runs, before pytest selects by marker.

    At last put those that flush the database to the end: the reference data has other ids after a flush, and the rows
    of the cast would name the old ones. pytest-django does so too, but pytest then brings tests together that share a
    browser. Put first those that read every page: the first batch goes to one process, and the pages are made once.
    """
    for item in items:
        if is_quick(item):
            item.add_marker(pytest.mark.quick)
    yield
    items.sort(key=lambda item: (flushes_database(item), not reads_every_page(item)))


def reads_every_page(item: pytest.Item) -> bool:
    """Whether a test needs all pages, which take a minute and are kept by a process."""
    return "shown_pages" in getattr(item, "fixturenames", ())


def flushes_database(item: pytest.Item) -> bool:
    """Whether the database is emptied after a test, because it commits."""
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_marked or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def is_quick(item: pytest.Item) -> bool:
    """Whether a test needs neither database, nor server, nor browser, nor compiled kernel."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return not (
        NOT_QUICK_PATHS & {item.path, *item.path.parents}
        or NOT_QUICK_FIXTURES & fixtures
        or any(item.get_closest_marker(name) for name in NOT_QUICK_MARKERS)
    )


@pytest.fixture(scope="session", params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["few", "full"])
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to try in full numbers: each test that asks is there twice, and the full one is marked slow."""
    return bool(request.param)


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Each test begins in the site's language: a request leaves the language of its reader active."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _use_quick_password_hasher() -> Iterator[None]:
    """Replace Argon2, which is slow on purpose: tests create hundreds of users."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _find_static_files_when_asked() -> Iterator[None]:
    """Each client of a test starts the middleware anew, which would list all static files each time."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _use_temporary_erasure_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the erasures of tests out of the developer's own erasure log."""
    with override_settings(ERASURE_LOG=tmp_path_factory.mktemp("erasure-log") / "erasures.jsonl"):
        yield


@pytest.fixture(scope="session")
def application_role(django_db_setup: None, django_db_blocker: Any) -> str:
    """Create a database role with the application's rights in this process's database; return its name."""
    with django_db_blocker.unblock():
        role = f"application_of_{connection.settings_dict['NAME']}"
        grant_application_rights(role=role)
    return role


@pytest.fixture(autouse=True)
def _count_everyone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no person out of counts by the secret draw, but in tests that are about it (`hides_some`)."""
    if not request.node.get_closest_marker("hides_some"):
        monkeypatch.setattr(supply_estimate, "draw_hidden_people", lambda question: 0)


@pytest.fixture(autouse=True)
def _reset_read_counters() -> None:
    """Empty the process-local caches, which no rollback empties."""
    for name in ("here", "explanations"):
        caches[name].clear()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def mailoutbox(request: pytest.FixtureRequest, mailoutbox: Any) -> Any:
    """The mail that left, with the letters with codes that would leave at once."""
    return mailoutbox if is_quick(request.node) else DeliveredMail()


@pytest.fixture(scope="session")
def recorded_cast(django_db_setup: None, django_db_blocker: Any) -> RecordedRows[Cast]:
    """Return the cast with its rows: its actions run once in a process, and not for each of the tests."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        return RecordedRows(lambda: assemble_cast(NOW))


@pytest.fixture
def cast(db: None, recorded_cast: RecordedRows[Cast]) -> Iterator[Cast]:
    """Rita reviews; Carol manages a verified campaign; Alice fits its request, Bob does not, Dave has no profile.

    The clock stands at NOW, for views that read it.
    """
    with time_machine.travel(NOW, tick=False):
        yield recorded_cast.restore()


def let_offers_leave_at_once(**_: Any) -> None:
    """Let offers leave at once, also after a flush: who tests that an approval can be undone says so."""
    if "matching_policy" in connection.introspection.table_names():
        Policy.objects.update(undo_minutes=0)


post_migrate.connect(let_offers_leave_at_once, dispatch_uid="tests.conftest.let_offers_leave_at_once")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Copy the test's database from a migrated one.

    The live server's threads must not keep it open when it is dropped.
    """
    for alias in ("default", "counters"):
        connections.databases[alias]["CONN_MAX_AGE"] = 0
    with django_db_blocker.unblock():
        connections.databases["default"]["TEST"]["TEMPLATE"] = prepare_migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Close the second connection, and drop the test's database even if a thread of a test still has a session."""

    def drop_by_force(name: str, verbosity: int) -> None:
        with connection.creation._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")

    yield
    connections["counters"].close()
    connection.creation._destroy_test_db = drop_by_force  # type: ignore[attr-defined]


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """Return a function that makes a client of the API, signed in as a user, or anonymous for None.

    All of its requests have one id, so that the same refusal has the same body.
    """

    def signed_in(user: User | None) -> APIClient:
        client = APIClient(headers={"X-Request-Id": REQUEST_ID})
        if user is not None:
            authenticate_client(client, user)
        return client

    return signed_in


@pytest.fixture
def reviewer_client(cast: Cast) -> Client:
    """A browser without scripts in which Rita is signed in."""
    client = Client()
    sign_in_browser(client, cast.rita)
    return client


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium. Without it browser tests are skipped, but fail where CI is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "No Chromium found. Install one (Debian: apt-get install chromium) to run the browser tests."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path
