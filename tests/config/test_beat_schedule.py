"""Beat: its messages expire, it remembers nothing, and no corrected clock silences it."""

from datetime import UTC, datetime, timedelta

import time_machine
from celery.beat import ScheduleEntry
from django.conf import settings

from config import celery_app
from config.beat_schedule import BEAT_SCHEDULE, MIN_EXPIRY_SECONDS, read_steady_clock
from local.process_commands import list_commands

HOUR = timedelta(hours=1)


def test_each_message_expires_before_a_backlog_can_grow() -> None:
    for entry in BEAT_SCHEDULE.values():
        seconds = entry["schedule"].run_every.total_seconds()
        assert entry["options"]["expires"] == max(seconds, MIN_EXPIRY_SECONDS)


def test_a_worker_listens_to_each_queue_of_beat() -> None:
    commands = list_commands("test", 8000)
    heard = {queue for words in commands.values() if "-Q" in words for queue in words[words.index("-Q") + 1].split(",")}

    assert {entry["options"]["queue"] for entry in BEAT_SCHEDULE.values()} <= heard


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    sweep = BEAT_SCHEDULE["sweep-matching"]
    entry = ScheduleEntry("sweep-matching", task=sweep["task"], schedule=sweep["schedule"], app=celery_app)

    with time_machine.travel(datetime.now(UTC) - HOUR):
        _is_due, seconds = entry.is_due()

    assert seconds <= sweep["schedule"].run_every.total_seconds()


def test_its_clock_goes_forward() -> None:
    first, second = read_steady_clock(), read_steady_clock()

    assert first <= second


def test_beat_keeps_no_file() -> None:
    assert settings.CELERY_BEAT_SCHEDULER == "celery.beat:Scheduler"
