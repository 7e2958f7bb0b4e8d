"""The key file: 32 random bytes, which only its owner can read."""

import stat
from pathlib import Path

import pytest

from core.backups.key_file import create_key_file, read_key_file
from core.errors import Invalid


def test_a_new_key_is_random_and_for_its_owner_alone(tmp_path: Path) -> None:
    create_key_file(tmp_path / "one")
    create_key_file(tmp_path / "two")

    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600
    assert len(read_key_file(tmp_path / "one")) == 32
    assert read_key_file(tmp_path / "one") != read_key_file(tmp_path / "two")


def test_a_key_is_never_replaced(key_path: Path) -> None:
    before = key_path.read_bytes()

    with pytest.raises(Invalid, match="a key is never replaced"):
        create_key_file(key_path)

    assert key_path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        (None, 0o640, "Others can use the key file .*chmod 600"),
        (None, 0o604, "Others can use the key file"),
        (b" \n", 0o600, "is empty"),
        (b"c2hvcnQ=\n", 0o600, "is no key file"),
        (b"no base64!\n", 0o600, "is no key file"),
        (b"A" * 100_000, 0o600, "is no key file"),
    ],
)
def test_another_file_is_refused_with_a_sentence(
    key_path: Path, content: bytes | None, mode: int, sentence: str
) -> None:
    if content is not None:
        key_path.write_bytes(content)
    key_path.chmod(mode)

    with pytest.raises(Invalid, match=sentence):
        read_key_file(key_path)


def test_a_missing_key_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be read: No such file or directory"):
        read_key_file(tmp_path / "nothing")
