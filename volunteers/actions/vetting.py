"""Record how far a volunteer can be trusted. No documents are stored."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.conflict_of_interest import check_shares_no_contest
from core.date_rules import check_vetting_end
from core.enums import VettingArea
from core.errors import NotAllowed
from core.field_errors import FieldErrors
from core.models import User
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.models import Vetting, Volunteer
from volunteers.queries import has_profile


@transaction.atomic
def vet_volunteer(
    *, actor: User, volunteer: Volunteer, area: str, method: str, valid_until: date, at: datetime
) -> Vetting:
    """Record that a reviewer has established who the volunteer is, by `method`, for one area through `valid_until`.

    A mark for the same area is replaced. Raises NotAllowed (not a reviewer; oneself; a volunteer with a part in a
    contest of the reviewer's, whose seats the mark may open), Invalid, WrongState (the volunteer was erased).
    """
    if not actor.is_reviewer or has_profile(actor, volunteer):
        raise NotAllowed(_("Only reviewers vet, and not themselves. Ask another reviewer."))
    errors = FieldErrors()
    if area not in VettingArea.values:
        message = _("This area is unknown. Choose one of these: %(areas)s.")
        errors.add("area", message % {"areas": ", ".join(VettingArea.values)})
    if method not in Vetting.Method.values:
        message = _("This method is unknown. Choose one of these: %(methods)s.")
        errors.add("method", message % {"methods": ", ".join(Vetting.Method.values)})
    with errors.collect():
        check_vetting_end(valid_until, today=at.date())
    errors.raise_if_any()
    # Last of the checks: a refusal tells that the volunteer has a part there, so it must cost a mark to ask.
    check_shares_no_contest(actor, volunteer.user)
    # Serializes two reviewers who vet the same volunteer at once.
    Volunteer.objects.select_for_update(no_key=True).filter(pk=volunteer.pk).first()
    check_not_erased([volunteer.pk])
    values = {"method": method, "valid_until": valid_until, "reviewer": actor, "created_at": at}
    vetting, _created = Vetting.objects.update_or_create(volunteer=volunteer, area=area, defaults=values)
    return vetting
