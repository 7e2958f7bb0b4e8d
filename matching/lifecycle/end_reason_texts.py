"""Texts of why a match ended, in the notice that says so."""

from django.utils.translation import gettext_lazy

from matching.lifecycle.match_notice_texts import NoticeText
from matching.rules.reasons import AutomaticReason, RefuseReason

END_REASON_TEXTS: dict[str, NoticeText] = {
    AutomaticReason.OTHER_ACCEPTED_FIRST: gettext_lazy(
        "we asked several people at once, and somebody else said yes first"
    ),
    AutomaticReason.SEAT_CLOSED: gettext_lazy("the place is no longer needed"),
    AutomaticReason.REQUEST_CANCELLED: gettext_lazy("the project was called off"),
    AutomaticReason.CAMPAIGN_SILENT: gettext_lazy("the other side did not answer in time"),
    AutomaticReason.TEAM_INCOMPLETE: gettext_lazy("the team was not complete in time"),
    AutomaticReason.REQUEST_ENDED: gettext_lazy("the time of the project was over"),
    RefuseReason.ALREADY_FILLED: gettext_lazy("somebody is doing it by now"),
    AutomaticReason.VETO: gettext_lazy("you said that you do not want to be asked about this again"),
    AutomaticReason.TERMS_CHANGED: gettext_lazy(
        "what was asked for has changed, and is no longer what you were asked for"
    ),
}
