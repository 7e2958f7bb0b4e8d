"""A line of the log is JSON that names no person, whatever an exception or a library says."""

import json
import logging
import sys
from typing import Any

import psycopg
import pytest
import structlog
from django.test import RequestFactory

from config.log_redaction import describe_exception, hide_mail_addresses
from config.log_settings import build_log_settings

ADDRESS = "alice.doe+x@mail.example.org"


def write(record: logging.LogRecord) -> dict[str, Any]:
    line: Any = build_log_settings("INFO", as_json=True)["formatters"]["line"]
    formatter = line["()"](processor=line["processor"], foreign_pre_chain=line["foreign_pre_chain"])
    written: dict[str, Any] = json.loads(formatter.format(record))
    return written


def build_record(message: str, *arguments: Any, exc_info: Any = None) -> logging.LogRecord:
    return logging.LogRecord("any", logging.ERROR, __file__, 1, message, arguments, exc_info)


@pytest.mark.parametrize("before", ["", "\n", "\t", "é", '"', "<", "to\\", "user="])
def test_an_address_is_hidden_and_the_line_stays_json(before: str) -> None:
    event = write(build_record("%s", f"{before}{ADDRESS}, then {ADDRESS}"))["event"]
    assert ADDRESS not in event
    assert event.endswith("(address), then (address)")


@pytest.mark.parametrize("text", ["12:00:01", "celery@worker", "@", "a@b", "task[7]@"])
def test_other_texts_stay(text: str) -> None:
    assert hide_mail_addresses(text) == text


def test_an_exception_has_its_frames_and_numbers_and_not_its_message() -> None:
    words = " ".join(["Alice", "Doe"])
    try:
        try:
            raise ConnectionRefusedError(111, words)
        except OSError as error:
            raise ValueError(words) from error
    except ValueError as error:
        text = describe_exception(error)
        line = write(build_record(f"raised {error!r}: {error}", exc_info=sys.exc_info()))

    assert words not in text
    assert text.count("in test_an_exception_has_its_frames") == 2
    assert "ConnectionRefusedError errno=111\n\nThen:\n\n" in text
    assert text.endswith("\nValueError")
    assert (line["event"], line["exception"]) == ("raised ValueError: ValueError", text)


def test_an_exception_that_is_logged_by_us_is_written_too(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise psycopg.errors.UniqueViolation(f"Key (email)=({ADDRESS}) already exists.")
    except psycopg.Error:
        structlog.get_logger("ours").exception("failed", run="7")
        line = write(caplog.records[-1])
    assert (line["event"], line["run"]) == ("failed", "7")
    assert line["exception"].endswith("UniqueViolation sqlstate=23505")


def test_a_record_about_a_request_names_its_route(rf: RequestFactory) -> None:
    for path, route in (
        ("/open-roles/7f0c1b8e-0000-4000-8000-000000000000/", "/open-roles/<uuid:open_role>/"),
        ("/people/Alice Doe", "(no such page)"),
        ("/péople/Alice", "(no such page)"),
        ("/", "/"),
    ):
        record = build_record("Not Found: %s", path)
        record.request = rf.get(path)
        assert write(record)["event"] == f"Not Found: {route}"


@pytest.mark.parametrize(
    "message",
    [
        "Forbidden (Origin checking failed - https://secret.example does not match any trusted origins.): /me/",
        "Forbidden (Referer checking failed - https://secret.example/x does not match any trusted origins.): /me/",
        "Invalid HTTP_HOST header: 'secret.example'. You may need to add 'secret.example' to ALLOWED_HOSTS.",
    ],
)
def test_what_a_caller_wrote_in_a_refused_header_is_left_out(message: str) -> None:
    record = logging.LogRecord("django.security.csrf", logging.WARNING, __file__, 1, message, (), None)
    event = write(record)["event"]
    assert "secret" not in event
    assert event.endswith(("checking failed", "HTTP_HOST header"))
