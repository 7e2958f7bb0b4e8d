"""The chunked cipher: what was sealed comes back whole, or is refused."""

import io
import os

import pytest

from core.backups.sealed_stream import CHUNK_BYTES, TAG_BYTES, DamagedError, open_stream, seal_stream

KEY = bytes(range(32))
SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES


def seal(text: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    seal_stream(io.BytesIO(text), target, key)
    return target.getvalue()


def unseal(sealed: bytes, key: bytes = KEY) -> bytes:
    return b"".join(open_stream(io.BytesIO(sealed), key))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_it_comes_back_whole(size: int) -> None:
    text = os.urandom(size)

    assert unseal(seal(text)) == text
    assert len(seal(text)) == size + TAG_BYTES * max(1, -(-size // CHUNK_BYTES))


TEXT = os.urandom(3 * CHUNK_BYTES + 10)
CHUNKS = [seal(TEXT)[at : at + SEALED_CHUNK] for at in range(0, len(seal(TEXT)), SEALED_CHUNK)]
FLIPPED = bytes([CHUNKS[1][0] ^ 1]) + CHUNKS[1][1:]


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param([], id="empty"),
        pytest.param(CHUNKS[:-1], id="cut between chunks"),
        pytest.param(CHUNKS[:1], id="only the first"),
        pytest.param([*CHUNKS[:-1], CHUNKS[-1][:-1]], id="one byte short"),
        pytest.param([*CHUNKS, b"x"], id="one byte long"),
        pytest.param([*CHUNKS, *CHUNKS], id="twice"),
        pytest.param([CHUNKS[1], CHUNKS[0], *CHUNKS[2:]], id="reordered"),
        pytest.param([CHUNKS[0], *CHUNKS[2:]], id="one left out"),
        pytest.param([CHUNKS[0], CHUNKS[0], *CHUNKS[1:]], id="one twice"),
        pytest.param([CHUNKS[0], FLIPPED, *CHUNKS[2:]], id="one bit"),
        pytest.param([*CHUNKS[:2], seal(TEXT, bytes(32))[2 * SEALED_CHUNK :]], id="the end of another"),
    ],
)
def test_what_was_changed_is_refused(damaged: list[bytes]) -> None:
    with pytest.raises(DamagedError):
        unseal(b"".join(damaged))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DamagedError):
        unseal(seal(b"rows"), bytes(32))
