import logging
import sys
from typing import Any

from django.conf import settings


def test_a_traceback_in_the_log_holds_no_values() -> None:
    formatters: Any = settings.LOGGING["formatters"]
    line = formatters["line"]
    formatter = line["()"](processor=line["processor"])
    try:
        _read_letter("sword" + "fish")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())

    text = formatter.format(record)

    assert "_read_letter" in text
    assert "swordfish" not in text


def _read_letter(letter: str) -> None:
    raise ValueError("unreadable")
