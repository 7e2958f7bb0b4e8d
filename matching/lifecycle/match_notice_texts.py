"""Texts of the notices about a match, with the states in which each is true.

Subjects and first lines give nothing away: others may see them on a locked screen.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from core.enums import NoticeTopic
from core.notifications.notice_types import NoticePage
from matching.rules.end_texts import OFFER_EXPIRED_LETTER, OFFER_EXPIRED_SUBJECT
from matching.rules.notice_types import MatchingNotice
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState

NoticeText = str | Promise


@dataclass(frozen=True, slots=True)
class MatchNoticeText:
    """The text of one notice type, which is sent only while the match is in one of `states`.

    `text` may use %(name)s, %(until)s and %(why)s: the first name, the deadline in the reader's time zone, and why the
    match ended. `text_once_active` replaces it once work has begun. In an emergency `emergency_subject` and
    `emergency_text` stand in their place; they take %(minutes)d, how long the volunteer has. `volunteer_page` and
    `campaign_page` are where the thing is done. The address of the first takes the public id of the match, that of the
    second the ids of the campaign and the match; with `leads_to_desk` it is the campaign's desk, and takes the id of
    the campaign alone.
    """

    notice_type: str
    topic: NoticeTopic
    states: tuple[MatchState, ...]
    subject: NoticeText
    text: NoticeText
    is_urgent: bool = False
    text_once_active: NoticeText = ""
    emergency_subject: NoticeText = ""
    emergency_text: NoticeText = ""
    volunteer_page: NoticePage | None = None
    campaign_page: NoticePage | None = None
    leads_to_desk: bool = False

    def find_page(self, side: MatchSide) -> NoticePage | None:
        """Return the page for a reader of this side; reviewers have the admin."""
        return {MatchSide.VOLUNTEER: self.volunteer_page, MatchSide.CAMPAIGN: self.campaign_page}.get(side)


_STATES_ENDED_BY_OTHERS = (MatchState.SUPERSEDED, MatchState.RELEASED, MatchState.REFUSED)

_ANSWER_PAGE = NoticePage("volunteer-offer", gettext_lazy("Look at it and answer"))
_END_PAGE = NoticePage("volunteer-offer", gettext_lazy("See how it ended"))

MATCH_NOTICE_TEXTS = (
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
    MatchNoticeText(
        MatchingNotice.OFFER_ACCEPTED,
        NoticeTopic.OFFERS,
        (MatchState.ACCEPTED, MatchState.ACTIVE),
        gettext_lazy("Somebody said yes"),
        gettext_lazy("Hello,\n\nsomebody accepted a place in your project. Please sign in and answer by %(until)s."),
        is_urgent=True,
        text_once_active=gettext_lazy(
            "Hello,\n\nsomebody accepted a place in your project, and it begins. Please sign in and welcome them."
        ),
        campaign_page=NoticePage("campaign-person", gettext_lazy("Look and answer")),
    ),
    MatchNoticeText(
        MatchingNotice.CAMPAIGN_ANSWER_REMINDER,
        NoticeTopic.OFFERS,
        (MatchState.ACCEPTED,),
        gettext_lazy("Somebody awaits your answer"),
        gettext_lazy(
            "Hello,\n\nsomebody said yes to you and waits for your answer until %(until)s. Without one they are free "
            "again, and after three in a row we stop asking people for you."
        ),
        is_urgent=True,
        campaign_page=NoticePage("campaign-person", gettext_lazy("Look and answer")),
    ),
    MatchNoticeText(
        MatchingNotice.VOLUNTEER_WITHDREW,
        NoticeTopic.PROGRESS,
        (MatchState.WITHDRAWN, MatchState.RELEASED),
        gettext_lazy("Somebody had to leave"),
        gettext_lazy(
            "Hello,\n\nsomebody had to leave your project. We are looking for somebody else already; nobody else's "
            "place changes by it."
        ),
        campaign_page=NoticePage("campaign-desk", gettext_lazy("Open your campaign")),
        leads_to_desk=True,
    ),
    MatchNoticeText(
        MatchingNotice.HANDOVER_COMPLETED,
        NoticeTopic.PROGRESS,
        (MatchState.COMPLETED,),
        gettext_lazy("All is handed over"),
        gettext_lazy(
            "Hello,\n\nsomebody has handed everything over, and contact with them ends. Please see to it that access "
            "is revoked, and say thank you if you have not."
        ),
        campaign_page=NoticePage("campaign-person", gettext_lazy("See what is left to do")),
    ),
    MatchNoticeText(
        MatchingNotice.HANDOVER_ENDED,
        NoticeTopic.PROGRESS,
        (MatchState.COMPLETED,),
        gettext_lazy("The time to hand over has ended"),
        gettext_lazy(
            "Hello,\n\nthe hand-over of somebody who worked for you is over, and contact with them ends. Please see to "
            "it that access is revoked, and say thank you if you have not."
        ),
        campaign_page=NoticePage("campaign-person", gettext_lazy("See what is left to do")),
    ),
    MatchNoticeText(
        MatchingNotice.VOLUNTEER_RELEASED,
        NoticeTopic.PROGRESS,
        (MatchState.RELEASED,),
        gettext_lazy("Somebody is free again"),
        gettext_lazy(
            "Hello,\n\nsomebody who had said yes to you waited for your answer and is free again. We are looking for "
            "somebody else. If there is a reason, write to us: after three in a row we stop asking people for you."
        ),
        campaign_page=NoticePage("campaign-desk", gettext_lazy("Open your campaign")),
        leads_to_desk=True,
    ),
    MatchNoticeText(
        MatchingNotice.MESSAGE_REMINDER,
        NoticeTopic.MESSAGES,
        (MatchState.ACTIVE,),
        gettext_lazy("Somebody waits to hear from you"),
        gettext_lazy(
            "Hello,\n\nsomebody works for you and has not heard from you for a week. Please write them a line. We told "
            "a reviewer as well."
        ),
        campaign_page=NoticePage("campaign-person-messages", gettext_lazy("Write a line")),
    ),
    MatchNoticeText(
        MatchingNotice.ANSWER_OVERDUE,
        NoticeTopic.REVIEW,
        (MatchState.APPROVED, MatchState.ACCEPTED),
        gettext_lazy("Somebody waits without an answer"),
        gettext_lazy("Hello,\n\na clock has ended and nobody has answered. Please look at what holds it up."),
    ),
    MatchNoticeText(
        MatchingNotice.REVIEW_OVERDUE,
        NoticeTopic.REVIEW,
        (MatchState.PROPOSED,),
        gettext_lazy("A proposal waits for review"),
        gettext_lazy("Hello,\n\na proposal has waited longer than it should. The longest waiting are on top."),
    ),
    MatchNoticeText(
        MatchingNotice.CAMPAIGN_SILENT,
        NoticeTopic.REVIEW,
        (MatchState.ACTIVE, MatchState.RELEASED),
        gettext_lazy("A campaign is silent"),
        gettext_lazy("Hello,\n\na campaign leaves its volunteers without a word. Please speak with it."),
    ),
)
"""The notices about a match whose text depends on nothing but the match."""
