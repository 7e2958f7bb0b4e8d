"""The few things that can go wrong in an action. Each tells a person what to do next; every door translates it once."""


class HandraiserError(Exception):
    """Base of all errors that are an answer to a person, not a defect.

    `code` is stable and machine-readable; the message is a whole sentence. `field` names what to correct, if one thing.
    """

    code = "error"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(HandraiserError):
    """This person may not do this."""

    code = "not_allowed"


class MFARequired(NotAllowed):
    """This person's role asks for a second factor, and they have not signed in with one."""

    code = "second_factor_needed"


class ReauthenticationRequired(NotAllowed):
    """It takes somebody who has just shown that it is they."""

    code = "sign_in_again"


class InsufficientScope(NotAllowed):
    """The token with which somebody came is not good for this."""

    code = "scope_too_small"


class NotFound(HandraiserError):
    """There is nothing here that this person may know of."""

    code = "not_found"


class WrongState(HandraiserError):
    """The thing has moved on, so this can no longer be done to it."""

    code = "wrong_state"


class Full(HandraiserError):
    """The place is taken, or the hours are."""

    code = "full"


class Stale(HandraiserError):
    """Somebody else has changed this since it was read."""

    code = "stale"


class Invalid(HandraiserError):
    """What was given cannot be used."""

    code = "invalid"


class IdempotencyKeyReused(HandraiserError):
    """The key that makes a request safe to repeat came with another one before."""

    code = "key_reused"


class TooManyRequests(HandraiserError):
    """Enough for now; `retry_after` is how many seconds to wait."""

    code = "too_often"

    def __init__(self, message: str, *, retry_after: int, field: str = "") -> None:
        super().__init__(message, field=field)
        self.retry_after = retry_after
