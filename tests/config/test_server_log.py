"""The web server's own log names no person and no secret, as the application's log does not."""

import json

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]

from config.server_log import ServerLogger

SECRET = "abcDEF123-_:x.y"


def test_a_failed_request_is_logged_without_its_secret_and_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    logger = ServerLogger(Config())
    words = ", ".join(["Alice" + " Doe", "alice@example.org"])
    try:
        raise ValueError(words)
    except ValueError:
        logger.exception("Error handling request %s", f"/join/{SECRET}/?next=alice@example.org")

    line = json.loads(capsys.readouterr().err)
    assert line["event"].startswith("Error handling request /join/")
    assert line["level"] == "error"
    assert "test_a_failed_request" in line["exception"]
    for word in (SECRET, "alice", "Alice"):
        assert word not in str(line)
