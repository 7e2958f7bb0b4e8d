"""Decide who may read the messages of a match, and who may write one. Every entry point asks here.

Which matches each side sees at all is in `matches.py` beside this: `matches_offered_to` for a volunteer,
`placements_visible_to` for a campaign, `matches_visible_to` for a reviewer.
"""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from campaigns.models import Member
from core.errors import WrongState
from matching.lifecycle.queries.campaign_names import CAMPAIGN_NAMED, is_campaign_named
from matching.lifecycle.queries.matches import has_open_report
from matching.models import Match, Message, ProblemReport
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_CONTACT_SHARED, STATES_ENDED_EARLY, STATES_MESSAGING_OPEN

THREAD_SHOWN = CAMPAIGN_NAMED | ~Q(state__in=STATES_ENDED_EARLY)
"""The matches whose messages the volunteer may read. After an early end an emergency hides its campaign again."""


def is_thread_shown(match: Match) -> bool:
    """Return whether the volunteer of a match that they can see may read its messages."""
    return is_campaign_named(match) or match.state not in STATES_ENDED_EARLY


def list_messages_to_volunteer(match: Match) -> "QuerySet[Message]":
    """Return the messages of a match that its volunteer may read: while the campaign is hidden, none of its own.

    Annotates `author_first_name`, of those who act for the campaign, while the volunteer may see their contact.
    """
    messages = _with_author_names(match)
    if not is_thread_shown(match):
        return messages.none()
    return messages if is_campaign_named(match) else messages.exclude(side=MatchSide.CAMPAIGN)


def _with_author_names(match: Match) -> "QuerySet[Message]":
    messages = match.messages.all()
    if match.state not in STATES_CONTACT_SHARED:
        return messages.annotate(author_first_name=Value(""))
    authors = Member.objects.filter(user=OuterRef("author"), campaign__requests=match.request_id)
    open_reports = ProblemReport.objects.filter(match=match.pk, handled_at=None)
    names = authors.exclude(Exists(open_reports)).values("user__first_name")[:1]
    by_campaign = When(side=MatchSide.CAMPAIGN, then=Coalesce(Subquery(names), Value("")))
    return messages.annotate(author_first_name=Case(by_campaign, default=Value("")))


def list_messages_to_other_sides(match: Match) -> "QuerySet[Message]":
    """Return the messages that a campaign or a reviewer may read in a match that they see: all of them."""
    return match.messages.all()


def check_may_write_message(match: Match, side: MatchSide) -> None:
    """Raise WrongState unless this side may write a message in the match now.

    Messages begin with the acceptance and stop at the end. A campaign writes none while an emergency hides it. While a
    report is open, only a reviewer writes.
    """
    if match.state not in STATES_MESSAGING_OPEN:
        raise WrongState(_("Messages can be exchanged from the volunteer's yes until the work is over."))
    if side == MatchSide.CAMPAIGN and not is_campaign_named(match):
        raise WrongState(_("They do not know yet for whom they are asked. Confirm first, then write."))
    if side != MatchSide.REVIEWER and has_open_report(match):
        raise WrongState(_("Contact pauses while a reviewer looks at a report. We will write to you."))
