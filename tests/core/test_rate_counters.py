"""The counters of the rate limits hold when the table is full, in parallel, and when the request is rolled back."""

import base64
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client

from core import rate_counters
from core.models import RateCounter
from core.rate_counters import count_request, delete_expired_counters
from core.tasks import delete_rate_counters

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = 3600.0
OTHER_KEYS = 100_000


def count(key: str, *, limit: int = 10, at: datetime = AT) -> bool:
    return count_request(key, limit=limit, seconds=HOUR, at=at).is_allowed


def run_in_threads(work: Callable[[int], Any], *, times: int) -> list[Any]:
    """Call `work` from threads that start together, each with connections of its own, which commit."""
    start = Barrier(times)

    def go(number: int) -> Any:
        try:
            start.wait(30)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(go, range(times)))


@pytest.fixture
def committed_counters(db: None) -> Iterator[None]:
    """Delete what threads have counted, before and after: no rollback of a test reaches it."""
    run_in_threads(lambda _: cache.clear(), times=1)
    yield
    run_in_threads(lambda _: cache.clear(), times=1)


@pytest.fixture
def crowd(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many counters of others, each with an hour to go."""
    monkeypatch.setattr(rate_counters, "SIZE_CHECK_INTERVAL_SECONDS", 0.0)
    monkeypatch.setattr(rate_counters, "_size_guard", rate_counters._SizeGuard())
    with connections["counters"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_ratecounter (key, value, was_allowed, expires_at)"
            " SELECT 'other' || n, jsonb_build_array(%s::float8), true, %s FROM generate_series(1, %s) AS n",
            [AT.timestamp(), AT + timedelta(hours=1), OTHER_KEYS],
        )


def test_the_limit_holds_in_every_stretch_of_its_length(db: None) -> None:
    hits = [count("key", limit=2, at=AT + timedelta(minutes=minute)) for minute in (0, 50, 55, 61, 62, 111)]

    assert hits == [True, True, False, True, False, True]


def test_a_refusal_says_when_the_next_one_is_counted(db: None) -> None:
    count("key", limit=1)

    refused = count_request("key", limit=1, seconds=HOUR, at=AT + timedelta(minutes=45))

    assert (refused.is_allowed, refused.retry_after_seconds) == (False, 900.0)


def test_of_24_guesses_at_once_10_pass(committed_counters: None) -> None:
    passed = run_in_threads(lambda _: count("guess"), times=24)

    assert sum(passed) == 10


def test_of_24_sign_ins_at_once_5_are_tried(committed_counters: None) -> None:
    def sign_in(_: int) -> str:
        said = {"email": "stranger@example.org", "password": "wrong wrong wrong"}
        answer = Client().post("/api/v1/auth/app/v1/auth/login", said, content_type="application/json")
        return str(answer.status_code)

    codes = run_in_threads(sign_in, times=24)

    assert codes.count("400") == 5
    assert set(codes) == {"400", "429"}


def test_of_24_takers_of_a_lock_at_once_one_gets_it(committed_counters: None) -> None:
    assert sum(run_in_threads(lambda _: cache.add("lock", True, timeout=10), times=24)) == 1


def test_a_rollback_takes_no_count_back(db: None) -> None:
    for _ in range(10):
        with transaction.atomic():
            assert count("key")
            cache.set("attempts", [1.0])
            transaction.set_rollback(True)

    assert not count("key")
    assert cache.get("attempts") == [1.0]


def test_no_crowd_washes_a_counter_away(crowd: None) -> None:
    assert [count("victim") for _ in range(11)] == [True] * 10 + [False]
    with connections["counters"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_ratecounter (key, value, was_allowed, expires_at)"
            " SELECT 'late' || n, '[]', true, %s FROM generate_series(1, %s) AS n",
            [AT + timedelta(hours=1), OTHER_KEYS],
        )

    assert delete_expired_counters(at=AT + timedelta(minutes=59)) == 0
    assert not count("victim", at=AT + timedelta(minutes=59))
    assert RateCounter.objects.using("counters").count() == 2 * OTHER_KEYS + 1


def test_a_full_table_refuses_new_keys_and_keeps_the_old_ones(crowd: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert count("old", limit=2)
    assert count("locked", limit=1)
    monkeypatch.setattr(rate_counters, "MAX_RATE_COUNTERS", OTHER_KEYS)

    refused = count_request("new", limit=2, seconds=HOUR, at=AT)

    assert (refused.is_allowed, refused.retry_after_seconds) == (False, HOUR)
    assert not count("locked", limit=1)
    assert [count("old", limit=2) for _ in range(2)] == [True, False]
    assert RateCounter.objects.using("counters").count() == OTHER_KEYS + 2


def test_a_full_table_lets_nobody_past_allauth(crowd: None, monkeypatch: pytest.MonkeyPatch, time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)
    monkeypatch.setattr(rate_counters, "MAX_RATE_COUNTERS", OTHER_KEYS)

    assert not cache.add("lock", True, timeout=10)


def test_what_is_over_makes_room(crowd: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_counters, "MAX_RATE_COUNTERS", OTHER_KEYS)

    assert count("new", at=AT + timedelta(hours=1))
    assert RateCounter.objects.using("counters").count() == 1


def test_the_sweep_deletes_what_is_over_and_nothing_else(db: None) -> None:
    real = datetime.now(UTC)
    count("over", at=real - timedelta(hours=1))
    count("counts", at=real - timedelta(minutes=59))

    delete_rate_counters()

    assert list(RateCounter.objects.using("counters").values_list("key", flat=True)) == ["counts"]
    beat: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    schedules = {entry["task"]: entry["schedule"].run_every for entry in beat.values()}
    assert schedules["core.tasks.delete_rate_counters"] == timedelta(minutes=1)


def test_the_cache_keeps_a_value_until_its_end_and_a_day_at_most(db: None, time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)
    cache.set("brief", {"a": [1, 2.5]}, timeout=60)
    cache.set("long", "text", timeout=None)
    assert (cache.get("brief"), cache.get("long"), cache.get("none", "default")) == ({"a": [1, 2.5]}, "text", "default")
    assert not cache.add("brief", 1)

    time_machine.move_to(AT + timedelta(minutes=1), tick=False)
    assert (cache.get("brief"), cache.touch("brief"), cache.add("brief", 1), cache.get("brief")) == (
        None,
        False,
        True,
        1,
    )

    time_machine.move_to(AT + timedelta(days=1), tick=False)
    assert cache.get("long") is None


class Harmful:
    """Unpickling this makes a table."""

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, ("__import__('core.models').models.RateCounter.objects.using('counters').create(key='harm')",)


def test_a_pickle_in_a_row_is_text_and_nothing_else(db: None) -> None:
    pickled = base64.b64encode(pickle.dumps(Harmful())).decode()
    cache.set("attempts", [1.0])
    RateCounter.objects.using("counters").filter(key=":1:attempts").update(value=pickled)

    assert cache.get("attempts") == pickled
    assert not RateCounter.objects.using("counters").filter(key="harm").exists()


def test_no_cache_reads_pickles_from_the_database() -> None:
    backends: dict[str, Any] = settings.CACHES
    assert {each["BACKEND"] for each in backends.values()} == {
        "core.rate_counter_cache.RateCounterCache",
        "django.core.cache.backends.locmem.LocMemCache",
    }
