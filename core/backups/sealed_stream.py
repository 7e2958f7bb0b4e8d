"""Encrypt a stream in chunks, so that a changed, cut, joined or reordered file is refused.

This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance, 2015) with AES-256-GCM: the nonce of a chunk is its number, and whether it is the last.
The nonces begin again with each stream, so each stream must have a key of its own.
"""

from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
NUMBER_BYTES = 11  # of the nonce's 12


class DamagedError(Exception):
    """The stream is not, from its first to its last byte, what was sealed with this key."""


def seal_stream(source: IO[bytes], target: IO[bytes], key: bytes) -> None:
    """Write all that `source` has to `target`, encrypted. `key` has 32 bytes and is used for this stream alone."""
    cipher = AESGCM(key)
    for number, (chunk, is_last) in enumerate(_read_chunks(source, CHUNK_BYTES)):
        target.write(cipher.encrypt(_build_nonce(number, is_last=is_last), chunk, None))


def open_stream(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the chunks that were sealed. Raises DamagedError, perhaps after chunks that are whole."""
    cipher = AESGCM(key)
    for number, (sealed, is_last) in enumerate(_read_chunks(source, CHUNK_BYTES + TAG_BYTES)):
        try:
            yield cipher.decrypt(_build_nonce(number, is_last=is_last), sealed, None)
        except InvalidTag:
            raise DamagedError from None


def _read_chunks(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield chunks of this size, and whether each is the last. An empty stream is one empty chunk."""
    chunk = source.read(size)
    while following := source.read(size):
        yield chunk, False
        chunk = following
    yield chunk, True


def _build_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(NUMBER_BYTES, "big") + bytes([is_last])
