"""Find the candidate that a registration or a line of a ballot names, or create them."""

from django.utils.translation import gettext as _

from campaigns.models import Candidate, Contest
from core.errors import Invalid
from core.models import Party
from core.text_folding import fold_text


def find_candidate(contest: Contest, name: str) -> Candidate | None:
    """Return the candidate of this name in the contest, or None.

    Names are compared without case, accents, punctuation and extra spaces: two spellings are one person.
    """
    folded = fold_text(name)
    if folded:
        for candidate in Candidate.objects.filter(contest=contest).order_by("pk"):
            if fold_text(candidate.name) == folded:
                return candidate
    return None


def get_or_create_candidate(contest: Contest, name: str, party: Party | None) -> Candidate:
    """Return the candidate of this name in the contest, and create them with the party if there is none."""
    found = find_candidate(contest, name)
    return found or Candidate.objects.get_or_create(contest=contest, name=name, defaults={"party": party})[0]


def settle_party(candidate: Candidate, party: Party | None) -> None:
    """Store the party that is given for a candidate without one. Raises Invalid where they are here with another.

    The caller has locked the contest.
    """
    if party is None or candidate.party_id == party.pk:
        return
    if candidate.party_id is not None:
        raise Invalid(describe_other_party(), field="party")
    candidate.party = party
    candidate.save(update_fields=["party"])


def describe_other_party() -> str:
    """Return what is wrong with a party that differs from the stored one, without saying that one."""
    return _("This candidate is here with another party, or without one. Check yours; if it is right, write to us.")
