"""The first lines of a backup: readable without the key, and changed by nobody."""

import io
import re

import pytest

from core.backups.backup_header import BackupHeader, read_header, write_header
from core.errors import Invalid

KEY = bytes(32)
HEADER = BackupHeader("2026-03-02T12:00:00+00:00", {"core": "0001_initial"})


def write() -> tuple[bytes, bytes]:
    file = io.BytesIO()
    return write_header(file, HEADER, KEY), file.getvalue()


def test_it_says_when_and_of_which_schema() -> None:
    key, lines = write()

    header, same_key = read_header(io.BytesIO(lines + b"rows"), KEY)

    assert (header.made_at, header.migrations, same_key) == (HEADER.made_at, HEADER.migrations, key)
    assert lines.startswith(b"HANDRAISER BACKUP 1\n")


def test_each_file_has_a_key_of_its_own() -> None:
    header = BackupHeader(HEADER.made_at, HEADER.migrations)

    assert header.salt != HEADER.salt
    assert write_header(io.BytesIO(), header, KEY) != write()[0]


def test_a_changed_time_leads_to_another_key() -> None:
    key, lines = write()

    assert read_header(io.BytesIO(lines.replace(b"2026-03", b"2027-03")), KEY)[1] != key


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (b"", "is no backup of Handraiser"),
        (b"PGDMP" * 1000, "is no backup of Handraiser"),
        (b"HANDRAISER BACKUP 2\n{}\n", "format of this backup is not known"),
        (b"HANDRAISER BACKUP 1\n", "first lines of this backup are damaged"),
        (b"HANDRAISER BACKUP 1\n{}\n", "first lines of this backup are damaged"),
        (b"HANDRAISER BACKUP 1\n[1]\n", "first lines of this backup are damaged"),
        (re.sub(rb'"salt": "..', b'"salt": "xx', write()[1]), "first lines of this backup are damaged"),
        (write()[1].replace(b'"made_at": "', b'"made_at": 7, "x": "'), "first lines of this backup are damaged"),
    ],
)
def test_another_file_is_refused_with_a_sentence(lines: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_header(io.BytesIO(lines), KEY)


def test_another_key_is_named_as_such() -> None:
    with pytest.raises(Invalid, match="is not the one of this backup"):
        read_header(io.BytesIO(write()[1]), bytes([1] * 32))
