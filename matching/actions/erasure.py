"""Matching's part of an erasure: matches stay as counts, and nothing that was said of or to the person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from matching.actions.leaving import end_all
from matching.actions.steps import hold_rows
from matching.engine.digest import pack, unpack
from matching.models import Feed, Match, Message, Pin, Report, Run, RunArrays, Veto
from volunteers.actions.erasure import profiles_of_person

NOBODY = -1
"""The id of a volunteer in a run's arrays who has been erased since."""


def says(person: DataSubject) -> ErasurePreview:
    """What it means for matches."""
    matches = Match.objects.filter(volunteer__in=profiles_of_person(person))
    goes = [_("Messages that you wrote and that were written to you, notes, and your calendar's address.")]
    ends = [_("Offers and projects that go on end at once; campaigns hear that you cannot go on, and nothing more.")]
    stays = [_("That a place was proposed, offered or taken stays as a count, under a number that leads to nobody.")]
    return ErasurePreview(goes=goes + ends, stays=stays) if matches.exists() else ErasurePreview()


def leaves(person: DataSubject, at: datetime) -> None:
    """Ends what goes on, by the ordinary moves, and takes the person's number out of what is kept of runs."""
    people = list(profiles_of_person(person).order_by("pk"))
    for volunteer in people:
        end_all(volunteer, at=at)
    unlink_from_arrays({volunteer.pk for volunteer in people})


def erases(person: DataSubject, at: datetime) -> None:
    """Whatever was said stays with nobody."""
    people = list(profiles_of_person(person).order_by("pk").values_list("pk", flat=True))
    hold_rows(volunteers=people)
    of_them = Q(match__volunteer__in=people)
    by_them = Q(author=person.user) if person.user else Q(pk__in=[])
    Message.objects.filter(of_them | by_them).delete()
    reports = Report.objects.filter(of_them | (Q(reported_by=person.user) if person.user else Q(pk__in=[])))
    reports.update(text="")
    reports.exclude(handled_at=None).update(outcome="—")
    Match.objects.filter(volunteer__in=people).update(note="", parts={})
    for model in (Veto, Pin, Feed, Run.people.through):
        model._default_manager.filter(volunteer__in=people).delete()


def words(person: DataSubject) -> Iterable[str]:
    """The names of matches in which something happened lately, as a campaign may have been answered them."""
    lately = Match.objects.filter(
        volunteer__in=profiles_of_person(person), moved_at__gt=person.until - timedelta(days=2)
    )
    return [str(name) for name in lately.values_list("public_id", flat=True)]


def unlink_from_arrays(volunteers: set[int]) -> None:
    """Takes these numbers out of what is kept of runs: what stands there is then about nobody."""
    for run in RunArrays.objects.order_by("pk").values_list("pk", flat=True) if volunteers else ():
        with transaction.atomic():
            arrays = RunArrays.objects.select_for_update(no_key=True).filter(pk=run).first()
            if arrays is None:
                continue
            problem = unpack(bytes(arrays.problem))
            gone = np.isin(problem.volunteer_id, list(volunteers))
            if gone.any():
                kept = np.where(gone, NOBODY, problem.volunteer_id)
                RunArrays.objects.filter(pk=run).update(problem=pack(replace(problem, volunteer_id=kept)))
