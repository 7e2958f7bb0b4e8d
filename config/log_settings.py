"""The settings of the logs: one event a line, and JSON where machines read them."""

import logging
from typing import Any

import structlog

from config.log_redaction import add_request, hide_mail_addresses, hide_sent_headers, render_json_line
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
    """Write a record as a line without the secrets of links and without mail addresses, from any logger."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return hide_mail_addresses(hide_link_secrets(super().format(record)))


def build_log_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Return the settings of Python's logging, which writes records from `level` on to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": LineFormatter,
                # for records of Django and of libraries
                "foreign_pre_chain": [*_LOG_PROCESSORS, add_request, hide_sent_headers],
                "processor": render_json_line
                if as_json
                else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
