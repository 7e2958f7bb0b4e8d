"""Find the contacts in an answer, and the records of who saw them."""

from collections import defaultdict

from django.db.models import QuerySet

from campaigns.models import CandidateLink, MemberInvitation
from core.models import ContactAccess, Notice, User
from core.models.contact_access import ContactSubject
from volunteers.models import Volunteer


def looks() -> list[tuple[int | None, str, ContactSubject | None, str]]:
    rows = ContactAccess.objects.order_by("pk")
    return [
        (look.viewer_id, look.viewer_kind, look.subject_id or look.subject_public_id, look.access_point)
        for look in rows
    ]


def contacts() -> dict[str, set[ContactSubject]]:
    """Every way in which anybody is reached, and what it may be written down as."""
    found: dict[str, set[ContactSubject]] = defaultdict(set)
    for email, account in User.objects.values_list("email", "pk"):
        found[email].add(account)
    for contact, account in Volunteer.objects.exclude(contact="").exclude(user=None).values_list("contact", "user"):
        found[contact].add(account)
    for model, column in (
        (Volunteer, "email"),
        (MemberInvitation, "email"),
        (CandidateLink, "email"),
        (Notice, "address"),
    ):
        for address, row in model._default_manager.exclude(**{column: ""}).values_list(column, "public_id"):
            found[address].add(row)
    return found


def unrecorded(told: str, looks: QuerySet[ContactAccess], looker: User | None) -> list[str]:
    """The contacts of others in an answer to somebody of which these looks say nothing."""
    pk = looker.pk if looker else None
    seen = {look.subject_id or look.subject_public_id for look in looks}
    return sorted(word for word, whose in contacts().items() if word in told and pk not in whose and not whose & seen)
