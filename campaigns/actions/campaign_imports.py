"""Import campaigns from an organisation's spreadsheet: a row is a line of a ballot."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.actions.contests import check_office
from campaigns.actions.imported_candidates import check_party_text, find_imported_candidate
from campaigns.models import Campaign, Candidate
from campaigns.signals import campaign_verified
from core.date_rules import check_contest_days
from core.enums import OfficeLevel
from core.field_errors import FieldErrors
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow, describe_repeated_key
from core.models import Jurisdiction


def list_campaign_fields() -> tuple[ImportField, ...]:
    """Return the fields that a spreadsheet of campaigns may have. A row is a line of a ballot."""
    return (
        ImportField(
            "jurisdiction", fields.choice_reader(Jurisdiction.objects.values_list("code", flat=True)), required=True
        ),
        ImportField("office", fields.text_reader(80), required=True),
        ImportField("level", fields.choice_reader(OfficeLevel.values), required=True),
        ImportField("district", fields.text_reader(80)),
        ImportField("election_on", fields.read_date, required=True),
        ImportField("special", fields.read_yes_no),
        ImportField("candidate", fields.text_reader(120), required=True),
        ImportField("party", fields.text_reader(80)),
        ImportField("name", fields.text_reader(160)),
        ImportField("verified", fields.read_yes_no),
    )


def check_campaign_values(values: Mapping[str, Any], today: date) -> None:
    """Check what a row says of a campaign, on the day of the import. Raises Invalid."""
    errors = FieldErrors()
    if "office" in values:
        with errors.collect():
            check_office(values["office"])
    if "election_on" in values:
        with errors.collect():
            check_contest_days(election_on=values["election_on"], primary_on=None, today=today)
    if "party" in values:
        with errors.collect("party"):
            check_party_text(values["party"])
    errors.raise_if_any()


def load_campaigns(*, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
    """Create or update a campaign for each row, with its contest and candidate, in the caller's transaction.

    A contest and a candidate that are here keep their days, level and party, and a candidate their spelling: a row that
    says otherwise is refused. So is a later row of one key with other values: a candidate nominated by several parties
    is entered for the first of them. Office and district may be spelled otherwise. Raises Invalid.
    """
    return [_load_campaign(row, source, at) for row in rows]


def _load_campaign(row: ImportRow, source: str, at: datetime) -> ImportOutcome:
    stored = Campaign.objects.filter(source=source, source_key=row.key).select_related("candidate__contest")
    campaign = stored.first()
    # A campaign with members maintains its own data, which an import must not overwrite.
    if campaign is not None and campaign.members.exists():
        return ImportOutcome.LEFT_ALONE
    candidate = find_imported_candidate(row, campaign)
    if campaign is not None:
        return _update_campaign(campaign, candidate, row, at)
    verified = row.values.get("verified", False)
    campaign = Campaign(candidate=candidate, created_at=at, source=source, source_key=row.key)
    campaign.name, campaign.assumed = _name_campaign(row, candidate), _list_assumed(row)
    campaign.state = Campaign.State.VERIFIED if verified else Campaign.State.UNVERIFIED
    campaign.verified_at = at if verified else None
    campaign.save()
    return ImportOutcome.CREATED


def _update_campaign(campaign: Campaign, candidate: Candidate, row: ImportRow, at: datetime) -> ImportOutcome:
    values: dict[str, object] = {"candidate": candidate}
    if row.is_first or "name" in row.values:
        values |= {"name": _name_campaign(row, candidate)}
    changes: dict[str, object] = {name: value for name, value in values.items() if value != getattr(campaign, name)}
    verified = row.values.get("verified", campaign.verified_at is not None)
    if verified != (campaign.verified_at is not None):
        changes["verified"] = verified
    _check_changes(campaign, changes, row)
    if not row.is_first:
        return ImportOutcome.JOINED
    if not changes and campaign.assumed == _list_assumed(row):
        return ImportOutcome.UNCHANGED
    if changes.pop("verified", False):
        campaign.state, campaign.verified_at, campaign.answer_due_at = Campaign.State.VERIFIED, at, None
    for name, value in changes.items():
        setattr(campaign, name, value)
    newly_verified = campaign.verified_at == at
    campaign.assumed = _list_assumed(row)
    campaign.version += 1
    campaign.save()
    if newly_verified:
        campaign_verified.send(Campaign, campaign=campaign, at=at)
    return ImportOutcome.UPDATED


def _check_changes(campaign: Campaign, changes: Mapping[str, object], row: ImportRow) -> None:
    errors = FieldErrors()
    for name in () if row.is_first else changes:
        errors.add(name, describe_repeated_key())
    if row.is_first and changes.get("verified") is False:
        message = _("This campaign is verified here. A reviewer ends it, if it should not be; or leave this empty.")
        errors.add("verified", message)
    if row.is_first and changes.get("verified") and campaign.state == Campaign.State.ENDED:
        errors.add("verified", _("This campaign has ended here. Leave the row out, or give it a key of its own."))
    errors.raise_if_any()


def _name_campaign(row: ImportRow, candidate: Candidate) -> str:
    name: str = row.values.get("name") or f"{candidate.name}: {candidate.contest.office}"[:160]
    return name


def _list_assumed(row: ImportRow) -> list[str]:
    return sorted(set(row.assumed_fields) | ({"name"} if "name" not in row.values else set()))
