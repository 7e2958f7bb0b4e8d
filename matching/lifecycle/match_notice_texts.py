"""Texts of the notices about a match that its campaign and reviewers get, and the list of all of them.

Subjects and first lines give nothing away: others may see them on a locked screen.
"""

from django.utils.translation import gettext_lazy

from core.enums import NoticeTopic
from core.notifications.notice_types import NoticePage
from matching.lifecycle.match_notice_text import MatchNoticeText
from matching.lifecycle.volunteer_notice_texts import VOLUNTEER_NOTICE_TEXTS
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState

CAMPAIGN_NOTICE_TEXTS = (
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
)
REVIEWER_NOTICE_TEXTS = (
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
MATCH_NOTICE_TEXTS = (*VOLUNTEER_NOTICE_TEXTS, *CAMPAIGN_NOTICE_TEXTS, *REVIEWER_NOTICE_TEXTS)
"""The notices about a match whose text depends on nothing but the match."""
