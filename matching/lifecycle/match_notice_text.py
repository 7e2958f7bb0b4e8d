"""What the text of a notice about a match consists of."""

from dataclasses import dataclass

from django.utils.functional import Promise

from core.enums import NoticeTopic
from core.notifications.notice_types import NoticePage
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
