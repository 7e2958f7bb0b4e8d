"""What a change of the week means for what runs, and what a change of the clocks does, in sentences."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications.moments import format_weekday
from core.week_regimes import split_into_regimes
from matching.lifecycle.queries.commitments import Commitments

DAYS_OF_CLOCK_CHANGES_SHOWN = 56


def describe_commitments(commitments: Commitments) -> str:
    """Say what a new week does not change, and who sees it; empty for a person in no project."""
    sentences = []
    if commitments.agreed:
        agreed = ngettext(
            "You work on one project. Its hours and meetings stay as agreed.",
            "You work on %(count)d projects. Their hours and meetings stay as agreed.",
            commitments.agreed,
        )
        sentences.append(agreed % {"count": commitments.agreed})
    if commitments.pending:
        pending = ngettext(
            "You said yes to one project, and they have not answered yet.",
            "You said yes to %(count)d projects that have not answered yet.",
            commitments.pending,
        )
        sentences.append(pending % {"count": commitments.pending})
    if sentences:
        sentences.append(
            _("The people there see the hours and times that you save here. We go by them, too, when we ask you next.")
        )
    return " ".join(sentences)


def describe_clock_change(time_zone: str, *, today: date) -> str:
    """Say what happens when the clocks of a zone change within some weeks; empty without a change."""
    last = today + timedelta(days=DAYS_OF_CLOCK_CHANGES_SHOWN)
    try:
        regimes = split_into_regimes([time_zone], today, last)
    except ValueError:
        return ""
    if len(regimes) < 2:
        return ""
    day = format_weekday(regimes[1].first)
    return _(
        "Your clock changes on %(day)s. Your week stays on your clock; a meeting elsewhere may move by an hour."
    ) % {"day": day}
