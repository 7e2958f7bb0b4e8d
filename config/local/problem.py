"""Failures that a person can do something about: one sentence each."""

import errno

NO_SPACE_MARKS = ("No space left on device", f"[Errno {errno.ENOSPC}]")


class Problem(Exception):
    """Its text is a whole sentence that tells the person what to do next."""


def no_space(where: object) -> Problem:
    """The problem of a full disk, wherever it was met."""
    return Problem(f"No space left on {where}: free some and start again.")


def from_os_error(error: OSError) -> Problem:
    """The sentence for an OSError that nobody else explained."""
    if error.errno == errno.ENOSPC:
        return no_space(error.filename or "the disk")
    if isinstance(error, PermissionError):
        return Problem(f"This account may not use {error.filename}: give it access, or start as another user.")
    return Problem(f"{error.strerror or error} ({error.filename or 'no file'}): put that right and start again.")


def from_output(what: str, output: str, where: object) -> Problem:
    """The sentence for a program that failed.

    `what` begins the sentence ("PostgreSQL did not start"), `output` is what it said, `where` names what holds it all.
    """
    if any(mark in output for mark in NO_SPACE_MARKS):
        return no_space(where)
    said = [line.strip() for line in output.splitlines() if line.strip()]
    reason = said[-1] if said else "it said nothing"
    return Problem(f"{what}: {reason} (all it said is in {where}).")
