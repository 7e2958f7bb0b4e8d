"""The port that the web process will listen on."""

import errno
import socket

from config.local.problem import Problem

HOST = "127.0.0.1"


def check_free(port: int, verb: str) -> None:
    """Raise a Problem unless the port can be listened on now."""
    if not 1 <= port <= 65535:
        raise Problem(f"{port} is not a port. Choose one from 1024 to 65535: ./run {verb} --port 8001")
    if is_answering(port):
        raise _in_use(port, verb)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _in_use(port, verb) from error
            raise Problem(
                f"This account may not use port {port}. Choose one above 1023: ./run {verb} --port 8001"
            ) from error


def is_answering(port: int) -> bool:
    """Whether somebody accepts connections there: on macOS a server on all addresses does not keep us from binding."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _in_use(port: int, verb: str) -> Problem:
    other = port + 1 if port < 65535 else 8000
    return Problem(f"Port {port} is in use. Choose another one: ./run {verb} --port {other}")
