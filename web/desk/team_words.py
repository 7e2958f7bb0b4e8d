"""Say in words what the queries of the review return."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Request, RequestWindow
from core.notifications.moments import describe_moment, format_day_with_year, format_hours, format_number, join_phrases
from core.time_zones import name_time_zone
from core.week_mask import Window
from matching.lifecycle.explanations import label_score_part
from matching.lifecycle.queries.review_teams import QueuedTeam
from matching.lifecycle.queries.team_sheets import RankedAlternate, SheetPlace, TeamSheet
from matching.models import Match
from matching.rules.states import MatchState
from volunteers.models import Volunteer
from web.design.components import SlotState, Week, WeekPart, WeekSlot
from web.desk.start_page import DESK_ZONE
from web.desk.team_view import AlternateLine, FlagLine, PlaceLine, TeamView, draw_score

_DAY = 24 * 60
_WEEK_PARTS = ((0, 6), (6, 9), (9, 12), (12, 17), (17, 22), (22, 24))
_ALWAYS_SHOWN = ((9, 12), (12, 17), (17, 22))
_MAX_REASONS = 3


def name_person(volunteer: Volunteer) -> str:
    """Return the first name with the initial of the last one."""
    if not volunteer.first_name:
        return str(volunteer)
    return f"{volunteer.first_name} {volunteer.last_name[:1]}." if volunteer.last_name else volunteer.first_name


def describe_team(queued: QueuedTeam | None, sheet: TeamSheet, *, at: datetime) -> TeamView:
    """Return a team as its page shows it; `queued` is None where nothing of it waits any more."""
    places = [_describe_place(place) for place in sheet.places]
    names = {line.match: line.person for line in places if line.match}
    may_decide = queued is not None and queued.may_be_decided
    count = sum(bool(line.version and not line.is_decided) for line in places)
    label = ngettext("Approve this %(count)d person", "Approve these %(count)d people", count)
    return TeamView(
        title=_("%(project)s · %(campaign)s")
        % {"project": sheet.request.shown_title, "campaign": sheet.request.campaign.name},
        facts=_describe_request(sheet.request),
        clock=_describe_clock(queued, at=at),
        is_late=bool(queued and queued.team.due_at and queued.team.due_at <= at),
        claim=describe_claim(queued),
        may_decide=may_decide,
        is_mine=bool(queued and queued.is_mine),
        flags=_describe_flags(queued, names) if queued else [],
        places=places,
        approve_label=label % {"count": count},
        second_reviewer=_describe_second_reviewer(queued) if queued else "",
        week=draw_week(sheet.common.windows, sheet.request.windows.all(), sheet.request.time_zone),
        hours=_describe_hours(sheet),
    )


def _describe_request(request: Request) -> str:
    contest = request.campaign.candidate.contest
    party = request.campaign.candidate.party
    facts = [
        *([party.name] if party else []),
        contest.get_level_display(),
        contest.jurisdiction.name,
        _("election %(day)s") % {"day": format_day_with_year(contest.election_on)},
        _("from %(first)s to %(last)s")
        % {"first": format_day_with_year(request.starts_on), "last": format_day_with_year(request.ends_on)},
    ]
    return " · ".join(str(fact) for fact in facts)


def _describe_clock(queued: QueuedTeam | None, *, at: datetime) -> str:
    if queued is None or queued.team.due_at is None:
        return _("No date is promised.")
    moment = describe_moment(queued.team.due_at, DESK_ZONE)
    return (_("Was due %(moment)s") if queued.team.due_at <= at else _("Due %(moment)s")) % {"moment": moment}


def describe_claim(queued: QueuedTeam | None) -> str:
    """Return who looks at a team, and until when."""
    if queued is None or queued.lapses_at is None:
        return _("No one holds this team. A decision holds it for you for half an hour.")
    moment = describe_moment(queued.lapses_at, DESK_ZONE)
    if queued.is_mine:
        return _("You hold it until %(moment)s.") % {"moment": moment}
    return _("Another reviewer looks at it until %(moment)s. You can read it, and not decide.") % {"moment": moment}


def _describe_flags(queued: QueuedTeam, names: dict[str, str]) -> list[FlagLine]:
    return [
        FlagLine(
            flag.code, names.get(str(flag.match_id), "") if flag.match_id else "", str(flag.flag.label), flag.is_red
        )
        for flag in queued.team.flags
    ]


def _describe_second_reviewer(queued: QueuedTeam) -> str:
    if not any(flag.is_red for flag in queued.team.flags):
        return ""
    if queued.first_approvals:
        return _("One reviewer has approved. Another one has to approve, too, before an offer leaves.")
    return _("Two reviewers have to approve. The first approval is stored, and no offer leaves before the second.")


def _describe_place(place: SheetPlace) -> PlaceLine:
    name, match = str(place.seat), place.match
    if match is None:
        return PlaceLine(name, empty=_("No one is proposed for this place."))
    is_decided = match.state != MatchState.PROPOSED
    done = ngettext("%(count)d project done here", "%(count)d projects done here", place.done_count)
    parts = sorted(((points, part) for part, points in match.score_parts.items() if points > 0), reverse=True)
    words = [_("%(part)s %(points)d") % {"part": label_score_part(part), "points": points} for points, part in parts]
    return PlaceLine(
        place=name,
        match=str(match.public_id),
        version=match.version,
        person=name_person(match.volunteer),
        address=reverse("admin:volunteers_volunteer_change", args=[match.volunteer_id]),
        record=done % {"count": place.done_count} if place.done_count else "",
        level_asked=place.seat.role.level,
        level_held=place.level_held,
        hours_needed=place.seat.role.hours_per_week,
        hours_offered=match.volunteer.max_hours_per_week,
        bars=draw_score(match.score_parts),
        why=_("%(score)d points: %(parts)s") % {"score": match.score, "parts": ", ".join(words[:_MAX_REASONS])},
        tags=[] if place.done_count else [_("first project")],
        is_decided=is_decided,
        state=str(match.get_state_display()) if is_decided else "",
        can_be_undone=match.state == MatchState.APPROVED,
    )


def _describe_hours(sheet: TeamSheet) -> str:
    if not sheet.common.people:
        return ""
    values = {
        "count": sheet.common.people,
        "hours": format_number(sheet.common.hours),
        "zone": name_time_zone(sheet.request.time_zone),
    }
    return (
        ngettext(
            "This person has %(hours)s hours a week, in %(zone)s.",
            "All %(count)d have %(hours)s hours a week in common, in %(zone)s.",
            sheet.common.people,
        )
        % values
    )


def describe_alternate(alternate: RankedAlternate) -> AlternateLine:
    """Return an alternate with by how many points they differ, and what the difference is made of."""
    points = abs(alternate.difference)
    if alternate.difference < 0:
        difference = ngettext("%(points)d point fewer", "%(points)d points fewer", points)
    else:
        difference = ngettext("%(points)d point more", "%(points)d points more", points)
    changes = [f"{label_score_part(name)} {change:+d}" for name, change in alternate.changes[:_MAX_REASONS]]
    words = _("%(difference)s: %(changes)s") if changes else "%(difference)s"
    facts = {"level": alternate.level_held, "hours": alternate.volunteer.max_hours_per_week}
    return AlternateLine(
        volunteer=str(alternate.volunteer.public_id),
        person=name_person(alternate.volunteer),
        facts=_("level %(level)d · offers %(hours)d h a week") % facts,
        difference=words % {"difference": difference % {"points": points}, "changes": ", ".join(changes)},
    )


def describe_undo(matches: Sequence[Match]) -> str:
    """Return how many offers of one request leave, and when."""
    leaves_at = matches[0].offer_leaves_at
    assert leaves_at is not None
    sentence = ngettext(
        "%(count)d offer leaves %(moment)s. Until then it can be undone.",
        "%(count)d offers leave %(moment)s. Until then they can be undone.",
        len(matches),
    )
    return sentence % {"count": len(matches), "moment": describe_moment(leaves_at, DESK_ZONE)}


def draw_week(windows: Sequence[Window], of_request: Iterable[RequestWindow], zone: str) -> Week | None:
    """Return the week in which all have time, with the meetings of the request; None where no stretch is common."""
    if not windows:
        return None
    meetings = [window for window in of_request if window.kind == RequestWindow.Kind.MEETING]
    free = _list_free_minutes(windows)
    parts = []
    for first, past in _WEEK_PARTS:
        slots = [
            _draw_slot(free[day], [one for one in meetings if one.weekday == day], first, past) for day in range(7)
        ]
        if (first, past) in _ALWAYS_SHOWN or any(slot.state != SlotState.BUSY for slot in slots):
            parts.append(WeekPart(format_hours(first, past), slots))
    days = join_phrases(str(WEEKDAYS_ABBR[day]) for day in range(7) if free[day])
    sentence = _("All have time on %(days)s, in %(zone)s.") % {"days": days, "zone": name_time_zone(zone)}
    return Week([str(WEEKDAYS_ABBR[day])[:2] for day in range(7)], parts, sentence)


def _list_free_minutes(windows: Sequence[Window]) -> list[set[int]]:
    free: list[set[int]] = [set() for _day in range(7)]
    for window in windows:
        starts, ends = _minute_of(window.starts), _minute_of(window.ends)
        for minute in range(starts - starts % 15, starts + ((ends - starts) % _DAY or _DAY), 15):
            free[(window.weekday + minute // _DAY) % 7].add(minute % _DAY)
    return free


def _draw_slot(free: set[int], meetings: Sequence[RequestWindow], first: int, past: int) -> WeekSlot:
    for meeting in meetings:
        if first <= meeting.starts.hour < past:
            return WeekSlot(SlotState.MEETS, f"{meeting.starts:%H:%M}".removesuffix(":00").lstrip("0"))
    quarters = set(range(first * 60, past * 60, 15))
    if quarters <= free:
        return WeekSlot(SlotState.FREE)
    return WeekSlot(SlotState.PARTLY if quarters & free else SlotState.BUSY)


def _minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute
