"""Erase a person's profile. Where matches depend on it, an anonymous row stays."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from core.models import User
from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from volunteers.models import Invitation, LevelQuestion, Vetting, Volunteer


def profiles_of_person(person: DataSubject) -> QuerySet[Volunteer]:
    """Return the person's own profile, and rows imported under their addresses, unless erased already."""
    condition = Q(public_id__in=person.row_ids.get("volunteer", ()))
    condition |= Q(user=None, email__in=person.addresses, waiting_since__lte=person.until)
    if person.user is not None:
        condition |= Q(user=person.user)
    return Volunteer.objects.filter(condition, erased_at=None)


def preview_erasure(person: DataSubject, reader: User | None) -> ErasurePreview:
    """Say what the erasure means for the profile."""
    if not profiles_of_person(person).exists():
        return ErasurePreview()
    return ErasurePreview(
        erased=[_("Your profile: name, contact, skills, times, wishes, what we checked in a call with you.")]
    )


def erase_profiles(person: DataSubject, at: datetime) -> None:
    """Delete the profile, or anonymize it where rows that must stay depend on it."""
    for volunteer in profiles_of_person(person).order_by("pk").select_for_update(no_key=True, of=("self",)):
        try:
            # A savepoint: a refused delete must not abort the whole transaction.
            with transaction.atomic():
                volunteer.delete()
        except ProtectedError:
            _anonymize_profile(volunteer, at)


def list_profile_ids(person: DataSubject) -> dict[str, Iterable[str]]:
    """Return the ids by which profiles restored from a backup are found again, with or without account."""
    return {
        "volunteer": [str(public_id) for public_id in profiles_of_person(person).values_list("public_id", flat=True)]
    }


def list_subject_ids(person: DataSubject) -> Iterable[UUID]:
    """Yield the public ids of the profiles, of their vetting marks, questions and invitations."""
    profiles = profiles_of_person(person)
    yield from profiles.values_list("public_id", flat=True)
    for model in (Vetting, LevelQuestion, Invitation):
        rows = model._default_manager.filter(volunteer__in=profiles.values("pk"))
        yield from rows.values_list("public_id", flat=True)


def list_search_terms(person: DataSubject) -> Iterable[str]:
    """Return the person's contacts, which campaigns may have copied into their texts."""
    return [contact for contact in profiles_of_person(person).values_list("contact", flat=True) if contact]


def list_held_addresses() -> Iterable[str]:
    """Return the addresses of imported people without account."""
    return Volunteer.objects.filter(user=None).exclude(email="").values_list("email", flat=True).distinct()


ANONYMOUS_VALUES: dict[str, object] = {
    **dict.fromkeys(("first_name", "last_name", "email", "contact", "source", "source_key"), ""),
    **dict.fromkeys(("user", "claimed_at", "rest_until", "availability_confirmed_at")),
    **dict.fromkeys(("answer_due_at", "answer_escalated_at")),
    **dict.fromkeys(("adult", "wants_to_lead", "on_call"), False),
    **dict.fromkeys(("restrict_to_levels", "restrict_to_parties", "restrict_to_jurisdictions"), False),
    **dict.fromkeys(("may_make_decisions", "job_restricts"), "unsaid"),
    **dict.fromkeys(("max_hours_per_week", "max_projects"), 1),
    "time_zone": "UTC",
    "state": "left",
}
"""Values of an erased profile, which no longer say anything about the person."""


def _anonymize_profile(volunteer: Volunteer, at: datetime) -> None:
    related_sets = (volunteer.claims, volunteer.windows, volunteer.time_off, volunteer.vettings, volunteer.invitations)
    for related_set in (*related_sets, volunteer.level_questions):
        related_set.all().delete()
    volunteer.parties.clear()
    volunteer.jurisdictions.clear()
    lists: dict[str, list[str]] = {"assumed": [], "languages": [], "levels": []}
    times = {"waiting_since": at, "left_at": at, "erased_at": at}
    changes = {**ANONYMOUS_VALUES, **lists, **times}
    Volunteer.objects.filter(pk=volunteer.pk).update(**changes, version=F("version") + 1)
