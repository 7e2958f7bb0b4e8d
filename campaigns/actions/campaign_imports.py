"""Import campaigns from an organisation's spreadsheet: a row is a line of a ballot."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.actions.candidates import describe_other_party, get_or_create_candidate
from campaigns.actions.contests import check_office, check_same_contest, get_or_create_contest, spell_as_on_ballot
from campaigns.contest_queries import ContestIdentity, find_contest
from campaigns.models import Campaign, Candidate
from campaigns.signals import campaign_verified
from core.date_rules import check_contest_days
from core.enums import OfficeLevel
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow, describe_repeated_key
from core.models import Jurisdiction, Party
from core.text_folding import fold_text


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
    if "party" in values and not _build_party_code(values["party"]):
        errors.add("party", _("This party has no letter and no digit. Write its name, or leave it empty."))
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
    candidate = _find_candidate(row, campaign)
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


def _find_candidate(row: ImportRow, campaign: Campaign | None) -> Candidate:
    """Return the candidate of a row, whose campaign this is. Raises Invalid for all that is here with other values."""
    values, errors = row.values, FieldErrors()
    if campaign is not None:
        with errors.collect():
            _check_contest_stays(campaign, row)
    identity = _identify_contest(row)
    contest, _created = get_or_create_contest(identity, level=values["level"], election_on=values["election_on"])
    spell_as_on_ballot(contest, identity)
    with errors.collect():
        # A spreadsheet says nothing of the primary.
        check_same_contest(contest, values["level"], values["election_on"], contest.primary_on)
    party = _find_party(values["party"]) if "party" in values else None
    candidate = get_or_create_candidate(contest, values["candidate"], party)
    with errors.collect():
        _check_candidate(candidate, values["candidate"], party, campaign)
    errors.raise_if_any()
    return candidate


def _identify_contest(row: ImportRow) -> ContestIdentity:
    values = row.values
    jurisdiction = Jurisdiction.objects.get(code=values["jurisdiction"])
    district, special = values.get("district", ""), values.get("special", False)
    return ContestIdentity(jurisdiction, values["office"], district, values["election_on"].year, special)


def _check_contest_stays(campaign: Campaign, row: ImportRow) -> None:
    """Raise Invalid when a row would move a campaign to a contest of another year, or away from its requests."""
    values, contest, errors = row.values, campaign.candidate.contest, FieldErrors()
    if values["election_on"].year != contest.cycle:
        message = _(
            "This campaign is in a contest of %(year)s here, and stays in it. A reviewer corrects the days of a "
            "contest. For another election, give the row a key of its own."
        )
        errors.add("election_on", message % {"year": contest.cycle})
    given = {
        "jurisdiction": (values["jurisdiction"], contest.jurisdiction.code),
        "office": (values["office"], contest.office),
        "district": (values.get("district", ""), contest.district),
        "special": (values.get("special", False), contest.special),
    }
    is_moved = find_contest(_identify_contest(row)) != contest
    moved = [name for name, (new, old) in given.items() if is_moved and new != old]
    if moved and not row.is_first:
        for name in moved:
            errors.add(name, describe_repeated_key())
    elif moved and campaign.requests.exists():
        message = _("This campaign has requests here, so it stays in its contest. Correct the row.")
        for name in moved:
            errors.add(name, message)
    errors.raise_if_any()


def _build_party_code(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold_text(text)).split())


def _find_party(text: str) -> Party:
    """Return the party that a ballot names, by its code or its name in any spelling, or create it."""
    code = _build_party_code(text)
    parties = list(Party.objects.order_by("pk"))
    by_code = (party for party in parties if party.code == code)
    by_name = (party for party in parties if _build_party_code(party.name) == code)
    found = next(by_code, None) or next(by_name, None)
    return found or Party.objects.get_or_create(code=code, defaults={"name": text.title()})[0]


def _check_candidate(candidate: Candidate, name: str, party: Party | None, campaign: Campaign | None) -> None:
    """Check that the candidate is here as the row says, and has no other campaign. Raises Invalid."""
    others = Campaign.objects.filter(candidate=candidate)
    if (others.exclude(pk=campaign.pk) if campaign else others).exists():
        params = {"name": candidate.name}
        raise Invalid(_("%(name)s has a campaign here already, from elsewhere. Leave this row out.") % params)
    errors = FieldErrors()
    if candidate.name != name:
        message = _("This candidate is here as “%(name)s”. Write the name like that; if yours is right, write to us.")
        errors.add("candidate", message % {"name": candidate.name})
    if party is not None and candidate.party_id != party.pk:
        errors.add("party", describe_other_party())
    errors.raise_if_any()
