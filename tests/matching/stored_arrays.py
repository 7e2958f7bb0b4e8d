"""Stored arrays of a run as an older version of the code wrote them."""

import io

import numpy as np


def without_array(packed: bytes, name: str) -> bytes:
    """The same as if it had been packed before `Problem` had the array of this name."""
    written = io.BytesIO()
    with np.load(io.BytesIO(packed)) as arrays:
        np.savez_compressed(written, **{other: arrays[other] for other in arrays if other != name})
    return written.getvalue()
