"""What people read of a match that is over: on the volunteer's pages, in letters, and when an answer comes too late.

The label of the state itself, which the API and the admin show, is in matching/rules/states.py.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from matching.rules.reasons import AutomaticReason, RefuseReason
from matching.rules.states import MatchState

Text = str | Promise

OFFER_EXPIRED_SUBJECT = gettext_lazy("Your answer is no longer needed")
OFFER_EXPIRED_LETTER = gettext_lazy(
    "Hello %(name)s,\n\nthe time to answer is over, so we ask the next person. It does not set you back. "
    "If you have less time at the moment, change your hours or pause."
)
"""The letter about an offer without an answer in time. The page about it has the text of `ENDS`."""

LATE_ANSWER_TEXTS: dict[MatchState, Text] = {
    MatchState.EXPIRED: gettext_lazy(
        "Sorry: the time to answer was over, so we asked the next person. It does not set you back."
    ),
    MatchState.SUPERSEDED: gettext_lazy(
        "Sorry: plans changed before your answer came. It does not set you back, and we go on looking for you."
    ),
}
"""What an answer is told that comes after the offer, by the state of the match by then."""

END_REASON_TEXTS: dict[str, Text] = {
    AutomaticReason.OTHER_ACCEPTED_FIRST: gettext_lazy(
        "we asked several people at once, and somebody else said yes first"
    ),
    AutomaticReason.SEAT_CLOSED: gettext_lazy("the place is no longer needed"),
    AutomaticReason.REQUEST_CANCELLED: gettext_lazy("the project was called off"),
    AutomaticReason.CAMPAIGN_STOPPED: gettext_lazy("all work there was stopped, and not because of you"),
    AutomaticReason.CAMPAIGN_SILENT: gettext_lazy("the other side did not answer in time"),
    AutomaticReason.TEAM_INCOMPLETE: gettext_lazy("the team was not complete in time"),
    AutomaticReason.REQUEST_ENDED: gettext_lazy("the time of the project was over"),
    RefuseReason.ALREADY_FILLED: gettext_lazy("somebody is doing it by now"),
    AutomaticReason.VETO: gettext_lazy("you said that you do not want to be asked about this again"),
    AutomaticReason.TERMS_CHANGED: gettext_lazy(
        "what was asked for has changed, and is no longer what you were asked for"
    ),
}
"""The end of “this time nothing comes of it: …”, in the letter about another end, by its reason."""


@dataclass(frozen=True, slots=True)
class MatchEnd:
    """How something ended, for its volunteer: a label of a few words, and a sentence."""

    label: Text
    sentence: Text


_KEPT_TURN = gettext_lazy("It came to nothing this time. It does not set you back, and we go on looking.")

ENDS: dict[str, MatchEnd] = {
    MatchState.COMPLETED: MatchEnd(gettext_lazy("Done"), gettext_lazy("You handed it over. Thank you for your work.")),
    MatchState.DECLINED: MatchEnd(
        gettext_lazy("You said no"), gettext_lazy("That’s fine. It does not set you back, and we go on looking.")
    ),
    MatchState.EXPIRED: MatchEnd(
        gettext_lazy("No answer in time"),
        gettext_lazy(
            "We asked you, and no answer came in time, so we asked the next person. "
            "We go on looking, and it does not set you back."
        ),
    ),
    MatchState.WITHDRAWN: MatchEnd(
        gettext_lazy("You stepped out"), gettext_lazy("They know that you can’t go on. It does not set you back.")
    ),
    MatchState.REFUSED: MatchEnd(gettext_lazy("Not this time"), _KEPT_TURN),
    MatchState.RELEASED: MatchEnd(gettext_lazy("Ended early"), _KEPT_TURN),
    MatchState.SUPERSEDED: MatchEnd(gettext_lazy("Plans changed"), _KEPT_TURN),
}

AUTOMATIC_ENDS: dict[str, Text] = {
    AutomaticReason.OTHER_ACCEPTED_FIRST: gettext_lazy(
        "We asked several people at once, and another one said yes first. It does not set you back."
    ),
    AutomaticReason.SEAT_CLOSED: gettext_lazy("They no longer need this place. It does not set you back."),
    AutomaticReason.REQUEST_CANCELLED: gettext_lazy("They called the project off. It does not set you back."),
    AutomaticReason.CAMPAIGN_STOPPED: gettext_lazy(
        "All work there was stopped, and not because of you. No one there sees you any more. It does not set you back."
    ),
    AutomaticReason.CAMPAIGN_SILENT: gettext_lazy(
        "They did not answer in time, so you are free. It does not set you back."
    ),
    AutomaticReason.TEAM_INCOMPLETE: gettext_lazy("The team was not complete in time. It does not set you back."),
    AutomaticReason.VOLUNTEER_LEFT: gettext_lazy("You left, so this ended too."),
    AutomaticReason.REQUEST_ENDED: gettext_lazy("The time of the project was over. It does not set you back."),
    AutomaticReason.TERMS_CHANGED: gettext_lazy("What they ask for has changed a lot. It does not set you back."),
    AutomaticReason.VETO: gettext_lazy("You said that you do not want to be asked about this again."),
}
"""In place of the sentence in `ENDS`, where the match ended by itself."""
