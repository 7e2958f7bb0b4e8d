"""Put what waits for a volunteer into cards, each with its one button."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications.moments import (
    describe_day,
    describe_moment,
    find_day,
    format_day,
    format_day_with_year,
    format_days,
)
from matching.lifecycle.queries.volunteer_desk import VolunteerDesk, WaitingItem, WaitingKind
from matching.lifecycle.seen_facts import name_days
from matching.models import Match
from volunteers.models import TimeOff, Volunteer
from web.volunteers.match_words import (
    describe_days,
    describe_hours,
    describe_question,
    find_match_address,
    list_meeting_sentences,
)


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """One thing that waits. The button is a link to `href`, or with `posts` a form that is sent there."""

    title: str
    href: str
    button: str
    sentences: list[str] = field(default_factory=list)
    deadline: str = ""
    posts: bool = False
    other_href: str = ""
    other_label: str = ""


def build_waiting_cards(desk: VolunteerDesk, *, at: datetime) -> list[WaitingCard]:
    """Return a card for each thing that waits, the most pressing first."""
    assert desk.profile is not None
    return [_build_card(item, desk.profile, at=at) for item in desk.waiting]


def describe_free_days(profile: Volunteer) -> str:
    """Return the volunteer's hours and the days on which they have time, in one sentence."""
    days = sorted({window.weekday for window in profile.windows.all()})
    hours = ngettext("%(count)d hour a week", "%(count)d hours a week", profile.max_hours_per_week)
    hours %= {"count": profile.max_hours_per_week}
    return _("%(hours)s, %(days)s.") % {"hours": hours, "days": name_days(days)} if days else hours


def describe_time_off(time_off: TimeOff | None, *, on: date) -> str:
    """Return the days off as today's reader needs them, such as “Away 21 to 27 December”; empty without any."""
    if time_off is None:
        return ""
    days = describe_days_off(time_off, on=on)
    if time_off.starts_on == time_off.ends_on:
        return _("Away on %(day)s") % {"day": days}
    if time_off.starts_on <= on:
        return _("Away until %(day)s") % {"day": _write_last_day(time_off.ends_on, on=on)}
    return _("Away %(days)s") % {"days": days}


def describe_days_off(time_off: TimeOff, *, on: date) -> str:
    """Return the days off, such as “7 to 13 December”, with the year where it is not this one."""
    first, last = time_off.starts_on, time_off.ends_on
    if first == last:
        return _write_last_day(last, on=on)
    return format_days(first, last, on=on)


def _write_last_day(last: date, *, on: date) -> str:
    return format_day(last) if last.year == on.year else format_day_with_year(last)


def _build_card(item: WaitingItem, profile: Volunteer, *, at: datetime) -> WaitingCard:
    if item.kind == WaitingKind.HOURS:
        return _build_hours_card(profile, is_overdue=item.is_overdue)
    if item.question is not None:
        title = _("Which level is right: %(skill)s?") % {"skill": item.question.skill.shown_name}
        href = reverse("volunteer-level-question", args=[item.question.public_id])
        sentences = [_("Levels are hard to guess. The right one brings you work that suits you.")]
        return WaitingCard(title, href, _("Say which"), sentences)
    assert item.match is not None
    if item.kind == WaitingKind.OFFER:
        return _build_offer_card(item.match, at=at)
    title = item.match.request.shown_title
    if item.kind == WaitingKind.HAND_OVER:
        sentences = [_("The work is done. Go through the list, and it is off your mind.")]
        return WaitingCard(
            _("Hand over “%(title)s”") % {"title": title},
            find_match_address(item.match),
            _("Open the list"),
            sentences,
            _describe_deadline(item.match),
        )
    unread = ngettext("%(count)d new message: “%(title)s”", "%(count)d new messages: “%(title)s”", item.count)
    words = {"count": item.count, "title": title}
    return WaitingCard(unread % words, find_match_address(item.match, "messages"), _("Read and answer"))


def _build_offer_card(match: Match, *, at: datetime) -> WaitingCard:
    today = find_day(at, match.volunteer.time_zone)
    days = describe_days(match.request.starts_on, match.request.ends_on, on=today)
    sentences = [f"{describe_hours(match)}, {days}.", *list_meeting_sentences(match, at=at)]
    return WaitingCard(
        describe_question(match),
        find_match_address(match),
        _("Look at it and answer"),
        sentences,
        _describe_deadline(match),
    )


def _build_hours_card(profile: Volunteer, *, is_overdue: bool) -> WaitingCard:
    sentences = [describe_free_days(profile)]
    if profile.availability_confirmed_at:
        day = describe_day(profile.availability_confirmed_at, profile.time_zone)
        sentences.append(_("You told us on %(day)s.") % {"day": day})
    if is_overdue:
        sentences.append(_("We ask you for nothing new until you say so."))
    return WaitingCard(
        _("Are your hours still right?"),
        reverse("volunteer-hours-still-right"),
        _("Yes, still right"),
        sentences,
        posts=True,
        other_href=reverse("my-week"),
        other_label=_("Change"),
    )


def _describe_deadline(match: Match) -> str:
    if match.due_at is None:
        return ""
    return _("by %(moment)s") % {"moment": describe_moment(match.due_at, match.volunteer.time_zone)}


def count_things(cards: Iterable[WaitingCard], name: str) -> str:
    """Return the heading of the first page: a greeting, and how many things wait."""
    count = len(list(cards))
    if not count:
        return _("Hello %(name)s") % {"name": name}
    greeting = ngettext(
        "Hello %(name)s, one thing waits for you", "Hello %(name)s, %(count)d things wait for you", count
    )
    return greeting % {"name": name, "count": count}
