"""Check a candidacy that is given, and find or create its contest."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from campaigns.actions.contests import check_office, check_same_contest, get_or_create_contest
from campaigns.contest_queries import find_contest, identify_contest, is_ballot_contest
from campaigns.draft_rules import Candidacy
from campaigns.models import Contest
from core.date_rules import check_contest_days
from core.field_errors import FieldErrors
from core.models import Jurisdiction, Party
from core.reference.codes import find_by_codes


class CandidacyReferences(NamedTuple):
    """The rows that a candidacy names by their codes."""

    jurisdiction: Jurisdiction
    party: Party | None


def resolve_candidacy(candidacy: Candidacy, *, today: date, errors: FieldErrors | None = None) -> CandidacyReferences:
    """Check a candidacy that is given on `today`, and return what it names.

    Raises Invalid with everything that is wrong with it, after the `errors` that are known already.
    """
    errors = FieldErrors() if errors is None else errors
    with errors.collect():
        check_office(candidacy.office)
    if candidacy.election_on < today:
        errors.add("election_on", _("This election is over. Check its date."))
    with errors.collect():
        check_contest_days(election_on=candidacy.election_on, primary_on=candidacy.primary_on, today=today)
    jurisdictions = find_by_codes(
        "jurisdiction", Jurisdiction.objects.all(), {"jurisdiction": candidacy.jurisdiction}, errors
    )
    party = {"party": candidacy.party} if candidacy.party else {}
    parties = find_by_codes("party", Party.objects.all(), party, errors)
    errors.raise_if_any()
    return CandidacyReferences(jurisdictions[candidacy.jurisdiction], parties.get(candidacy.party))


def resolve_typed_contest(candidacy: Candidacy, *, today: date) -> Contest | None:
    """Check the contest of a candidacy that is typed on `today`, and return it if the public list has it.

    Nothing is said of a contest off the list: it would tell that one of its candidates is here. Raises Invalid with
    everything that is wrong, also where the list has it with other days or at another level.
    """
    references = resolve_candidacy(candidacy, today=today)
    contest = find_contest(identify_contest(candidacy, references.jurisdiction))
    if contest is None or not is_ballot_contest(contest):
        return None
    check_same_contest(contest, candidacy.level, candidacy.election_on, candidacy.primary_on)
    return contest


def get_or_create_contest_of(candidacy: Candidacy, references: CandidacyReferences) -> Contest:
    """Return the contest of a candidacy. Raises Invalid when it is here with other days or another level.

    A contest off the public list is here because of a campaign. So nothing stored replaces what was given, and the
    errors, which cost a registration, do not say what is stored.
    """
    contest, is_created = get_or_create_contest(
        identify_contest(candidacy, references.jurisdiction),
        level=candidacy.level,
        election_on=candidacy.election_on,
        primary_on=candidacy.primary_on,
    )
    # Of two spellings of a candidate that are registered at once the second one finds the first.
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if not is_created:
        check_same_contest(contest, candidacy.level, candidacy.election_on, candidacy.primary_on)
    return contest
