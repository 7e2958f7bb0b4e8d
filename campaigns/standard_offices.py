"""The usual offices in the United States, as suggestions: an office is a free text of the contest."""

from core.enums import OfficeLevel

STANDARD_OFFICES: dict[str, OfficeLevel] = {
    "President": OfficeLevel.FEDERAL,
    "US Senate": OfficeLevel.FEDERAL,
    "US House": OfficeLevel.FEDERAL,
    "Governor": OfficeLevel.STATE,
    "Lieutenant Governor": OfficeLevel.STATE,
    "Attorney General": OfficeLevel.STATE,
    "Secretary of State": OfficeLevel.STATE,
    "State Treasurer": OfficeLevel.STATE,
    "State Auditor": OfficeLevel.STATE,
    "State Supreme Court": OfficeLevel.STATE,
    "State Senate": OfficeLevel.STATE,
    "State House": OfficeLevel.STATE,
    "Mayor": OfficeLevel.LOCAL,
    "City Council": OfficeLevel.LOCAL,
    "County Executive": OfficeLevel.LOCAL,
    "County Commission": OfficeLevel.LOCAL,
    "County Clerk": OfficeLevel.LOCAL,
    "District Attorney": OfficeLevel.LOCAL,
    "Sheriff": OfficeLevel.LOCAL,
    "School Board": OfficeLevel.LOCAL,
    "Judge": OfficeLevel.LOCAL,
}
"""By the name that `Contest.office` has, the level of government."""
