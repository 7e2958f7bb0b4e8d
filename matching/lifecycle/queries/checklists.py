"""Read the checklists and the kick-off card of a match."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.translation import get_language

from campaigns.models import RequestWindow
from core.week_mask import Window
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.models import Match
from matching.rules.checklists import CHECKLISTS


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line of a checklist, and when it was ticked."""

    stage: str
    item_code: str
    side: str
    text: str
    ticked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KickOffCard:
    """The facts that both sides need on the first day: scope, contact, channel, meetings and checklists."""

    scope: str
    out_of_scope: str
    owner: str
    owner_account: int | None
    owner_first_name: str
    channel: str
    first_meeting: datetime | None
    meetings: list[Window]
    checklists: list[ChecklistLine]


def list_checklist_lines(match: Match) -> list[ChecklistLine]:
    """Return every line of both checklists, in order."""
    done = {(check.stage, check.item_code): check.ticked_at for check in match.checks.all()}
    return [
        ChecklistLine(stage, code, side, text, done.get((stage, code)))
        for stage, code, side, text in translate_items(get_language())
    ]


@cache
def translate_items(language: str | None) -> list[tuple[str, str, str, str]]:
    """Return stage, code, side and text of each line in the active language, which is `language`."""
    return [
        (stage.value, item.code, item.side.value, str(item.text))
        for stage, items in CHECKLISTS.items()
        for item in items
    ]


def build_kick_off_card(match: Match, *, at: datetime) -> KickOffCard:
    """Build the kick-off card of a match that has begun."""
    request = match.request
    meetings = [one for one in request.windows.all() if one.kind == RequestWindow.Kind.MEETING]
    upcoming = [find_next_meeting(request, one, at=at) for one in meetings]
    return KickOffCard(
        scope="\n\n".join(filter(None, (request.shown_summary, request.brief))),
        out_of_scope=request.out_of_scope,
        owner=request.contact.user.email if request.contact else "",
        owner_account=request.contact.user_id if request.contact else None,
        owner_first_name=request.contact.user.first_name if request.contact else "",
        channel=request.channel,
        first_meeting=min((start for start in upcoming if start), default=None),
        meetings=[Window(meeting.weekday, meeting.starts, meeting.ends) for meeting in meetings],
        checklists=list_checklist_lines(match),
    )
