"""Erase a person from the ledger: the books stay with the campaign's treasurer, without the notes."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from core.conflict_of_interest import no_part_of_reader
from core.models import User
from core.notifications.moments import format_day_with_year
from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from ledger.models import Expense, TimeEntry
from volunteers.actions.erasure import profiles_of_person

RECORD_KEEPING_YEARS = 3
"""A committee keeps its records for three years after the report that they belong to (11 CFR 102.9(c)).

Only the preview of an erasure says so: nothing records hours or expenses yet, and nothing deletes them.
"""

_CONTEST = "match__request__campaign__candidate__contest"


def preview_erasure(person: DataSubject, reader: User | None) -> ErasurePreview:
    """Say until when the books are kept, as far as the reader may see them."""
    last = _last_election_day(person, reader)
    if last is None:
        return ErasurePreview()
    until = format_day_with_year(date(last.year + RECORD_KEEPING_YEARS, 12, 31))
    sentence = _(
        "Hours and expenses stay on a campaign's books, under a number, until %(until)s: the law asks for them."
    )
    return ErasurePreview(retained=[sentence % {"until": until}])


def erase_time_notes(person: DataSubject, at: datetime) -> None:
    """Empty the notes on hours. The purpose of an expense belongs to the books and stays."""
    TimeEntry.objects.filter(match__volunteer__in=profiles_of_person(person)).exclude(note="").update(note="")


def _last_election_day(person: DataSubject, reader: User | None) -> date | None:
    is_shown = no_part_of_reader(reader, _CONTEST)
    days = []
    for rows in (TimeEntry.objects, Expense.objects):
        shown = rows.filter(is_shown, match__volunteer__in=profiles_of_person(person))
        days.append(shown.aggregate(last=Max(f"{_CONTEST}__election_on"))["last"])
    return max((day for day in days if day), default=None)
