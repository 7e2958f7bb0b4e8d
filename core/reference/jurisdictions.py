"""The jurisdictions that Handraiser ships: the United States, its states, the district and the inhabited territories.

Codes are those of ISO 3166-2. Other countries, counties and cities are added as data, in the admin. Until then a
contest of a county names its state, and the county is text in `Contest.district`. No election law is recorded here.
"""

from __future__ import annotations

from typing import NamedTuple


class JurisdictionEntry(NamedTuple):
    """A jurisdiction: its code, its name, and the code of the jurisdiction around it ("" for none)."""

    code: str
    name: str
    parent: str = "US"


JURISDICTIONS: tuple[JurisdictionEntry, ...] = (
    JurisdictionEntry("US", "United States", ""),
    JurisdictionEntry("US-AL", "Alabama"),
    JurisdictionEntry("US-AK", "Alaska"),
    JurisdictionEntry("US-AZ", "Arizona"),
    JurisdictionEntry("US-AR", "Arkansas"),
    JurisdictionEntry("US-CA", "California"),
    JurisdictionEntry("US-CO", "Colorado"),
    JurisdictionEntry("US-CT", "Connecticut"),
    JurisdictionEntry("US-DE", "Delaware"),
    JurisdictionEntry("US-FL", "Florida"),
    JurisdictionEntry("US-GA", "Georgia"),
    JurisdictionEntry("US-HI", "Hawaii"),
    JurisdictionEntry("US-ID", "Idaho"),
    JurisdictionEntry("US-IL", "Illinois"),
    JurisdictionEntry("US-IN", "Indiana"),
    JurisdictionEntry("US-IA", "Iowa"),
    JurisdictionEntry("US-KS", "Kansas"),
    JurisdictionEntry("US-KY", "Kentucky"),
    JurisdictionEntry("US-LA", "Louisiana"),
    JurisdictionEntry("US-ME", "Maine"),
    JurisdictionEntry("US-MD", "Maryland"),
    JurisdictionEntry("US-MA", "Massachusetts"),
    JurisdictionEntry("US-MI", "Michigan"),
    JurisdictionEntry("US-MN", "Minnesota"),
    JurisdictionEntry("US-MS", "Mississippi"),
    JurisdictionEntry("US-MO", "Missouri"),
    JurisdictionEntry("US-MT", "Montana"),
    JurisdictionEntry("US-NE", "Nebraska"),
    JurisdictionEntry("US-NV", "Nevada"),
    JurisdictionEntry("US-NH", "New Hampshire"),
    JurisdictionEntry("US-NJ", "New Jersey"),
    JurisdictionEntry("US-NM", "New Mexico"),
    JurisdictionEntry("US-NY", "New York"),
    JurisdictionEntry("US-NC", "North Carolina"),
    JurisdictionEntry("US-ND", "North Dakota"),
    JurisdictionEntry("US-OH", "Ohio"),
    JurisdictionEntry("US-OK", "Oklahoma"),
    JurisdictionEntry("US-OR", "Oregon"),
    JurisdictionEntry("US-PA", "Pennsylvania"),
    JurisdictionEntry("US-RI", "Rhode Island"),
    JurisdictionEntry("US-SC", "South Carolina"),
    JurisdictionEntry("US-SD", "South Dakota"),
    JurisdictionEntry("US-TN", "Tennessee"),
    JurisdictionEntry("US-TX", "Texas"),
    JurisdictionEntry("US-UT", "Utah"),
    JurisdictionEntry("US-VT", "Vermont"),
    JurisdictionEntry("US-VA", "Virginia"),
    JurisdictionEntry("US-WA", "Washington"),
    JurisdictionEntry("US-WV", "West Virginia"),
    JurisdictionEntry("US-WI", "Wisconsin"),
    JurisdictionEntry("US-WY", "Wyoming"),
    JurisdictionEntry("US-DC", "District of Columbia"),
    JurisdictionEntry("US-AS", "American Samoa"),
    JurisdictionEntry("US-GU", "Guam"),
    JurisdictionEntry("US-MP", "Northern Mariana Islands"),
    JurisdictionEntry("US-PR", "Puerto Rico"),
    JurisdictionEntry("US-VI", "U.S. Virgin Islands"),
)
