"""The words of the page of a request: the one change that helps a role, how long it takes, and what a change does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Role
from core.enums import CountBand
from matching.lifecycle.actions.rehearsal import ChangeEffects
from matching.lifecycle.queries.request_people import MIN_CASES_FOR_FILL_DAYS, FillDays
from matching.lifecycle.seen_facts import LEVEL_WORDS
from matching.rules.supply_estimate import DraftChange
from matching.runs.actions.supply_estimate import ChangeEffect
from web.campaigns.words import describe_date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one change that helps a role most: what it brings, the words of its button, and what the form begins with.

    `is_of_role` says on which page the change is made: that of the role, or that of the request.
    """

    text: str
    button: str
    is_of_role: bool
    start: Mapping[str, str]

    @property
    def query(self) -> str:
        """Return the query of the address that fills the form."""
        return urlencode(self.start)


def build_suggestion(role: Role, effect: ChangeEffect) -> Suggestion:
    """Return a change that a supply estimate found, in words."""
    change, band = DraftChange(effect.change), CountBand(effect.people_added).label
    words = {"band": band}
    if change == DraftChange.HOURS:
        hours = int(str(effect.new_value))
        text = ngettext(
            "%(hours)d hour a week instead of %(now)d: %(band)s more would fit.",
            "%(hours)d hours a week instead of %(now)d: %(band)s more would fit.",
            hours,
        )
        text %= words | {"hours": hours, "now": role.hours_per_week}
        return Suggestion(text, _("Change the hours"), True, {"hours_per_week": str(hours)})
    if change == DraftChange.LEVEL:
        level = int(str(effect.new_value))
        text = _("A person who %(level)s: %(band)s more would fit.") % (words | {"level": LEVEL_WORDS[level]})
        return Suggestion(text, _("Change the experience"), True, {"level": str(level)})
    if change == DraftChange.ENDS_ON:
        day = date.fromisoformat(str(effect.new_value))
        text = _("Ending on %(day)s already: %(band)s more would fit.") % (words | {"day": describe_date(day)})
        return Suggestion(text, _("Change the last day"), False, {"ends_on": day.isoformat()})
    text, button, is_of_role, field = {
        DraftChange.LANGUAGES: (
            *(_("Without a language: %(band)s more would fit."), _("Change the languages")),
            *(True, "languages"),
        ),
        DraftChange.LEADS: (
            *(_("A person who need not lead: %(band)s more would fit."), _("Change who leads")),
            *(True, "is_lead"),
        ),
        DraftChange.DECIDES: (
            *(_("A person who need not take decisions: %(band)s more would fit."), _("Change who decides")),
            *(True, "makes_decisions"),
        ),
        DraftChange.WORK: (
            *(_("Work at any time of the week: %(band)s more would fit every role."), _("Change the times")),
            *(False, "work"),
        ),
        DraftChange.MEETINGS: (
            *(_("Meeting at no fixed time, for all roles: %(band)s more would fit here."), _("Change the meetings")),
            *(False, "meetings"),
        ),
    }[change]
    return Suggestion(text % words, button, is_of_role, {field: "0"})


def describe_fill_days(days: FillDays | None) -> str:
    """Return how long places take to fill, as a range, or that it is too early to say."""
    if days is None:
        text = _("We can’t tell yet how long it takes: fewer than %(count)d places have been filled so far.")
        return text % {"count": MIN_CASES_FOR_FILL_DAYS}
    if days.shortest == days.longest:
        text = ngettext(
            "Half of the last %(cases)d places had their person about %(count)d day after they were published.",
            "Half of the last %(cases)d places had their person about %(count)d days after they were published.",
            days.longest,
        )
        return text % {"cases": days.case_count, "count": days.longest}
    text = _("Half of the last %(cases)d places had their person %(first)d to %(last)d days after they were published.")
    return text % {"cases": days.case_count, "first": days.shortest, "last": days.longest}


def list_effect_sentences(effects: ChangeEffects, *, old_hours: int | None, new_hours: int | None) -> list[str]:
    """Return what a change asks of people, a sentence each; the hours are those of a role whose hours change."""
    return [*_describe_asked_again(effects.asked_again, old_hours, new_hours), *_list_other_sentences(effects)]


def _describe_asked_again(count: int, old_hours: int | None, new_hours: int | None) -> list[str]:
    if not count:
        return []
    if old_hours is None or new_hours is None or old_hours == new_hours:
        text = ngettext(
            "%(count)d person has said yes to how it is now. With this change they are asked again, and may say no.",
            "%(count)d people have said yes to how it is now. With this change they are asked again, and may say no.",
            count,
        )
        return [text % {"count": count}]
    yes = ngettext(
        "%(count)d person has said yes to %(old)d h a week. With %(new)d h they are asked again, and may say no.",
        "%(count)d people have said yes to %(old)d h a week. With %(new)d h they are asked again, and may say no.",
        count,
    )
    return [yes % {"count": count, "old": old_hours, "new": new_hours}]


def _list_other_sentences(effects: ChangeEffects) -> list[str]:
    renewed = ngettext(
        "%(count)d person has not answered yet. They are asked again, with a whole new time to answer.",
        "%(count)d people have not answered yet. They are asked again, with a whole new time to answer.",
        effects.offer_renewed,
    )
    ended = ngettext(
        "%(count)d person who was asked or said yes hears today that plans changed. It does not set them back.",
        "%(count)d people who were asked or said yes hear today that plans changed. It does not set them back.",
        effects.ended,
    )
    handed_over = ngettext(
        "%(count)d person is at work on a place that goes. Their hand-over begins today.",
        "%(count)d people are at work on places that go. Their hand-over begins today.",
        effects.handed_over,
    )
    started = ngettext(
        "%(count)d person who said yes begins to work at once.",
        "%(count)d people who said yes begin to work at once.",
        effects.started,
    )
    informed = ngettext(
        "%(count)d person is at work and goes on. They hear today what is new, and may step out.",
        "%(count)d people are at work and go on. They hear today what is new, and may step out.",
        effects.informed,
    )
    counted = [
        (effects.offer_renewed, renewed),
        (effects.ended, ended),
        (effects.handed_over, handed_over),
        (effects.started, started),
        (effects.informed, informed),
    ]
    return [text % {"count": count} for count, text in counted if count]
