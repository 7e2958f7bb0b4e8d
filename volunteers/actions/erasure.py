"""The volunteers' part of an erasure: the profile goes. Where matches hang on it a number stays, and nothing else."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, ProtectedError, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from volunteers.models import Volunteer


def profiles_of_person(person: DataSubject) -> QuerySet[Volunteer]:
    """The person's own profile, and what was imported under an address of theirs, as far as it is not erased."""
    found = Q(public_id__in=person.row_ids.get("volunteer", ()))
    found |= Q(user=None, address__in=person.addresses, waiting_since__lte=person.until)
    if person.user is not None:
        found |= Q(user=person.user)
    return Volunteer.objects.alias(address=Lower("email")).filter(found, erased_at=None)


def preview_erasure(person: DataSubject) -> ErasurePreview:
    """What it means for a profile."""
    if not profiles_of_person(person).exists():
        return ErasurePreview()
    return ErasurePreview(goes=[_("Your profile: name, contact, skills, times, wishes, vetting marks.")])


def erase_profiles(person: DataSubject, at: datetime) -> None:
    """Deletes the profile, or empties it where something hangs on it that others count."""
    for volunteer in profiles_of_person(person).order_by("pk").select_for_update(no_key=True, of=("self",)):
        try:
            with transaction.atomic():
                volunteer.delete()
        except ProtectedError:
            _anonymize_profile(volunteer, at)


def list_profile_ids(person: DataSubject) -> dict[str, Iterable[str]]:
    """By which a restored row is found again, whether or not it has an account."""
    return {"volunteer": [str(name) for name in profiles_of_person(person).values_list("public_id", flat=True)]}


def list_search_terms(person: DataSubject) -> Iterable[str]:
    """How the person is reached, as campaigns may have been answered it."""
    return [contact for contact in profiles_of_person(person).values_list("contact", flat=True) if contact]


def list_held_addresses() -> Iterable[str]:
    """Of imported people."""
    return Volunteer.objects.filter(user=None).exclude(email="").values_list("email", flat=True).distinct()


def _anonymize_profile(volunteer: Volunteer, at: datetime) -> None:
    rows = (volunteer.claims, volunteer.windows, volunteer.time_off, volunteer.vettings, volunteer.level_questions)
    for each in (*rows, volunteer.invitations):
        each.all().delete()
    volunteer.parties.clear()
    volunteer.jurisdictions.clear()
    named = {"first_name": "", "last_name": "", "email": "", "contact": "", "source": "", "source_key": ""}
    said = {
        "assumed": [],
        "languages": [],
        "levels": [],
        "time_zone": "UTC",
        "max_hours_per_week": 1,
        "max_projects": 1,
    }
    flags = (
        "adult",
        "wants_to_lead",
        "restrict_to_levels",
        "restrict_to_parties",
        "restrict_to_jurisdictions",
        "on_call",
    )
    times = {"waiting_since": at, "left_at": at, "erased_at": at}
    gone = dict.fromkeys(("user", "claimed_at", "rest_until", "availability_confirmed_at"))
    unsaid = dict.fromkeys(("may_make_decisions", "job_restricts"), "unsaid")
    emptied = {**named, **said, **times, **gone, **unsaid, **dict.fromkeys(flags, False), "state": "left"}
    Volunteer.objects.filter(pk=volunteer.pk).update(**emptied, version=F("version") + 1)
