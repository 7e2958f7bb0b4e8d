"""The file of rejected rows: new, whole or not there, and in no other file's place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from core.errors import Invalid

MAX_REJECTS_FILES = 1_000  # beside one spreadsheet


def choose_rejects_path(spreadsheet: Path) -> Path:
    """Return the first free name beside the spreadsheet: `people.rejected.csv`, then `people.rejected-2.csv`.

    So a file that a person is correcting stays. Raises Invalid when there are too many.
    """
    for number in range(1, MAX_REJECTS_FILES + 1):
        path = spreadsheet.with_suffix(".rejected.csv" if number == 1 else f".rejected-{number}.csv")
        if not os.path.lexists(path):
            return path
    raise Invalid(_("There are too many files of rejected rows beside %(file)s: remove some.") % {"file": spreadsheet})


@contextmanager
def create_rejects_file(path: Path) -> Iterator[TextIO]:
    """Open a new file that takes its name once it is whole. Empty, or after an error, there is none.

    Raises Invalid when the name is taken: a spreadsheet, a mapping or any other file is never written over or deleted.
    Raises OSError when the folder cannot be written.
    """
    try:
        # The name is taken first, by an empty file of ours. A link in its place is not followed.
        path.open("x").close()
    except FileExistsError as error:
        message = _("%(file)s is there already, and is not written over. Name a new file with --rejects.")
        raise Invalid(message % {"file": path}) from error
    unfinished: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        unfinished = Path(name)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        if unfinished.stat().st_size:
            unfinished.replace(path)
        else:
            path.unlink()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
