"""Find the candidate that a registration or a line of a ballot names, or create them."""

from campaigns.models import Candidate, Contest
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
