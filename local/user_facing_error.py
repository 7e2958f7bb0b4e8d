"""Failures that the person at the terminal can do something about: one sentence each."""

import errno

NO_SPACE_MARKS = ("No space left on device", f"[Errno {errno.ENOSPC}]")


class UserFacingError(Exception):
    """Its text is a whole sentence that says what is wrong and what to do."""


def disk_full_error(where: object) -> UserFacingError:
    """The error of a full disk, wherever it was met."""
    return UserFacingError(f"No space left on {where}: free some and start again.")


def describe_error(error: UserFacingError | OSError) -> UserFacingError:
    """The error itself, or what to show for an OSError that no caller has explained."""
    if isinstance(error, UserFacingError):
        return error
    if error.errno == errno.ENOSPC:
        return disk_full_error(error.filename or "the disk")
    if isinstance(error, PermissionError):
        return UserFacingError(f"This account may not use {error.filename}: give it access, or start as another user.")
    reason = f"{error.strerror or error} ({error.filename or 'no file'})"
    return UserFacingError(f"{reason}: put that right and start again.")


def describe_failed_program(what: str, output: str, log: object) -> UserFacingError:
    """The error to show for a program that failed.

    `what` begins the sentence ("PostgreSQL did not start"), `output` is what it printed, `log` is where all of it is.
    """
    if any(mark in output for mark in NO_SPACE_MARKS):
        return disk_full_error(log)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reason = lines[-1] if lines else "it said nothing"
    return UserFacingError(f"{what}: {reason} (all it said is in {log}).")
