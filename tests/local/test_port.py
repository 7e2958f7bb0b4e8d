import socket
from collections.abc import Iterator

import pytest

from local.port import HOST, check_port_is_free
from local.user_facing_error import UserFacingError


@pytest.fixture
def probe() -> Iterator[socket.socket]:
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield bound


def test_a_port_that_somebody_serves_on_is_in_use(probe: socket.socket) -> None:
    probe.listen()
    port = probe.getsockname()[1]
    with pytest.raises(UserFacingError) as caught:
        check_port_is_free(port, "serve")
    assert str(caught.value) == f"Port {port} is in use. Choose another one: ./run serve --port {port + 1}"


def test_a_port_that_somebody_holds_without_serving_is_in_use(probe: socket.socket) -> None:
    with pytest.raises(UserFacingError, match="is in use"):
        check_port_is_free(probe.getsockname()[1], "demo")


def test_a_port_that_was_let_go_is_free(probe: socket.socket) -> None:
    port = probe.getsockname()[1]
    probe.close()
    check_port_is_free(port, "demo")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(UserFacingError, match=f"^{port} is not a port"):
        check_port_is_free(port, "demo")
