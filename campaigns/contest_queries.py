"""The public list of contests, which are those of imported ballots, and the offices that it names."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Campaign, Contest
from campaigns.standard_offices import STANDARD_OFFICES

MAX_OFFICES = 500
MAX_SEARCH_WORDS = 10
CONTEST_SEARCH_COLUMNS = ("office", "district", "jurisdiction__name", "jurisdiction__code", "cycle")


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


def list_offices() -> list[tuple[str, str]]:
    """Return the usual offices, then those of imported ballots, each with its level; MAX_OFFICES at most."""
    offices = list_ballot_contests().order_by("office", "level").values_list("office", "level").distinct()
    others = [(office, level) for office, level in offices[:MAX_OFFICES] if office not in STANDARD_OFFICES]
    return [*((office, level.value) for office, level in STANDARD_OFFICES.items()), *others][:MAX_OFFICES]


def is_ballot_contest(contest: Contest) -> bool:
    """Return whether the public list has this contest."""
    return _list_imported_campaigns().filter(candidate__contest=contest).exists()


def _list_imported_campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.exclude(source="")
