"""The words in which pages speak of an open role of the board. They hold no more than the board shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.enums import OfficeLevel
from core.models import Skill
from core.notifications.moments import describe_day, describe_weekday, format_month
from core.spoken_languages import describe_languages
from matching.lifecycle.queries.meeting_times import MeetingTime
from matching.lifecycle.volunteer_explanations import describe_meetings
from matching.open_roles.queries.board_choices import BoardChoices
from matching.open_roles.queries.board_pages import BoardReader
from matching.open_roles.queries.interests import OwnInterest
from matching.open_roles.queries.open_role_rows import OpenRole
from matching.rules.regions import Region

OFFICE_WORDS: dict[OfficeLevel, str | Promise] = {
    OfficeLevel.FEDERAL: gettext_lazy("A federal office"),
    OfficeLevel.STATE: gettext_lazy("A state office"),
    OfficeLevel.LOCAL: gettext_lazy("A local office"),
}
_REGION_WORDS: dict[Region, str | Promise] = {
    Region.NORTHEAST: gettext_lazy("in the Northeast"),
    Region.MIDWEST: gettext_lazy("in the Midwest"),
    Region.SOUTH: gettext_lazy("in the South"),
    Region.WEST: gettext_lazy("in the West"),
    Region.TERRITORIES: gettext_lazy("in the territories"),
}
_LEVEL_WORDS: dict[int, str | Promise] = {
    1: gettext_lazy("Asks for: %(skill)s, and you may still learn it."),
    2: gettext_lazy("Asks for: %(skill)s, with some help."),
    3: gettext_lazy("Asks for: %(skill)s, on your own."),
    4: gettext_lazy("Asks for: %(skill)s, after years of it."),
    5: gettext_lazy("Asks for: %(skill)s, so well that you could teach it."),
}


@dataclass(frozen=True, slots=True)
class OpenRoleWords:
    """An open role in words. `asked` says until when its reader hears of it; empty where they did not ask."""

    id: str
    name: str
    tasks: str
    skill: str
    facts: str
    campaign: str
    meetings: list[str] = field(default_factory=list)
    fits: bool | None = None
    asked: str = ""
    why: str = ""


def describe_open_role(
    role: OpenRole,
    reader: BoardReader,
    choices: BoardChoices,
    *,
    fits: bool | None = None,
    counting: Mapping[str, Skill] | None = None,
) -> OpenRoleWords:
    """Return an open role in the words of a row or of its page."""
    interest = (reader.interests or {}).get(role.id)
    zone = reader.time_zone
    return OpenRoleWords(
        id=str(role.id),
        name=role.name,
        tasks=role.tasks,
        skill=_LEVEL_WORDS[role.level] % {"skill": role.skill_name},
        facts=" · ".join([_describe_effort(role), *_list_end(role), *_list_languages(role)]),
        campaign=" · ".join(_list_campaign_facts(role, choices)),
        meetings=_list_meetings(role, zone) if zone else [],
        fits=fits,
        why=_explain_fit(role, reader, counting or {}, fits=fits),
        asked=describe_interest(interest, zone) if interest and zone else "",
    )


def describe_reason(role: OpenRole, counting: Mapping[str, Skill]) -> str:
    """Return which of a person's skills counts for a role; empty where none does. See `find_counting_skills`."""
    claimed = counting.get(role.skill)
    if claimed is None:
        return ""
    if claimed.code == role.skill:
        return _("It asks for your skill %(skill)s.") % {"skill": claimed.shown_name}
    return _("Your skill %(claimed)s counts as %(asked)s.") % {
        "claimed": claimed.shown_name,
        "asked": role.skill_name,
    }


def _explain_fit(role: OpenRole, reader: BoardReader, counting: Mapping[str, Skill], *, fits: bool | None) -> str:
    """Return why a role fits a volunteer, or that it takes more hours than they have."""
    if fits:  # where it asks for a skill of theirs by its name, its card says that already
        is_own = role.skill in counting and counting[role.skill].code == role.skill
        return "" if is_own else describe_reason(role, counting)
    if reader.profile is None or fits is None or role.skill not in counting:
        return ""
    own = reader.profile.max_hours_per_week
    if role.hours_per_week <= own:
        return ""
    return _("Needs %(asked)d h a week, you have %(own)d.") % {"asked": role.hours_per_week, "own": own}


def describe_facts(role: OpenRole, choices: BoardChoices) -> str:
    """Return the hours, what is shown of the campaign, and the languages of an open role, in one line."""
    return " · ".join([_describe_effort(role), *_list_campaign_facts(role, choices), *_list_languages(role)])


def describe_place(role: OpenRole) -> str:
    """Return the facts of an open place in one line."""
    return " · ".join([_describe_effort(role), *_list_places(role, {}), *_list_languages(role)])


def describe_interest(interest: OwnInterest, zone: str) -> str:
    """Return when a volunteer asked for a role, and until when they hear; in a pause no date stands."""
    if interest.answer_due_at is None:
        return _("You asked on %(asked)s. It waits with you: when you are back, you get a new date.") % {
            "asked": describe_day(interest.since, zone)
        }
    return _("You asked on %(asked)s. You hear by %(day)s.") % {
        "asked": describe_day(interest.since, zone),
        "day": describe_weekday(interest.answer_due_at, zone),
    }


def _describe_effort(role: OpenRole) -> str:
    hours = ngettext("%(count)d hour a week", "%(count)d hours a week", role.hours_per_week)
    weeks = ngettext("%(hours)s for %(count)d week", "%(hours)s for %(count)d weeks", role.weeks)
    return weeks % {"hours": hours % {"count": role.hours_per_week}, "count": role.weeks}


def _list_languages(role: OpenRole) -> list[str]:
    return [_("Work in %(languages)s") % {"languages": describe_languages(role.languages)}] if role.languages else []


def _list_end(role: OpenRole) -> list[str]:
    return [_("ends in %(month)s") % {"month": format_month(role.ends_in)}] if role.ends_in else []


def _list_campaign_facts(role: OpenRole, choices: BoardChoices) -> list[str]:
    facts = _list_places(role, choices.state_names)
    if role.party:
        names = {party.code: party.name for party in choices.parties}
        facts.append(names.get(role.party, role.party))
    elif role.party is not None:
        facts.append(_("no party"))
    return facts


def _list_places(role: OpenRole, state_names: Mapping[str, str]) -> list[str]:
    office = str(OFFICE_WORDS[OfficeLevel(role.office_level)]) if role.office_level else ""
    region = str(_REGION_WORDS[Region(role.region)]) if role.region else ""
    region = state_names.get(role.state or "", region)
    if office and region:
        return [_("%(office)s, %(region)s") % {"office": office, "region": region}]
    return [office or capfirst(region)] if office or region else []


def _list_meetings(role: OpenRole, zone: str) -> list[str]:
    if role.meetings is None:
        return []
    times = [MeetingTime(window.weekday, window.starts, window.ends, window.weekday) for window in role.meetings]
    return describe_meetings(times, zone) or [_("No fixed time: you agree on it with them.")]
