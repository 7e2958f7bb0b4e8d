"""The errors that an action can raise.

Each message says what is wrong and what to do next. Pages, the admin and the API each translate them in one place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self


class HandraiserError(Exception):
    """Base of all errors that answer a user and are no defect.

    `code` is stable and machine-readable; `message` is a whole sentence. `field` names the input to correct, if it is
    one.
    """

    code = "error"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(HandraiserError):
    """The user may not do this."""

    code = "not_allowed"


class MFARequired(NotAllowed):
    """The user's role needs a second factor, and this sign-in has none. `has_factor`: they have set one up."""

    code = "second_factor_needed"

    def __init__(self, message: str, *, has_factor: bool = False) -> None:
        super().__init__(message)
        self.has_factor = has_factor


class ReauthenticationRequired(NotAllowed):
    """The user must sign in again to do this."""

    code = "sign_in_again"


class InsufficientScope(NotAllowed):
    """The scope of the token does not cover this."""

    code = "scope_too_small"


class WrongState(HandraiserError):
    """The object is in a state that does not allow this."""

    code = "wrong_state"


class TooMany(WrongState):
    """There are as many as there may be at once; one of them has to end first."""

    code = "too_many"


class Full(HandraiserError):
    """No seat is left, or too few hours are."""

    code = "full"


class Stale(HandraiserError):
    """Another user has changed this since it was read."""

    code = "stale"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one input.

    `path` leads to it by names and indexes, as in `roles.1.skill`; "" is the input as a whole. `reads` are the paths of
    the other inputs that were judged with it: one of them may be the one to correct.
    `is_missing`: it names something that does not exist.
    """

    path: str
    message: str
    reads: tuple[str, ...] = ()
    is_missing: bool = False


class InputError(HandraiserError):
    """Inputs cannot be used. `errors` holds what is wrong with each; `field` is the path of the first."""

    is_missing: ClassVar[bool] = False

    def __init__(self, message: str, *, field: str = "", reads: tuple[str, ...] = ()) -> None:
        super().__init__(message, field=field)
        self.errors: tuple[FieldError, ...] = (FieldError(field, message, reads, self.is_missing),)

    @classmethod
    def combine(cls, errors: Sequence[FieldError]) -> Self:
        """Return one error that holds all of these, of which there is at least one. Its message has every sentence."""
        combined = cls(" ".join(dict.fromkeys(error.message for error in errors)), field=errors[0].path)
        combined.errors = tuple(errors)
        return combined


class Invalid(InputError):
    """Inputs have a wrong shape, break a rule, or name a code that we do not know."""

    code = "invalid"


class NotFound(InputError):
    """The object does not exist, or the user may not know that it does. `field` is set where an input named it."""

    code = "not_found"
    is_missing = True


class IdempotencyKeyReused(HandraiserError):
    """An earlier and different request had the same idempotency key."""

    code = "key_reused"


class TooManyRequests(HandraiserError):
    """A rate limit is reached; `retry_after` is how many seconds to wait."""

    code = "throttled"

    def __init__(self, message: str, *, retry_after: int, field: str = "") -> None:
        super().__init__(message, field=field)
        self.retry_after = retry_after
