"""The port that the web process will listen on."""

import errno
import socket

from local.user_facing_error import UserFacingError

HOST = "127.0.0.1"


def check_port_is_free(port: int, command: str) -> None:
    """Raise a UserFacingError unless the port can be listened on now."""
    if not 1 <= port <= 65535:
        raise UserFacingError(f"{port} is not a port. Choose one from 1024 to 65535: ./run {command} --port 8001")
    if is_port_answering(port):
        raise _port_in_use(port, command)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _port_in_use(port, command) from error
            raise UserFacingError(
                f"This account may not use port {port}. Choose one above 1023: ./run {command} --port 8001"
            ) from error


def is_port_answering(port: int) -> bool:
    """Whether a server accepts connections there: on macOS one on all addresses does not prevent our binding."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _port_in_use(port: int, command: str) -> UserFacingError:
    other = port + 1 if port < 65535 else 8000
    return UserFacingError(f"Port {port} is in use. Choose another one: ./run {command} --port {other}")
