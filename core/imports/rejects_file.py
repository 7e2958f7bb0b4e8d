"""The file of rejected rows: new, whole or not there, and in no other file's place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from core.errors import Invalid

MAX_REJECTS_FILES = 1_000  # beside one spreadsheet
REASON_COLUMN = "why rejected"
"""The column after those of the spreadsheet. It is ours: an import of the file leaves it out, and writes its own.

Cells for which the first row names no column stand behind it, so that a row that is too long stays too long.
"""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
def create_rejects_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a new file that takes its name once it is whole. Empty, or after an error, there is none.

    Raises Invalid when the name is taken, at first or at the end: a spreadsheet, a mapping or any other file is never
    written over or deleted. Raises OSError when the folder cannot be written.
    """
    if os.path.lexists(path):
        raise _name_is_taken(path)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unfinished = Path(name)
    try:
        # A character of ours that the spreadsheet's encoding does not have becomes a question mark.
        with open(descriptor, "w", encoding=encoding, errors="replace", newline="") as file:
            yield file
        if unfinished.stat().st_size:
            _take_name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _take_name(unfinished: Path, path: Path) -> None:
    """Give the file its name, unless another file has it by now. Raises Invalid."""
    try:
        try:
            # Another name of the same file: unlike a rename it replaces nothing, and it is there at once and whole.
            os.link(unfinished, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without such names
            with path.open("xb") as file, unfinished.open("rb") as source:
                shutil.copyfileobj(source, file)
    except FileExistsError as error:
        raise _name_is_taken(path) from error


def _name_is_taken(path: Path) -> Invalid:
    message = _("%(file)s is there already, and is not written over. Name a new file with --rejects.")
    return Invalid(message % {"file": path})


def escape_formula(cell: str) -> str:
    """Return the cell as a spreadsheet shows it: the file is opened in one, where a cell such as “=1+1” would run."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def unescape_formula(cell: str) -> str:
    """Return the cell as it was before `escape_formula`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS) else cell
