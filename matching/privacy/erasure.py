"""Erase what matching stores about a person. Matches stay as counts, without anything that was written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.conflict_of_interest import no_part_of_reader
from core.models import User
from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from matching.lifecycle.actions.departure import end_all_matches
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.problem_reports import ERASED_OUTCOME
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH
from matching.models import CalendarFeed, Interest, Match, Message, Pin, ProblemReport, Run, Veto
from matching.runs.actions.arrays import unlink_volunteers_from_arrays
from volunteers.actions.erasure import profiles_of_person

_NO_ROWS = Q(pk__in=[])


def preview_erasure(person: DataSubject, reader: User | None) -> ErasurePreview:
    """Return what an erasure means for those of the person's matches that the reader may know of."""
    is_shown = no_part_of_reader(reader, CONTEST_OF_MATCH)
    matches = Match.objects.filter(is_shown, volunteer__in=profiles_of_person(person))
    deleted = [_("Messages that you wrote and that were written to you, notes, and your calendar's address.")]
    ended = [_("Offers and projects that go on end at once; campaigns hear that you cannot go on, and nothing more.")]
    remaining = [
        _("That a place was proposed, offered or taken stays as a count, under a number that leads to nobody.")
    ]
    return ErasurePreview(erased=deleted + ended, retained=remaining) if matches.exists() else ErasurePreview()


def end_match_activity(person: DataSubject, at: datetime) -> None:
    """End the person's matches by the ordinary transitions, and unlink their ids from the arrays of runs."""
    volunteers = list(profiles_of_person(person).order_by("pk"))
    for volunteer in volunteers:
        end_all_matches(volunteer, at=at)
    unlink_volunteers_from_arrays({volunteer.pk for volunteer in volunteers})


def erase_match_data(person: DataSubject, at: datetime) -> None:
    """Delete the person's messages, texts, vetoes, pins, interests and calendar address."""
    volunteer_ids = list(profiles_of_person(person).order_by("pk").values_list("pk", flat=True))
    lock_rows(volunteers=volunteer_ids)
    in_their_matches = Q(match__volunteer__in=volunteer_ids)
    written_by_them = Q(author=person.user) if person.user else _NO_ROWS
    Message.objects.filter(in_their_matches | written_by_them).delete()
    reported_by_them = Q(reported_by=person.user) if person.user else _NO_ROWS
    reports = ProblemReport.objects.filter(in_their_matches | reported_by_them)
    reports.update(text="")
    reports.exclude(handled_at=None).update(outcome=ERASED_OUTCOME)
    Match.objects.filter(volunteer__in=volunteer_ids).update(note="", score_parts={})
    for model in (Veto, Pin, Interest, CalendarFeed, Run.volunteers.through):
        model._default_manager.filter(volunteer__in=volunteer_ids).delete()


def list_subject_ids(person: DataSubject) -> Iterable[UUID]:
    """Yield the public ids of the person's matches, and of what was written and decided about them or by them."""
    profiles = profiles_of_person(person).values("pk")
    in_their_matches = Q(match__volunteer__in=profiles)
    by_them = {name: Q(**{name: person.user}) if person.user else _NO_ROWS for name in ("author", "reported_by")}
    rows: tuple[QuerySet[Any], ...] = (
        Match.objects.filter(volunteer__in=profiles),
        Message.objects.filter(in_their_matches | by_them["author"]),
        ProblemReport.objects.filter(in_their_matches | by_them["reported_by"]),
        Veto.objects.filter(volunteer__in=profiles),
        Pin.objects.filter(volunteer__in=profiles),
        Interest.objects.filter(volunteer__in=profiles),
    )
    for queryset in rows:
        yield from queryset.values_list("public_id", flat=True)
