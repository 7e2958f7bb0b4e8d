"""Gather everything that is wrong with an input, each at its path, so that all of it is told at once. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from core.errors import FieldError, InputError, Invalid, NotFound


class FieldErrors:
    """The errors of one input. Rules add to it, or raise into it; at the end `raise_if_any` raises one error."""

    def __init__(self, errors: Sequence[FieldError] = ()) -> None:
        # A dict keeps the order; two rules may find the same.
        self._errors: dict[tuple[str, str], FieldError] = {}
        for error in errors:
            self.add(error.path, error.message, reads=error.reads, is_missing=error.is_missing)

    def __bool__(self) -> bool:
        """Return whether anything is wrong."""
        return bool(self._errors)

    def add(self, path: str, message: str, *, reads: Sequence[str] = (), is_missing: bool = False) -> None:
        """Add what is wrong with the input at `path`; `reads` and `is_missing` are those of a `FieldError`."""
        self._errors.setdefault((path, message), FieldError(path, message, tuple(reads), is_missing))

    @contextmanager
    def collect(self, prefix: str = "", *, blame: Mapping[str, str] | None = None) -> Iterator[None]:
        """Take over an Invalid or a NotFound that is raised inside, its paths below `prefix`.

        `blame` leads from an input that was filled in to the one that it was filled in from, which is named instead.
        """
        try:
            yield
        except InputError as error:
            for found in error.errors:
                path, *reads = (
                    join_path(prefix, _find_blamed_path(path, blame or {})) for path in (found.path, *found.reads)
                )
                self.add(path, found.message, reads=reads, is_missing=found.is_missing)

    def raise_if_any(self, *, given: Collection[str] | None = None) -> None:
        """Raise Invalid with everything that was added; NotFound, if all of it names what does not exist.

        `given` are the names of the inputs that were given, if not all were: see `blame_given`.
        """
        errors = [*self._errors.values()]
        if errors:
            kind = NotFound if all(error.is_missing for error in errors) else Invalid
            raise kind.combine(errors if given is None else [blame_given(error, given) for error in errors])


def blame_given(error: FieldError, given: Collection[str]) -> FieldError:
    """Return the error at an input that was given: at the first of those it `reads`, if its own was not.

    An error that has nothing to do with what was given stays where it is.
    """
    path = next((path for path in (error.path, *error.reads) if path.partition(".")[0] in given), error.path)
    return replace(error, path=path)


def check_unique(values: Sequence[object], name: str, message: str) -> None:
    """Check that no two entries of a list have the same value under `name`. Raises Invalid, naming the later ones."""
    errors = FieldErrors()
    first_indexes: dict[object, int] = {}
    for index, value in enumerate(values):
        first = first_indexes.setdefault(value, index)
        if first != index:
            errors.add(join_path(str(index), name), message, reads=(join_path(str(first), name),))
    errors.raise_if_any()


def join_path(*steps: str) -> str:
    """Return the path through these steps; empty ones are left out."""
    return ".".join(step for step in steps if step)


def is_same_or_below(path: str, ancestor: str) -> bool:
    """Return whether `path` is `ancestor`, or leads to a part of it."""
    return path == ancestor or path.startswith(f"{ancestor}.")


def _find_blamed_path(path: str, blame: Mapping[str, str]) -> str:
    return next((cause for filled_in, cause in blame.items() if is_same_or_below(path, filled_in)), path)
