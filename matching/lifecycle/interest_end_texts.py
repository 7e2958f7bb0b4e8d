"""Say to a volunteer in one sentence why an interest of theirs has ended, on pages and in letters."""

from django.utils.translation import gettext_lazy as _

from matching.rules.interest_ends import InterestEnd

INTEREST_END_TEXTS = {
    InterestEnd.OFFERED: _("It was offered to you."),
    InterestEnd.FILLED: _("Others do it by now. They were asked because all places are given out together."),
    InterestEnd.CLOSED: _("It is not needed any more. That has nothing to do with you."),
    InterestEnd.NOT_THIS_TIME: _(
        "Not this time: by the date that we named, it was not offered to you. All places are given out together, and "
        "so far this one did not come to you. If it is still open, you can say again that you’d like it."
    ),
    InterestEnd.WITHDRAWN: _("You took it back."),
    InterestEnd.UNAVAILABLE: _(
        "It ended with your time as a volunteer, without an answer. When you are back, you can ask again."
    ),
}
