"""The settings of the logs: one event a line, and JSON where machines read them."""

import copy
import logging
from typing import Any

import structlog

from config.logged_addresses import describe_address
from core.link_secrets import hide_link_secrets

_LOG_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,  # the ids of request and task: see core/request_ids.py
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
structlog.configure(
    processors=[*_LOG_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
)


class LineFormatter(structlog.stdlib.ProcessorFormatter):
    """Write a record as a line without the secrets of links: Django names the address of each request that fails."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return hide_link_secrets(super().format(_describe_addresses(record)))


def _describe_addresses(record: logging.LogRecord) -> logging.LogRecord:
    """Return the record with the addresses that Django gives as arguments as the logs may hold them."""
    if not isinstance(record.args, tuple) or not record.args:
        return record
    path, args = getattr(getattr(record, "request", None), "path", None), record.args
    described = copy.copy(record)
    if record.name == "django.server":
        first, *others = args  # the line of the request: GET /path?query HTTP/1.1
        described.args = (_describe_request_line(str(first)), *others)
    elif path is not None:
        described.args = tuple(describe_address(path) if arg == path else arg for arg in args)
    return described


def _describe_request_line(line: str) -> str:
    method, _, rest = line.partition(" ")
    target, _, version = rest.rpartition(" ")
    return f"{method} {describe_address(target.partition('?')[0])} {version}" if target else "(not a request)"


def build_log_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Return the settings of Python's logging, which writes records from `level` on to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": LineFormatter,
                "foreign_pre_chain": _LOG_PROCESSORS,  # for records of Django and of libraries
                "processor": structlog.processors.JSONRenderer()
                if as_json
                else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
