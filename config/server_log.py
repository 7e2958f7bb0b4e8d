"""The log of the web server itself: its errors are written as the application's are, and name no person either."""

import logging
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from config.log_settings import build_log_settings


class ServerLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger. Left to itself it would write the whole address of a request that failed, and what it said."""

    def setup(self, cfg: Any) -> None:
        """Set the handlers up as gunicorn does, and give those of errors our format."""
        super().setup(cfg)
        line = build_log_settings("INFO", as_json=True)["formatters"]["line"]
        build_formatter = line.pop("()")
        formatter: logging.Formatter = build_formatter(**line)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter)
