"""The regions of the United States, by state: as coarse as the board may have to be. Those of the Census Bureau."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Region(TextChoices):
    """A part of the country."""

    NORTHEAST = "northeast", _("Northeast")
    MIDWEST = "midwest", _("Midwest")
    SOUTH = "south", _("South")
    WEST = "west", _("West")
    TERRITORIES = "territories", _("Territories")


_STATES = {
    Region.NORTHEAST: "CT MA ME NH NJ NY PA RI VT",
    Region.MIDWEST: "IA IL IN KS MI MN MO ND NE OH SD WI",
    Region.SOUTH: "AL AR DC DE FL GA KY LA MD MS NC OK SC TN TX VA WV",
    Region.WEST: "AK AZ CA CO HI ID MT NM NV OR UT WA WY",
    Region.TERRITORIES: "AS GU MP PR VI",
}
REGION_BY_STATE = {f"US-{state}": region for region, states in _STATES.items() for state in states.split()}
"""The region of each state, the district and the territories, by their codes."""
