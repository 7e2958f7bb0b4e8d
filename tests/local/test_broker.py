import socket
from pathlib import Path

import pytest

from local.broker import check_broker
from local.user_facing_error import UserFacingError


def test_a_broker_that_answers_is_taken(tmp_path: Path) -> None:
    check_broker({})
    with socket.create_server(("127.0.0.1", 0)) as server:
        check_broker({"REDIS_URL": f"redis://user:password@127.0.0.1:{server.getsockname()[1]}/0"})
    with socket.socket(socket.AF_UNIX) as local:
        local.bind(str(tmp_path / "s"))
        local.listen()
        check_broker({"REDIS_URL": f"redis+socket://{tmp_path / 's'}"})


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("redis://:password@127.0.0.1:1/0", "Nothing answers at 127.0.0.1:1"),
        ("redis+socket:///no/such/socket", "Nothing answers at /no/such/socket"),
        ("redis://host:port/0", "no port that can be read"),
    ],
)
def test_one_that_does_not_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        check_broker({"REDIS_URL": url})

    assert told in str(refused.value)
    assert "password" not in str(refused.value)
