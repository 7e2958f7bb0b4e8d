"""The profile of a first visit: what it is made of, where it is corrected, and the promise that follows."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.notifications.moments import describe_weekday
from volunteers.models import Volunteer
from volunteers.stated_profile import Profile
from web.volunteers.start_drafts import StartDraft

PAGE_BY_PROFILE_FIELD = {
    "claims": "start-skills",
    "windows": "start-when",
    "max_hours_per_week": "start-when",
    "time_zone": "start-when",
}
"""The page on which each part of a profile is corrected; all others stand on the last one."""


def build_profile(draft: StartDraft, answers: dict[str, Any]) -> Profile:
    """Return the profile of a draft and the last answers."""
    assert draft.week is not None
    return Profile(
        first_name=answers["first_name"],
        adult=answers["adult"],
        job_restricts=answers["job_restricts"],
        claims=draft.choice.list_claims(),
        max_hours_per_week=draft.week.max_hours_per_week,
        time_zone=draft.week.time_zone,
        windows=draft.week.windows,
        languages=answers.get("languages", draft.languages),
    )


def find_page_of_error(error: Invalid) -> str:
    """Return the name of the earlier page on which an error is corrected; empty if it stands on the last page."""
    heads = [found.path.partition(".")[0] for found in error.errors]
    return next((PAGE_BY_PROFILE_FIELD[head] for head in heads if head in PAGE_BY_PROFILE_FIELD), "")


def describe_promise(volunteer: Volunteer) -> str:
    """Return the thanks, with the day until which the answer comes."""
    if volunteer.answer_due_at is None:
        return _("Thank you, %(name)s. We look for something that fits.") % {"name": volunteer.first_name}
    day = describe_weekday(volunteer.answer_due_at, volunteer.time_zone)
    words = {"name": volunteer.first_name, "day": day}
    return _("Thank you, %(name)s. You hear from us by %(day)s: a place, or “not yet” and why.") % words
