"""Find or create the candidate of an imported campaign, with the contest and the party."""

from django.utils.translation import gettext as _

from campaigns.actions.candidates import describe_other_party, get_or_create_candidate
from campaigns.actions.contests import check_same_contest, get_or_create_contest, spell_as_on_ballot
from campaigns.contest_queries import ContestIdentity, find_contest
from campaigns.models import Campaign, Candidate
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports.importers import ImportRow, describe_repeated_key
from core.models import Jurisdiction, Party
from core.text_folding import fold_text

MAX_PARTY_LENGTH = 80
"""Characters of a party's name, and of its code."""


def find_imported_candidate(row: ImportRow, campaign: Campaign | None) -> Candidate:
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


def build_party_code(text: str) -> str:
    """Return the code of a party that is named in any spelling; empty without a letter or a digit."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold_text(text)).split())


def check_party_text(text: str) -> None:
    """Check that a party can be stored under what a ballot calls it. Raises Invalid."""
    code = build_party_code(text)
    if not code:
        raise Invalid(_("This party has no letter and no digit. Write its name, or leave it empty."))
    # In lower case, or with capitals, some letters become several.
    length = max(len(code), len(text.title()))
    if length > MAX_PARTY_LENGTH:
        values = {"text": text[:40], "length": length, "limit": MAX_PARTY_LENGTH}
        raise Invalid(_("“%(text)s…” has %(length)s characters: shorten it to %(limit)s.") % values)


def _find_party(text: str) -> Party:
    """Return the party that a ballot names, by its code or its name in any spelling, or create it."""
    code = build_party_code(text)
    parties = list(Party.objects.order_by("pk"))
    by_code = (party for party in parties if party.code == code)
    by_name = (party for party in parties if build_party_code(party.name) == code)
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
