"""SMTP with a limit over a whole letter: a server that answers a byte at a time must not hold a worker for good.

The timeout of a socket begins anew with each byte, so it does not bound a letter.
"""

import smtplib
import socket
import threading
from contextlib import suppress
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

MAX_LETTER_SECONDS = 30.0


class _SocketLimit:
    """Shuts a socket down after a number of seconds, which `restart` counts from now."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.is_over = False
        self._socket, self._seconds = sock, seconds
        self._timer: threading.Timer | None = None
        self.restart()

    def restart(self) -> None:
        self.cancel()
        self._timer = threading.Timer(self._seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _shut(self) -> None:
        self.is_over = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


class _LimitedMixin:
    limit: _SocketLimit | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.limit = _SocketLimit(sock, MAX_LETTER_SECONDS)
        return sock

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        if self.limit is not None:
            self.limit.cancel()


class LimitedSMTP(_LimitedMixin, smtplib.SMTP):
    """An SMTP connection that is shut down `MAX_LETTER_SECONDS` after it was opened, or after `limit.restart()`."""


class LimitedSMTPOverTLS(_LimitedMixin, smtplib.SMTP_SSL):
    """The same over TLS."""


class LimitedEmailBackend(EmailBackend):
    """Django's SMTP backend with that limit, for each letter of a connection."""

    @property
    def connection_class(self) -> Any:
        """Return the class of the connection."""
        return LimitedSMTPOverTLS if self.use_ssl else LimitedSMTP

    @property
    def has_run_out_of_time(self) -> bool:
        """Return whether the connection was shut down because its letter took too long."""
        limit = getattr(self.connection, "limit", None)
        return limit is not None and limit.is_over

    def begin_letter(self) -> None:
        """Give the next letter of an open connection the whole time."""
        limit = getattr(self.connection, "limit", None)
        if limit is not None:
            limit.restart()
