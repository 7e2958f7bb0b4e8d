"""The places that the installation begins with: the United States, its states, the district, the inhabited territories.

Election law is recorded by jurisdiction. Codes are those of ISO 3166-2; other countries, counties and cities are added
as data.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A jurisdiction: its code, its name, and the code of the one around it ("" when there is none)."""

    code: str
    name: str
    parent: str = "US"


PLACES: tuple[Place, ...] = (
    Place("US", "United States", ""),
    Place("US-AL", "Alabama"),
    Place("US-AK", "Alaska"),
    Place("US-AZ", "Arizona"),
    Place("US-AR", "Arkansas"),
    Place("US-CA", "California"),
    Place("US-CO", "Colorado"),
    Place("US-CT", "Connecticut"),
    Place("US-DE", "Delaware"),
    Place("US-FL", "Florida"),
    Place("US-GA", "Georgia"),
    Place("US-HI", "Hawaii"),
    Place("US-ID", "Idaho"),
    Place("US-IL", "Illinois"),
    Place("US-IN", "Indiana"),
    Place("US-IA", "Iowa"),
    Place("US-KS", "Kansas"),
    Place("US-KY", "Kentucky"),
    Place("US-LA", "Louisiana"),
    Place("US-ME", "Maine"),
    Place("US-MD", "Maryland"),
    Place("US-MA", "Massachusetts"),
    Place("US-MI", "Michigan"),
    Place("US-MN", "Minnesota"),
    Place("US-MS", "Mississippi"),
    Place("US-MO", "Missouri"),
    Place("US-MT", "Montana"),
    Place("US-NE", "Nebraska"),
    Place("US-NV", "Nevada"),
    Place("US-NH", "New Hampshire"),
    Place("US-NJ", "New Jersey"),
    Place("US-NM", "New Mexico"),
    Place("US-NY", "New York"),
    Place("US-NC", "North Carolina"),
    Place("US-ND", "North Dakota"),
    Place("US-OH", "Ohio"),
    Place("US-OK", "Oklahoma"),
    Place("US-OR", "Oregon"),
    Place("US-PA", "Pennsylvania"),
    Place("US-RI", "Rhode Island"),
    Place("US-SC", "South Carolina"),
    Place("US-SD", "South Dakota"),
    Place("US-TN", "Tennessee"),
    Place("US-TX", "Texas"),
    Place("US-UT", "Utah"),
    Place("US-VT", "Vermont"),
    Place("US-VA", "Virginia"),
    Place("US-WA", "Washington"),
    Place("US-WV", "West Virginia"),
    Place("US-WI", "Wisconsin"),
    Place("US-WY", "Wyoming"),
    Place("US-DC", "District of Columbia"),
    Place("US-AS", "American Samoa"),
    Place("US-GU", "Guam"),
    Place("US-MP", "Northern Mariana Islands"),
    Place("US-PR", "Puerto Rico"),
    Place("US-VI", "U.S. Virgin Islands"),
)
