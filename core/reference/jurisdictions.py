"""The places that the installation begins with: the United States, its states, the district, the inhabited territories.

Election law is recorded by jurisdiction. Codes are those of ISO 3166-2; other countries, counties and cities are added
as data.
"""

from __future__ import annotations

from typing import NamedTuple


class JurisdictionSeed(NamedTuple):
    """A jurisdiction: its code, its name, and the code of the one around it ("" when there is none)."""

    code: str
    name: str
    parent: str = "US"


JURISDICTION_SEEDS: tuple[JurisdictionSeed, ...] = (
    JurisdictionSeed("US", "United States", ""),
    JurisdictionSeed("US-AL", "Alabama"),
    JurisdictionSeed("US-AK", "Alaska"),
    JurisdictionSeed("US-AZ", "Arizona"),
    JurisdictionSeed("US-AR", "Arkansas"),
    JurisdictionSeed("US-CA", "California"),
    JurisdictionSeed("US-CO", "Colorado"),
    JurisdictionSeed("US-CT", "Connecticut"),
    JurisdictionSeed("US-DE", "Delaware"),
    JurisdictionSeed("US-FL", "Florida"),
    JurisdictionSeed("US-GA", "Georgia"),
    JurisdictionSeed("US-HI", "Hawaii"),
    JurisdictionSeed("US-ID", "Idaho"),
    JurisdictionSeed("US-IL", "Illinois"),
    JurisdictionSeed("US-IN", "Indiana"),
    JurisdictionSeed("US-IA", "Iowa"),
    JurisdictionSeed("US-KS", "Kansas"),
    JurisdictionSeed("US-KY", "Kentucky"),
    JurisdictionSeed("US-LA", "Louisiana"),
    JurisdictionSeed("US-ME", "Maine"),
    JurisdictionSeed("US-MD", "Maryland"),
    JurisdictionSeed("US-MA", "Massachusetts"),
    JurisdictionSeed("US-MI", "Michigan"),
    JurisdictionSeed("US-MN", "Minnesota"),
    JurisdictionSeed("US-MS", "Mississippi"),
    JurisdictionSeed("US-MO", "Missouri"),
    JurisdictionSeed("US-MT", "Montana"),
    JurisdictionSeed("US-NE", "Nebraska"),
    JurisdictionSeed("US-NV", "Nevada"),
    JurisdictionSeed("US-NH", "New Hampshire"),
    JurisdictionSeed("US-NJ", "New Jersey"),
    JurisdictionSeed("US-NM", "New Mexico"),
    JurisdictionSeed("US-NY", "New York"),
    JurisdictionSeed("US-NC", "North Carolina"),
    JurisdictionSeed("US-ND", "North Dakota"),
    JurisdictionSeed("US-OH", "Ohio"),
    JurisdictionSeed("US-OK", "Oklahoma"),
    JurisdictionSeed("US-OR", "Oregon"),
    JurisdictionSeed("US-PA", "Pennsylvania"),
    JurisdictionSeed("US-RI", "Rhode Island"),
    JurisdictionSeed("US-SC", "South Carolina"),
    JurisdictionSeed("US-SD", "South Dakota"),
    JurisdictionSeed("US-TN", "Tennessee"),
    JurisdictionSeed("US-TX", "Texas"),
    JurisdictionSeed("US-UT", "Utah"),
    JurisdictionSeed("US-VT", "Vermont"),
    JurisdictionSeed("US-VA", "Virginia"),
    JurisdictionSeed("US-WA", "Washington"),
    JurisdictionSeed("US-WV", "West Virginia"),
    JurisdictionSeed("US-WI", "Wisconsin"),
    JurisdictionSeed("US-WY", "Wyoming"),
    JurisdictionSeed("US-DC", "District of Columbia"),
    JurisdictionSeed("US-AS", "American Samoa"),
    JurisdictionSeed("US-GU", "Guam"),
    JurisdictionSeed("US-MP", "Northern Mariana Islands"),
    JurisdictionSeed("US-PR", "Puerto Rico"),
    JurisdictionSeed("US-VI", "U.S. Virgin Islands"),
)
