"""Matching's part of an erasure: matches stay as counts, and nothing that was said of or to the person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from matching.lifecycle.actions.departure import end_all_matches
from matching.lifecycle.actions.locking import lock_rows
from matching.models import CalendarFeed, Match, Message, Pin, ProblemReport, Run, Veto
from matching.runs.actions.arrays import unlink_volunteers_from_arrays
from volunteers.actions.erasure import profiles_of_person


def preview_erasure(person: DataSubject) -> ErasurePreview:
    """What it means for matches."""
    matches = Match.objects.filter(volunteer__in=profiles_of_person(person))
    goes = [_("Messages that you wrote and that were written to you, notes, and your calendar's address.")]
    ends = [_("Offers and projects that go on end at once; campaigns hear that you cannot go on, and nothing more.")]
    stays = [_("That a place was proposed, offered or taken stays as a count, under a number that leads to nobody.")]
    return ErasurePreview(goes=goes + ends, stays=stays) if matches.exists() else ErasurePreview()


def end_match_activity(person: DataSubject, at: datetime) -> None:
    """Ends what goes on, by the ordinary moves, and takes the person's number out of what is kept of runs."""
    people = list(profiles_of_person(person).order_by("pk"))
    for volunteer in people:
        end_all_matches(volunteer, at=at)
    unlink_volunteers_from_arrays({volunteer.pk for volunteer in people})


def erase_match_data(person: DataSubject, at: datetime) -> None:
    """Whatever was said stays with nobody."""
    people = list(profiles_of_person(person).order_by("pk").values_list("pk", flat=True))
    lock_rows(volunteers=people)
    of_them = Q(match__volunteer__in=people)
    by_them = Q(author=person.user) if person.user else Q(pk__in=[])
    Message.objects.filter(of_them | by_them).delete()
    reports = ProblemReport.objects.filter(of_them | (Q(reported_by=person.user) if person.user else Q(pk__in=[])))
    reports.update(text="")
    reports.exclude(handled_at=None).update(outcome="—")
    Match.objects.filter(volunteer__in=people).update(note="", parts={})
    for model in (Veto, Pin, CalendarFeed, Run.people.through):
        model._default_manager.filter(volunteer__in=people).delete()


def list_search_terms(person: DataSubject) -> Iterable[str]:
    """The names of matches in which something happened lately, as a campaign may have been answered them."""
    lately = Match.objects.filter(
        volunteer__in=profiles_of_person(person), state_changed_at__gt=person.until - timedelta(days=2)
    )
    return [str(name) for name in lately.values_list("public_id", flat=True)]
