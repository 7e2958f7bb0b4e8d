"""How much a volunteer's profile may hold, and the words for more."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_HOURS_PER_WEEK = 60
MAX_PROJECTS = 5
HOURS_OUT_OF_RANGE = gettext_lazy("The hours a week are out of range. Give 1 to 60.")
PROJECTS_OUT_OF_RANGE = gettext_lazy("The number of projects at once is out of range. Give 1 to 5.")
MAX_SKILL_CLAIMS = 100
MAX_TIME_OFF_PERIODS = 50
MAX_LANGUAGES_PER_VOLUNTEER = 20
MAX_PARTIES_PER_VOLUNTEER = 50
MAX_JURISDICTIONS_PER_VOLUNTEER = 100


def describe_too_many(limit: int) -> str:
    """Return the error for a list that is too long."""
    return _("These are too many. Give %(limit)s at most.") % {"limit": limit}
