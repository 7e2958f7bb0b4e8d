"""Texts of the notices about a match that its volunteer gets, with the states in which each is true.

Subjects and first lines give nothing away: others may see them on a locked screen.
"""

from django.utils.translation import gettext_lazy, ngettext_lazy

from core.enums import NoticeTopic
from core.notifications.notice_types import NoticePage
from matching.lifecycle.match_notice_text import MatchNoticeText
from matching.rules.end_texts import OFFER_EXPIRED_LETTER, OFFER_EXPIRED_SUBJECT
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState

_STATES_ENDED_BY_OTHERS = (MatchState.SUPERSEDED, MatchState.RELEASED, MatchState.REFUSED)

_ANSWER_PAGE = NoticePage("volunteer-offer", gettext_lazy("Look at it and answer"))
_END_PAGE = NoticePage("volunteer-offer", gettext_lazy("See how it ended"))

VOLUNTEER_NOTICE_TEXTS = (
    MatchNoticeText(
        MatchingNotice.OFFER,
        NoticeTopic.OFFERS,
        (MatchState.OFFERED,),
        gettext_lazy("There is an answer for you"),
        gettext_lazy(
            "Hello %(name)s,\n\nwe found something that fits your skills and your hours. "
            "Please sign in to see what it is, and say yes or no by %(until)s (your time).\n\n"
            "No is a good answer too: it does not set you back."
        ),
        is_urgent=True,
        emergency_subject=ngettext_lazy(
            "Urgent: please answer within %(minutes)d minute",
            "Urgent: please answer within %(minutes)d minutes",
            "minutes",
        ),
        emergency_text=ngettext_lazy(
            "Hello %(name)s,\n\nthis is urgent: you have %(minutes)d minute. Please sign in now, and say yes or no by "
            "%(until)s (your time).\n\nNo is a good answer too: it does not set you back, and frees us to ask others.",
            "Hello %(name)s,\n\nthis is urgent: you have %(minutes)d minutes. Please sign in now, and say yes or no by "
            "%(until)s (your time).\n\nNo is a good answer too: it does not set you back, and frees us to ask others.",
            "minutes",
        ),
        volunteer_page=_ANSWER_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.OFFER_REMINDER,
        NoticeTopic.OFFERS,
        (MatchState.OFFERED,),
        gettext_lazy("Your answer is awaited"),
        gettext_lazy(
            "Hello %(name)s,\n\nhalf of the time for your answer is over: please say yes or no by %(until)s "
            "(your time). After that we ask the next person, and it does not set you back."
        ),
        is_urgent=True,
        volunteer_page=_ANSWER_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.OFFER_CHANGED,
        NoticeTopic.OFFERS,
        (MatchState.OFFERED,),
        gettext_lazy("Something has changed: please answer again"),
        gettext_lazy(
            "Hello %(name)s,\n\nwhat you were asked about has changed. Your place is kept for you: please sign in, "
            "look at what it is now, and say yes or no by %(until)s (your time).\n\n"
            "No is a good answer too: it does not set you back."
        ),
        is_urgent=True,
        volunteer_page=_ANSWER_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.REQUEST_TERMS_CHANGED,
        NoticeTopic.PROGRESS,
        (MatchState.ACTIVE,),
        gettext_lazy("Something has changed"),
        gettext_lazy(
            "Hello %(name)s,\n\nwhat you work on has changed: days, times or hours. Please sign in and look. If "
            "it does not suit you any more, choose “I need out”: no reason is needed, and it does not set you back."
        ),
        is_urgent=True,
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("Look at it")),
    ),
    MatchNoticeText(
        MatchingNotice.REQUEST_TEXT_CHANGED,
        NoticeTopic.PROGRESS,
        (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE),
        gettext_lazy("Something was rewritten"),
        gettext_lazy(
            "Hello %(name)s,\n\nwhat is written about something that you were asked about has changed; days and hours "
            "are what they were. Please sign in and read it."
        ),
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("Read it")),
    ),
    MatchNoticeText(
        MatchingNotice.OFFER_EXPIRED,
        NoticeTopic.PROGRESS,
        (MatchState.EXPIRED,),
        OFFER_EXPIRED_SUBJECT,
        OFFER_EXPIRED_LETTER,
        volunteer_page=_END_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.MATCH_ENDED,
        NoticeTopic.PROGRESS,
        _STATES_ENDED_BY_OTHERS,
        gettext_lazy("Plans changed"),
        gettext_lazy(
            "Hello %(name)s,\n\nthis time nothing comes of it: %(why)s. Thank you for being ready. It does not set "
            "you back, and we go on looking for you."
        ),
        volunteer_page=_END_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.ALARM_CALLED_OFF,
        NoticeTopic.PROGRESS,
        (MatchState.SUPERSEDED, MatchState.RELEASED, MatchState.CLOSING),
        gettext_lazy("There is nothing to do any more"),
        gettext_lazy(
            "Hello %(name)s,\n\nthe alarm was called off, so nobody needs you now. Thank you for being ready. It does "
            "not set you back."
        ),
        is_urgent=True,
        volunteer_page=_END_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.WORK_STOPPED,
        NoticeTopic.PROGRESS,
        (MatchState.RELEASED,),
        gettext_lazy("Please stop your work"),
        gettext_lazy(
            "Hello %(name)s,\n\nall work there was stopped, and not because of you. Please do nothing more, and hand "
            "nothing over: no one there sees you any more. If one of them asks you for something, write to us. Thank "
            "you for what you gave. It does not set you back, and we go on looking for you."
        ),
        is_urgent=True,
        volunteer_page=_END_PAGE,
    ),
    MatchNoticeText(
        MatchingNotice.ACCEPTANCE_RECORDED,
        NoticeTopic.PROGRESS,
        (MatchState.ACCEPTED, MatchState.ACTIVE),
        gettext_lazy("We wrote down your yes"),
        gettext_lazy(
            "Hello %(name)s,\n\nyou told us on the phone that you say yes and keep to our code of conduct, and we "
            "wrote it down. If that is not right, take it back within 24 hours: sign in and choose “I need out”. No "
            "reason is needed."
        ),
        is_urgent=True,
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("Look at it")),
    ),
    MatchNoticeText(
        MatchingNotice.WORK_STARTED,
        NoticeTopic.PROGRESS,
        (MatchState.ACTIVE,),
        gettext_lazy("It begins"),
        gettext_lazy(
            "Hello %(name)s,\n\nboth sides said yes. Sign in to see the kick-off card: what is to be done and what is "
            "not, whom to write to, and when you first meet."
        ),
        is_urgent=True,
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("Open the kick-off card")),
    ),
    MatchNoticeText(
        MatchingNotice.HANDOVER_STARTED,
        NoticeTopic.PROGRESS,
        (MatchState.CLOSING,),
        gettext_lazy("Time to hand over"),
        gettext_lazy(
            "Hello %(name)s,\n\nthe work is done, or its time is over. Please go through the closing list by %(until)s "
            "(your time): what was made, accounts, access."
        ),
        campaign_page=NoticePage("campaign-person", gettext_lazy("Open the list")),
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("Open the list")),
    ),
    MatchNoticeText(
        MatchingNotice.MATCH_COMPLETED,
        NoticeTopic.PROGRESS,
        (MatchState.COMPLETED,),
        gettext_lazy("Thank you"),
        gettext_lazy(
            "Hello %(name)s,\n\nit is done. Thank you! You now rest for a while; if you would rather go on at once, "
            "sign in and say so."
        ),
        volunteer_page=NoticePage("volunteer-project", gettext_lazy("See what comes next")),
    ),
)
