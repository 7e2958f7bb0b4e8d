"""The table of periodic tasks has each task with its interval."""

import re
from typing import Any

from django.conf import settings

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "explanation" / "background-work.md"
ROW = re.compile(r"^\| `([\w.]+)` \| (\d+) \|", re.MULTILINE)


def test_each_periodic_task_is_in_the_table_with_its_interval() -> None:
    schedule: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    scheduled = {entry["task"]: entry["schedule"].run_every.total_seconds() for entry in schedule.values()}

    assert {task: int(seconds) for task, seconds in ROW.findall(PAGE.read_text())} == scheduled
