"""Find a contest by its name, in any spelling; the public list of contests, and the offices that it names."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.draft_rules import Candidacy
from campaigns.models import Campaign, Contest
from campaigns.models.contest_fold import FoldedContest, fold_contest
from campaigns.standard_offices import STANDARD_OFFICES
from core.models import Jurisdiction
from core.text_folding import fold_text

MAX_OFFICES = 500
MAX_SEARCH_WORDS = 10
CONTEST_SEARCH_COLUMNS = ("office", "district", "jurisdiction__name", "jurisdiction__code", "cycle")


class ContestIdentity(NamedTuple):
    """What makes a contest this one. Of office and district the spelling does not count."""

    jurisdiction: Jurisdiction
    office: str
    district: str
    cycle: int
    special: bool


def identify_contest(candidacy: Candidacy, jurisdiction: Jurisdiction) -> ContestIdentity:
    """Return which contest a candidacy is for; its jurisdiction is read already."""
    year = candidacy.election_on.year
    return ContestIdentity(jurisdiction, candidacy.office, candidacy.district, year, candidacy.special)


def find_contest(identity: ContestIdentity) -> Contest | None:
    """Return the contest that is here in this spelling or another one, or None."""
    contests = Contest.objects.alias(folded=FoldedContest("office", "district")).select_related("jurisdiction")
    return contests.filter(
        jurisdiction=identity.jurisdiction,
        cycle=identity.cycle,
        special=identity.special,
        folded=fold_contest(identity.office, identity.district),
    ).first()


def list_ballot_contests() -> QuerySet[Contest]:
    """Return the contests of imported ballots, each with its jurisdiction; the list tells nothing of who is here.

    A contest that only a registered campaign brought is left out: it would tell that one of its candidates is here.
    """
    imported = _list_imported_campaigns().filter(candidate__contest=OuterRef("pk"))
    return Contest.objects.filter(Exists(imported)).select_related("jurisdiction")


def search_ballot_contests(text: str, *, today: date) -> QuerySet[Contest]:
    """Return the contests of the public list that are ahead and have each word of `text`, the next one first."""
    contests = list_ballot_contests().filter(election_on__gte=today)
    for word in text.split()[:MAX_SEARCH_WORDS]:
        has_word = Q()
        for column in CONTEST_SEARCH_COLUMNS:
            has_word |= Q(**{f"{column}__icontains": word})
        contests = contests.filter(has_word)
    return contests.order_by("election_on", "office", "district", "pk")


def find_known_words(text: str, *, today: date) -> str:
    """Return the words of `text` that stand in a contest ahead: a word that is misspelt leads nowhere."""
    words = text.split()[:MAX_SEARCH_WORDS]
    return " ".join(word for word in words if search_ballot_contests(word, today=today).exists())


def list_offices() -> list[tuple[str, str]]:
    """Return the usual offices, then those of imported ballots, each with its level; MAX_OFFICES at most.

    Of an office that ballots spell in several ways the first spelling is listed.
    """
    usual = {fold_text(office) for office in STANDARD_OFFICES}
    imported = list_ballot_contests().order_by("office", "level").values_list("office", "level").distinct()
    others: dict[tuple[str, str], tuple[str, str]] = {}
    for office, level in imported[:MAX_OFFICES]:
        if (folded := fold_text(office)) not in usual:
            others.setdefault((folded, level), (office, level))
    return [*((office, level.value) for office, level in STANDARD_OFFICES.items()), *others.values()][:MAX_OFFICES]


def is_ballot_contest(contest: Contest) -> bool:
    """Return whether the public list has this contest."""
    return _list_imported_campaigns().filter(candidate__contest=contest).exists()


def _list_imported_campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.exclude(source="")
