"""Erase a person from the ledger: the books stay with the campaign's treasurer, without the notes."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from ledger.models import Expense, TimeEntry
from volunteers.actions.erasure import profiles_of_person

RECORD_KEEPING_YEARS = 3
"""A committee keeps its records for three years after the report that they belong to (11 CFR 102.9(c)).

Only the preview of an erasure says so: nothing records hours or expenses yet, and nothing deletes them.
"""

_ELECTION_DAY_LOOKUP = "match__request__campaign__candidate__contest__election_on"


def preview_erasure(person: DataSubject) -> ErasurePreview:
    """Say until when the books are kept."""
    last = _last_election_day(person)
    if last is None:
        return ErasurePreview()
    until = date_format(date(last.year + RECORD_KEEPING_YEARS, 12, 31), "DATE_FORMAT")
    sentence = _(
        "Hours and expenses stay on a campaign's books, under a number, until %(until)s: the law asks for them."
    )
    return ErasurePreview(retained=[sentence % {"until": until}])


def erase_time_notes(person: DataSubject, at: datetime) -> None:
    """Empty the notes on hours. The purpose of an expense belongs to the books and stays."""
    TimeEntry.objects.filter(match__volunteer__in=profiles_of_person(person)).exclude(note="").update(note="")


def _last_election_day(person: DataSubject) -> date | None:
    days = []
    for rows in (TimeEntry.objects, Expense.objects):
        days.append(
            rows.filter(match__volunteer__in=profiles_of_person(person)).aggregate(last=Max(_ELECTION_DAY_LOOKUP))[
                "last"
            ]
        )
    return max((day for day in days if day), default=None)
