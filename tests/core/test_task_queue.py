import time
from collections.abc import Iterator

import pytest
from kombu.exceptions import OperationalError

from core import task_queue
from tests.cast import create_user


@pytest.fixture(autouse=True)
def _a_broker_that_is_there() -> Iterator[None]:
    yield
    task_queue._BrokerStatus.unavailable_until = 0.0


def test_a_broker_that_is_away_holds_up_the_first_who_asks_and_nobody_after(  # type: ignore[no-untyped-def]
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[str] = []

    def away(task: str, **_: object) -> None:
        asked.append(task)
        raise OperationalError("Connection refused.")

    monkeypatch.setattr("core.task_queue.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        create_user("alice")
        for number in range(3):
            task_queue.send_task_on_commit("one", number=number)
    assert asked == ["one"]

    now = time.monotonic()
    monkeypatch.setattr("core.task_queue.time.monotonic", lambda: now + task_queue.BROKER_RETRY_SECONDS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        task_queue.send_task_on_commit("two")
    assert asked == ["one", "two"]
