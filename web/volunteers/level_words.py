"""The levels of a skill in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVEL_WORDS: dict[int, str | Promise] = {
    1: _("Learning it"),
    2: _("With some help"),
    3: _("On my own"),
    4: _("For years"),
    5: _("I could teach it"),
}
