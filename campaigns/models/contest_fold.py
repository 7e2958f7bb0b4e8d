"""Fold the office and the district of a contest, so that two spellings of one contest are the same text.

The database does it, in a unique index: no way in makes a second contest of another spelling. Only what stands for the
same word or number is folded. Two names for one office, such as "Governor" and "Chief Executive", stay two contests.
"""

from typing import Any

from django.db import models

_STEPS = (
    # Accents, joiners that show nothing, dots and apostrophes belong to their word: "U.S.", "Veterans'".
    (r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff.'\u2018\u2019\u02bc]", ""),
    (r"&", " and "),
    # Other punctuation and signs part words. Listed, not "what is no letter": that would depend on the server's locale.
    (r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u2212\u3000-\u303f]+", " "),
    # "No. 3" and "Number 3" are 3, as "#3" is by now. So are "3rd" and "03".
    (r"\m(number|num|no|nr) ?(?=[0-9])", ""),
    (r"\m([0-9]+)(st|nd|rd|th)\M", r"\1"),
    (r"\m0+(?=[0-9])", ""),
    # "District" beside its number or letter says nothing more. Elsewhere it does: "District Attorney".
    (r"\mdist(rict)?( ?(?=[0-9])| (?=[a-z]\M))", ""),
    (r"(?<=[0-9]) dist(rict)?\M", ""),
    (r"\m(u s|united states)\M", "us"),
)
"""Patterns of PostgreSQL, and what stands in their place. To change one, drop and add the index in a migration."""


def _build_template() -> str:
    folded = "lower(normalize(%(expressions)s, NFKD))"
    for pattern, replacement in _STEPS:
        quoted = pattern.replace("'", "''")
        folded = f"regexp_replace({folded}, '{quoted}', '{replacement}', 'g')"
    return f"trim({folded})"


class FoldedContest(models.Func):
    """The words of a contest's office and district, folded: `FoldedContest("office", "district")`.

    Both together, since people part them differently: "State House 3" without a district is District 3 of it.
    """

    template = _build_template()
    arg_joiner = " || ' ' || "
    arity = 2
    output_field = models.TextField()


def fold_contest(office: str, district: str) -> Any:
    """Return the expression to compare `FoldedContest` of a row with."""
    texts = (models.Value(text, output_field=models.TextField()) for text in (office, district))
    return FoldedContest(*texts)
