"""The reasons with which a match ends."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.enums import ViewerKind
from matching.rules.states import MatchState


class RejectReason(models.TextChoices):
    """Why a reviewer rejects a proposal."""

    FIT = "fit", _("Not the right fit")
    LEVEL = "level", _("The skill's level is in doubt")
    CONFLICT = "conflict", _("Conflict of interest")
    TRUST = "trust", _("Needs vetting first")
    TIMING = "timing", _("Wrong time")
    OTHER = "other", _("Something else")


class DeclineReason(models.TextChoices):
    """Why a volunteer declines; giving a reason is optional."""

    NOT_GIVEN = "", _("Rather not say")
    TIME = "time", _("No time")
    TASK = "task", _("Not the kind of work I want")
    CAMPAIGN = "campaign", _("Not this campaign now")
    NEVER = "never", _("Never this campaign")
    LEVEL = "level", _("I do not know this well enough")
    OTHER = "other", _("Something else")


class RefuseReason(models.TextChoices):
    """Why a campaign refuses a volunteer who has accepted."""

    LEVEL = "level", _("The skill's level is in doubt")
    HOURS = "hours", _("The hours do not work")
    ALREADY_FILLED = "already_filled", _("Somebody is doing it by now")
    NEVER = "never", _("Never this person")
    OTHER = "other", _("Something else")


class EndReason(models.TextChoices):
    """Why the user ends a match early; giving a reason is optional."""

    NOT_GIVEN = "", _("Rather not say")
    TIME = "time", _("No time any more")
    FIT = "fit", _("It did not fit")
    NEED = "need", _("No longer needed")
    CONDUCT = "conduct", _("Conduct")
    OTHER = "other", _("Something else")


class WithdrawReason(models.TextChoices):
    """Why a volunteer withdraws; giving a reason is optional. Each is an `EndReason`, in the volunteer's words."""

    NOT_GIVEN = "", _("Rather not say")
    TIME = "time", _("I have no time any more")
    FIT = "fit", _("It was not the right work for me")
    NEED = "need", _("They do not need me any more")
    CONDUCT = "conduct", _("How people were treated")
    OTHER = "other", _("Something else")


class AutomaticReason(models.TextChoices):
    """Why a match ended by itself, without a user's choice."""

    OTHER_ACCEPTED_FIRST = "other_accepted_first", _("Somebody else said yes first")
    SEAT_CLOSED = "seat_closed", _("The place is no longer needed")
    REQUEST_CANCELLED = "request_cancelled", _("The project was called off")
    CAMPAIGN_STOPPED = "campaign_stopped", _("All work for the campaign was stopped")
    CAMPAIGN_SILENT = "campaign_silent", _("The campaign did not answer in time")
    TEAM_INCOMPLETE = "team_incomplete", _("The team was not complete in time")
    VOLUNTEER_LEFT = "volunteer_left", _("The person is no longer available")
    REQUEST_ENDED = "request_ended", _("The project's time was over")
    TERMS_CHANGED = "terms_changed", _("What was asked for has changed")
    VETO = "veto", _("The volunteer said never")
    PLANS_CHANGED = "plans_changed", _("Plans changed")


REASONS_BY_ACTION: dict[str, type[models.TextChoices]] = {
    "reject": RejectReason,
    "decline": DeclineReason,
    "refuse": RefuseReason,
    "withdraw": WithdrawReason,
    "release": EndReason,
    "finish": EndReason,
    "cancel": EndReason,
}
"""The reasons that an action may have. Rejecting and refusing need one."""

REASONS_BY_STATE: dict[str, type[models.TextChoices]] = {
    MatchState.REJECTED: RejectReason,
    MatchState.DECLINED: DeclineReason,
    MatchState.REFUSED: RefuseReason,
    MatchState.WITHDRAWN: EndReason,
    MatchState.RELEASED: EndReason,
    MatchState.CLOSING: EndReason,
    MatchState.SUPERSEDED: EndReason,
}
"""The reasons that a person may have given for the step into a state. Any state may have an `AutomaticReason`."""


_LABELS_TO_VOLUNTEER: dict[str, Promise] = {
    AutomaticReason.VOLUNTEER_LEFT: _("You left"),
    AutomaticReason.VETO: _("You said never"),
}
"""What a volunteer reads in place of a label that speaks of them."""


def find_reason_label(state: str, reason: str | None, *, reader: ViewerKind) -> str | None:
    """Return a reason in the reader's words and the active language; None without one.

    The same code has several labels: they follow from the state and from who reads.
    """
    if not reason:
        return None
    if reader == ViewerKind.VOLUNTEER and reason in _LABELS_TO_VOLUNTEER:
        return str(_LABELS_TO_VOLUNTEER[reason])
    if reader == ViewerKind.VOLUNTEER and state == MatchState.WITHDRAWN and reason in WithdrawReason.values:
        return str(WithdrawReason(reason).label)
    if reason in AutomaticReason.values:
        return str(AutomaticReason(reason).label)
    return str(REASONS_BY_STATE[state](reason).label)
