import errno
from pathlib import Path

from local.user_facing_error import describe_error, describe_failed_program


def test_a_full_disk_is_named_whoever_met_it() -> None:
    expected = "No space left on var/log: free some and start again."
    assert str(describe_error(OSError(errno.ENOSPC, "No space left on device", "var/log"))) == expected
    said = "initdb: error: could not write: No space left on device\nremoving contents"
    assert str(describe_failed_program("PostgreSQL did not start", said, Path("var/log"))) == expected


def test_a_forbidden_file_is_named() -> None:
    problem = describe_error(PermissionError(errno.EACCES, "Permission denied", "var/secret_key"))
    assert str(problem) == "This account may not use var/secret_key: give it access, or start as another user."


def test_a_failed_program_is_quoted_by_its_last_line() -> None:
    problem = describe_failed_program("It did not start", "first\nlast words\n\n", "its.log")
    assert str(problem) == "It did not start: last words (all it said is in its.log)."
