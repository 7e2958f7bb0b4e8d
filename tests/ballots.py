"""Import a ballot, as an organisation does with a spreadsheet."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from campaigns.actions.campaign_imports import load_campaigns
from core.imports.importers import ImportRow


def import_ballot(at: datetime, *changes: Mapping[str, object]) -> None:
    """Import a line of a ballot for each of `changes`: the house of Oregon, district 12, in 30 weeks, or as changed."""
    common: dict[str, object] = {
        "jurisdiction": "US-OR",
        "office": "State House",
        "level": "state",
        "district": "12",
        "election_on": (at + timedelta(weeks=30)).date(),
    }
    rows = [
        ImportRow(
            line=number,
            key=str(number),
            values=common | {"candidate": f"Candidate {number}"} | dict(change),
            assumed_fields=(),
        )
        for number, change in enumerate(changes, start=1)
    ]
    load_campaigns(rows=rows, source="ballot", at=at)
