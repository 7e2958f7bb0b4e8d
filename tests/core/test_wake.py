import time
from collections.abc import Iterator

import pytest
from kombu.exceptions import OperationalError

from core import wake
from tests.cast import person


@pytest.fixture(autouse=True)
def _a_broker_that_is_there() -> Iterator[None]:
    yield
    wake._Broker.away_until = 0.0


def test_a_broker_that_is_away_holds_up_the_first_who_asks_and_nobody_after(  # type: ignore[no-untyped-def]
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[str] = []

    def away(task: str, **_: object) -> None:
        asked.append(task)
        raise OperationalError("Connection refused.")

    monkeypatch.setattr("core.wake.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        person("alice")
        for number in range(3):
            wake.wake("one", number=number)
    assert asked == ["one"]

    now = time.monotonic()
    monkeypatch.setattr("core.wake.time.monotonic", lambda: now + wake.AWAY_SECONDS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        wake.wake("two")
    assert asked == ["one", "two"]
