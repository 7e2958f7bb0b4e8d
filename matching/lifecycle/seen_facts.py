"""What a campaign sees of a volunteer who said yes, in words. The offer shows the volunteer the same before the yes."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.enums import CountBand, VettingArea
from core.notifications.moments import format_day_with_year, format_number, format_time, join_phrases
from core.time_zones import name_time_zone
from core.week_mask import Window
from matching.lifecycle.queries.offer_details import SeenVolunteer
from matching.models import Match

LEVEL_WORDS: dict[int, str | Promise] = {
    1: gettext_lazy("is learning it"),
    2: gettext_lazy("does it with some help"),
    3: gettext_lazy("does it on their own"),
    4: gettext_lazy("knows it well"),
    5: gettext_lazy("could teach it"),
}
"""What a level from 1 to 5 says about a person."""


def list_seen_facts(match: Match, seen: SeenVolunteer) -> list[tuple[str, str]]:
    """Return labels and facts: all that the campaign sees of the volunteer beside first name and written lines."""
    facts = [
        (_("Hours"), _describe_hours(seen.hours_for_work, match.seat.role.hours_per_week)),
        (_("Free"), describe_windows(seen.free_windows, seen.time_zone)),
        (_("Checked by us"), _describe_vetting(match, seen.vetted_until)),
        (_("Done here"), _describe_completed(seen.completed)),
    ]
    skills = [(claim.skill.shown_name, str(LEVEL_WORDS[claim.level])) for claim in seen.claims]
    return [*skills, *((label, fact) for label, fact in facts if fact)]


def _describe_hours(hours: float, asked: int) -> str:
    words = {"hours": format_number(hours), "asked": asked}
    return (
        ngettext(
            "Has %(hours)s hour a week for it; the place asks for %(asked)d",
            "Has %(hours)s hours a week for it; the place asks for %(asked)d",
            int(hours),
        )
        % words
    )


def describe_windows(windows: Sequence[Window], zone: str) -> str:
    """Return weekly windows on one line, days with the same hours together, with the name of the zone."""
    ordered = sorted(windows, key=lambda window: (window.starts, window.ends, window.weekday))
    parts = [
        _("%(days)s, %(starts)s to %(ends)s")
        % {
            "days": name_days([window.weekday for window in group]),
            "starts": format_time(starts),
            "ends": format_time(ends),
        }
        for (starts, ends), group in groupby(ordered, key=lambda window: (window.starts, window.ends))
    ]
    return _("%(times)s, %(zone)s") % {"times": "; ".join(parts), "zone": name_time_zone(zone)} if parts else ""


def name_days(weekdays: Sequence[int]) -> str:
    """Return weekdays in order, such as “Monday to Friday”, or “Monday and Saturday”."""
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and last - first == len(weekdays) - 1:
        text = pgettext("weekdays", "%(first)s to %(last)s")
        return text % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
    return join_phrases([str(WEEKDAYS[weekday]) for weekday in weekdays])


def _describe_vetting(match: Match, until: date | None) -> str:
    """Return what the person is vetted for and until when, as far as the role asks for it."""
    if not match.seat.role.vetted_for:
        return ""
    area = str(VettingArea(match.seat.role.vetted_for).label)
    if until is None:
        return _("No call with us yet about: %(area)s") % {"area": area}
    return _("%(area)s, until %(day)s") % {"area": area, "day": format_day_with_year(until)}


def _describe_completed(band: CountBand) -> str:
    if band == CountBand.NONE:
        return _("None yet: this would be the first")
    return _("%(band)s projects") % {"band": band.label}
