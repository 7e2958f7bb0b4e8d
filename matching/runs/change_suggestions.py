"""Say which changes would open a role, or fill a seat: to a volunteer, and to a campaign."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.explain import Emptiness
from matching.engine.feasibility import Reason
from matching.rules.supply_estimate import MIN_DISCLOSED_COUNT, DraftChange, hide_some

VOLUNTEER_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("knowing a skill better than you said"),
    Reason.LEAD: gettext_lazy("being ready to lead"),
    Reason.DECIDES: gettext_lazy("saying that you may take decisions in campaigns"),
    Reason.VETTED: gettext_lazy("being vetted: ask us for a call"),
    Reason.LANGUAGE: gettext_lazy("speaking another language"),
    Reason.PARTY: gettext_lazy("serving other parties too"),
    Reason.OFFICE_LEVEL: gettext_lazy("serving other levels of office too"),
    Reason.PLACE: gettext_lazy("serving other places too"),
    Reason.TIME_OFF: gettext_lazy("being there on days that you took off"),
    Reason.WINDOW: gettext_lazy("more free time when the work is done"),
    Reason.MEETING: gettext_lazy("being free when the people meet"),
    Reason.HOURS: gettext_lazy("more hours a week"),
    Reason.PROJECTS: gettext_lazy("one project more at once"),
}
"""The single changes that a volunteer could make to have more seats open to them."""

_REQUEST_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("asking for a lower level"),
    Reason.LEAD: gettext_lazy("asking for somebody who need not lead"),
    Reason.DECIDES: gettext_lazy("asking for somebody who need not take decisions"),
    Reason.LANGUAGE: gettext_lazy("asking for no language, or for another one too"),
    Reason.WINDOW: gettext_lazy("letting the work be done at other times"),
    Reason.MEETING: gettext_lazy("meeting at another time"),
    Reason.HOURS: gettext_lazy("asking for fewer hours a week"),
}
"""The single changes to a request that would open its seats. Rules about private answers are left out."""


def describe_draft_change(change: str, to: object) -> str:
    """Describe a change to a draft that would open a role, with its new value."""
    return str(_DRAFT_CHANGE_PHRASES[DraftChange(change)]) % {"to": to}


_DRAFT_CHANGE_PHRASES = {
    DraftChange.LEVEL: gettext_lazy("Asking for level %(to)s"),
    DraftChange.HOURS: gettext_lazy("Asking for fewer hours a week: %(to)s"),
    DraftChange.LANGUAGES: gettext_lazy("Asking for no language"),
    DraftChange.LEADS: gettext_lazy("Asking for somebody who need not lead"),
    DraftChange.DECIDES: gettext_lazy("Asking for somebody who need not take decisions"),
    DraftChange.WORK: gettext_lazy("Letting the work be done at any time"),
    DraftChange.MEETINGS: gettext_lazy("Meeting at no fixed time"),
    DraftChange.ENDS_ON: gettext_lazy("Ending on %(to)s already"),
}
"""The changes that a campaign could make to a draft."""


def suggest_request_change(empty_roles: Sequence[Emptiness], *, about: str) -> str:
    """Suggest to a campaign what it could change about its empty seats; `about` names the request. Empty if unknown.

    The answer has no numbers, and up to four people count as none. A secret draw leaves some out besides, as in the
    supply estimate. So a campaign cannot probe for single volunteers.
    """
    if not empty_roles:
        return ""
    counts: Counter[Reason] = Counter()
    fitting = 0
    for number, emptiness in enumerate(empty_roles):
        fitting = max(fitting, hide_some(emptiness.feasible, question=f"{about}:{number}"))
        for reason, count in emptiness.fills.items():
            shown = hide_some(count, question=f"{about}:{number}:{reason}")
            if reason in _REQUEST_CHANGE_PHRASES and shown >= MIN_DISCLOSED_COUNT:
                counts[reason] += shown
    if counts:
        return _("What would help most: %(change)s.") % {"change": _REQUEST_CHANGE_PHRASES[counts.most_common(1)[0][0]]}
    if fitting >= MIN_DISCLOSED_COUNT:
        return _("There are people who fit, and others need them more urgently just now.")
    return _("Hardly anyone here fits just now.")
