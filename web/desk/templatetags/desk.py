"""Numbers as the pages of the desk write them."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def format_percent(share: float, places: int = 1) -> str:
    """Return a share in percent, such as “0.012 %”."""
    return _("%(number)s %%") % {"number": f"{100 * share:.{places}f}"}


@register.filter
def format_difference(difference: int) -> str:
    """Return a difference with its sign: “+3”, “−2”, “0”."""
    return f"+{difference}" if difference > 0 else f"−{-difference}" if difference < 0 else "0"
