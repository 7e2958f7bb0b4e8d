"""Writing down how far somebody can be trusted. No documents are kept."""

from datetime import date, datetime

from django.db import transaction

from core.enums import VettingArea
from core.errors import Invalid, NotAllowed
from core.models import User
from volunteers.models import Vetting, Volunteer


@transaction.atomic
def vet_volunteer(*, actor: User, volunteer: Volunteer, area: str, method: str, until: date, at: datetime) -> Vetting:
    """A reviewer has seen who somebody is, by `method`; the mark covers one area and counts through `until`.

    A mark for the same area is replaced. Raises NotAllowed (not a reviewer, or of oneself), Invalid.
    """
    if not actor.is_reviewer or volunteer.user_id == actor.pk:
        raise NotAllowed("Only reviewers vet, and nobody vets themselves.")
    if area not in VettingArea.values:
        raise Invalid(f"Say what it covers: {', '.join(VettingArea.values)}.", field="area")
    if method not in Vetting.Method.values:
        raise Invalid(f"Say how you know: {', '.join(Vetting.Method.values)}.", field="method")
    if until < at.date():
        raise Invalid("This day is over. Give the last day on which the mark counts.", field="until")
    Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    said = {"method": method, "until": until, "reviewer": actor, "made_at": at}
    vetting, _ = Vetting.objects.update_or_create(volunteer=volunteer, area=area, defaults=said)
    return vetting
