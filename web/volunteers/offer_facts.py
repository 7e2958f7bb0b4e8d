"""The facts of an offer, as pairs of a label and what it is."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from campaigns.models import Request, Role
from core.notifications.moments import describe_moment, find_day, format_day_with_year
from core.spoken_languages import describe_languages
from matching.lifecycle.queries.asked_again import ChangedTerm
from matching.lifecycle.queries.deadlines import confirm_deadline
from matching.lifecycle.queries.offer_details import SeenVolunteer
from matching.lifecycle.seen_facts import list_seen_facts
from matching.models import Match
from web.volunteers.match_words import (
    describe_campaign,
    describe_days,
    describe_hours,
    list_meeting_sentences,
)

Fact = tuple[str, str]

_TERM_LABELS = {
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("The project"),
    "out_of_scope": gettext_lazy("Not part of it"),
    "tasks": gettext_lazy("What you do"),
    "hours_per_week": gettext_lazy("Hours a week"),
    "is_lead": gettext_lazy("Leads the others"),
    "makes_decisions": gettext_lazy("Takes part in decisions"),
}


def list_work_facts(match: Match, other_roles: Sequence[Role], *, at: datetime) -> list[Fact]:
    """Return what the work is: its campaign, what, how much, when, and with which other roles."""
    request, role = match.request, match.seat.role
    days = describe_days(request.starts_on, request.ends_on, on=find_day(at, match.volunteer.time_zone))
    facts = [
        (_("For"), describe_campaign(match)),
        (_("Your part"), str(role)),
        (_("What you do"), _mark_own_words(role.shown_tasks, role.tasks)),
        (_("The project"), _describe_project(request)),
        (_("Not part of it"), _mark_own_words(request.out_of_scope, request.out_of_scope)),
        (_("Language"), describe_languages(role.languages)),
        (_("Hours"), f"{describe_hours(match)}, {days}"),
        (_("Meets"), " ".join(list_meeting_sentences(match, at=at))),
        (_("The rest of the team"), ", ".join(map(_count_places, other_roles))),
        (_("You lead"), _("You lead the others.") if role.is_lead else ""),
        (_("Decisions"), _("You take part in the campaign’s decisions.") if role.makes_decisions else ""),
        (_("Checked"), _("Only people whom we know from a call are asked.") if role.vetted_for else ""),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _describe_project(request: Request) -> str:
    if request.summary:
        return _mark_own_words(request.shown_summary, request.summary)
    return _mark_own_words(request.shown_title, request.title)


def _mark_own_words(shown: str, stored: str) -> str:
    """Return a text, with a remark where its reader has another language and we have no translation of it."""
    if not shown or shown != stored or get_language() == settings.LANGUAGE_CODE:
        return shown
    return _("%(text)s (as the campaign wrote it)") % {"text": shown}


def _count_places(role: Role) -> str:
    count: int = role.others  # type: ignore[attr-defined]
    words = {"role": role, "count": count}
    return ngettext("%(role)s: %(count)d place", "%(role)s: %(count)d places", count) % words


def list_what_they_see(match: Match, seen: SeenVolunteer) -> list[Fact]:
    """Return what the campaign sees of the volunteer after the yes, as on its own page; last what it sees later."""
    contact = (
        _("The contact that you chose. The others who are at work on it see it, too.")
        if match.volunteer.contact
        else _("Your email address. The others who are at work on it see it, too.")
    )
    return [
        (_("Name"), seen.first_name),
        *list_seen_facts(match, seen),
        (_("Your line"), _("If you write one below.")),
        (_("Only once they say yes, too"), contact),
    ]


def describe_other_work(match: Match, others: Sequence[Match]) -> str:
    """Return what the volunteer does beside it, and how many hours that makes; an empty text without other work."""
    if not others:
        return ""
    titles = ", ".join(f"“{other.request.shown_title}”" for other in others)
    hours = match.seat.role.hours_per_week + sum(other.seat.role.hours_per_week for other in others)
    words = {"titles": titles, "hours": hours, "most": match.volunteer.max_hours_per_week}
    return _("You also do %(titles)s. Together that is %(hours)d of your %(most)d hours a week.") % words


def describe_changes(terms: Sequence[ChangedTerm] | None) -> list[Fact] | None:
    """Return what has changed since the volunteer was asked before; None where they were asked once."""
    if terms is None:
        return None
    return [
        (
            str(_TERM_LABELS[term.field]),
            _("before: %(before)s; now: %(now)s")
            % {"before": _format_value(term.before), "now": _format_value(term.now)},
        )
        for term in terms
    ]


def describe_next_step(match: Match, *, at: datetime) -> str:
    """Return what follows after a yes, and by when."""
    if match.request.emergency:
        return _("After your yes you learn at once whom to reach, and how. You can step out at any time.")
    if match.request.auto_confirm:
        return _("After your yes it begins as soon as the team is there. You can step out at any time.")
    if match.request.staffing == "whole":
        return _("After your yes we wait for the rest of the team. Then the campaign says yes, too.")
    moment = describe_moment(confirm_deadline(match, at=at), match.volunteer.time_zone)
    return _("After a yes now the campaign answers by %(moment)s. You can step out at any time.") % {"moment": moment}


def _format_value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_day_with_year(value)
    if isinstance(value, int):
        return ngettext("%(count)d hour", "%(count)d hours", value) % {"count": value}
    return str(value) or "-"
